"""The load needs several servers, and the deployment describes one."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.site import SERVERS, Site
from planner.wording import wording

RULE = Rule(
    "load-above-one-server",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: multiple server architecture",),
    needs=(TRAFFIC,),
    figures=("hardware.servers",),
)


def check(site: Site) -> Findings:
    """Yield where more than one server is needed and none is declared."""
    need = site.figure("hardware.servers").value
    if site.get(SERVERS) is None and need > 1:
        message = wording("the load needs {need} servers, and one is described", need=f"{need:.0f}")
        advice = wording(
            "Declare topology.servers: {need} with an architecture, or a smaller load.", need=f"{need:.0f}"
        )
        yield RULE.at(site[RULE.needs[0]], message, advice, basis=site.weakest(RULE.basis, *RULE.figures))
