"""The redo log file size is ignored because the redo log capacity is set."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "redo-log-setting-ignored",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: innodb_redo_log_capacity",),
    needs=("mysql.innodb_log_file_size", "mysql.innodb_redo_log_capacity"),
)
SIZE, CAPACITY = RULE.needs


def check(site: Site) -> Findings:
    """Yield where both are declared."""
    message = wording("innodb_log_file_size is ignored: innodb_redo_log_capacity decides")
    yield RULE.at(
        site[SIZE],
        message,
        wording("Remove innodb_log_file_size."),
        related=related(site[CAPACITY], wording("this is in force")),
    )
