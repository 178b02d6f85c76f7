"""The redo log file size is ignored because the redo log capacity is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "redo-log-setting-ignored",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: innodb_redo_log_capacity",),
    needs=("mysql.innodb_log_file_size", "mysql.innodb_redo_log_capacity"),
)


SIZE, CAPACITY = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where both are declared."""
    message = wording("innodb_log_file_size is ignored: innodb_redo_log_capacity decides")
    yield RULE.at(
        site[SIZE],
        message,
        wording("Remove innodb_log_file_size."),
        related=related(site[CAPACITY], wording("this is in force")),
    )
