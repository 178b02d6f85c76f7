"""The load needs several servers, and the deployment describes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.site import SERVERS
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "load-above-one-server",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: multiple server architecture",),
    needs=(TRAFFIC,),
    figures=("hardware.servers",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where more than one server is needed and none is declared."""
    need = site.figure("hardware.servers").value
    if site.get(SERVERS) is None and need > 1:
        message = wording("the load needs {need} servers, and one is described", need=f"{need:.0f}")
        advice = wording(
            "Declare topology.servers: {need} with an architecture, or a smaller load.", need=f"{need:.0f}"
        )
        yield RULE.at(site[RULE.needs[0]], message, advice, basis=site.weakest(RULE.basis, *RULE.figures))
