"""Committed call records can be lost in a crash of MySQL alone."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "commits-lost-on-crash",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: innodb_flush_log_at_trx_commit",),
    needs=("mysql.innodb_flush_log_at_trx_commit",),
)


def check(site: Site) -> Findings:
    """Yield where a commit stays in the server's own memory."""
    if site.number(RULE.needs[0]) == 0 and not is_myisam(site):
        message = wording("a crash of MySQL alone loses about a second of committed call records")
        yield RULE.at(site[RULE.needs[0]], message, wording("Write 2, or 1 where nothing may be lost."))
