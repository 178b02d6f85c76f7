"""Committed call records can be lost in a crash of MySQL alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import is_myisam
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "commits-lost-on-crash",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: innodb_flush_log_at_trx_commit",),
    needs=("mysql.innodb_flush_log_at_trx_commit",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where a commit stays in the server's own memory."""
    if site.number(RULE.needs[0]) == 0 and not is_myisam(site):
        message = wording("a crash of MySQL alone loses about a second of committed call records")
        yield RULE.at(site[RULE.needs[0]], message, wording("Write 2, or 1 where nothing may be lost."))
