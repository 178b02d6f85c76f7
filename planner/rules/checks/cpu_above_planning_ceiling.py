"""The CPU would run above 70 % in the busy hour."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "cpu-above-planning-ceiling",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-scaling: CPU per 1,000 calls",),
    needs=("server.cpu_cores", TRAFFIC),
    figures=("hardware.cpu_utilisation",),
)


def check(site: Site) -> Findings:
    """Yield where the typical utilisation is above the ceiling, but not above full load."""
    cores, share, most = site[RULE.needs[0]], site.figure(RULE.figures[0]).value, limit("cpu.ceiling")
    if most < share <= 1:
        message = wording(
            "the calls keep {share} of {cores} cores busy; {most} is the most to plan for",
            share=f"{share:.0%}",
            cores=cores.text,
            most=f"{most:.0%}",
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(cores, message, wording("Plan more cores or more servers."), basis=basis)
