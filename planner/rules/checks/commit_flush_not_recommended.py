"""innodb_flush_log_at_trx_commit is not the 2 the guides recommend for high traffic."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "commit-flush-not-recommended",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_flush_log_at_trx_commit",),
    yields_to=("commits-outrun-disk",),
)


def check(site: Site) -> Findings:
    """Yield where every commit is flushed, unless the CDR tables are MyISAM."""
    if site.number(RULE.needs[0]) == 1 and not is_myisam(site):
        message = wording("each commit is flushed to disk; the guides recommend 2 for high traffic")
        yield RULE.at(
            site[RULE.needs[0]], message, wording("Set innodb_flush_log_at_trx_commit = 2 where inserts fall behind.")
        )
