"""The MyISAM key buffer does not hold the index of a day's call records."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import is_myisam, short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "key-buffer-below-index",
    Severity.WARNING,
    Basis.ASSUMPTION,
    ("mysql-manual: key_buffer_size", "vos3000-schema-dump: index bytes per CDR row, calculated"),
    needs=("mysql.key_buffer_size", "mysql.cdr_engine", TRAFFIC),
    figures=("database.key_buffer_bytes",),
)


def check(site: Site) -> Findings:
    """Yield where the buffer is below the sizing's, for MyISAM."""
    if is_myisam(site):
        yield from short(site, RULE, RULE.needs[0], "B", wording("Raise key_buffer_size towards the need."))
