"""The CPU has fewer cores than the calls keep busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import short
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "cores-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: CPU per 1,000 calls",),
    needs=("server.cpu_cores", TRAFFIC),
    figures=("server.cpu_cores",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the calls need more cores than are declared."""
    yield from short(
        site, RULE, RULE.needs[0], "count", wording("Plan more cores, more servers, or calls without media.")
    )
