"""Fewer servers are declared than the load needs."""

from dataclasses import replace

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.site import Site
from planner.wording import term, wording

RULE = Rule(
    "servers-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: multiple server architecture",),
    needs=("topology.servers", TRAFFIC),
    figures=("hardware.servers",),
)


def _binding(site: Site) -> str:
    """Return what decides the number of servers."""
    from planner.sizing import size  # noqa: PLC0415  the derivation is needed for this finding alone

    # What the reader refused is reported already; the figures compared here do without it, too.
    return size(replace(site.deployment, findings=())).hardware.binding_constraint


def check(site: Site) -> Findings:
    """Yield where the declared number is below the sizing's."""
    servers, need = site.number(RULE.needs[0]), site.figure("hardware.servers")
    if servers < need.value:
        message = wording(
            "{declared} declared, {need} needed: {constraint} decides",
            declared=f"{servers:,.0f}",
            need=f"{need.value:,.0f}",
            constraint=term(_binding(site)),
        )
        severity = Severity.ERROR if servers < need.low else Severity.WARNING
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            wording("Plan {need} servers.", need=f"{need.value:.0f}"),
            severity=severity,
            basis=basis,
        )
