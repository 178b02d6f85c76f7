"""innodb_flush_log_at_trx_commit is not the 2 the guides recommend for high traffic."""

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
    "commit-flush-not-recommended",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_flush_log_at_trx_commit",),
    yields_to=("commits-outrun-disk",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where every commit is flushed, unless the CDR tables are MyISAM."""
    if site.number(RULE.needs[0]) == 1 and not is_myisam(site):
        message = wording("each commit is flushed to disk; the guides recommend 2 for high traffic")
        yield RULE.at(
            site[RULE.needs[0]], message, wording("Set innodb_flush_log_at_trx_commit = 2 where inserts fall behind.")
        )
