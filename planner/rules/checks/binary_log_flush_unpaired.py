"""InnoDB and the binary log are flushed at different rates."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "binary-log-flush-unpaired",
    Severity.INFO,
    Basis.STANDARD,
    ("mysql-manual: sync_binlog",),
    needs=("mysql.innodb_flush_log_at_trx_commit", "mysql.sync_binlog"),
)
FLUSH, BINLOG = RULE.needs


def check(site: Site) -> Findings:
    """Yield where one of the two is flushed at each commit and the other is not."""
    if (site.number(FLUSH) == 1) != (site.number(BINLOG) == 1):
        message = wording(
            "sync_binlog = {binlog} beside innodb_flush_log_at_trx_commit = {flush}: one is flushed "
            "at each commit, the other is not",
            binlog=site[BINLOG].text,
            flush=site[FLUSH].text,
        )
        yield RULE.at(
            site[BINLOG],
            message,
            wording("Flush both at each commit, or neither."),
            related=related(site[FLUSH], wording("the redo log")),
        )
