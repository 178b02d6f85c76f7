"""The CPU has fewer cores than the calls keep busy."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "cores-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: CPU per 1,000 calls",),
    needs=("server.cpu_cores", TRAFFIC),
    figures=("server.cpu_cores",),
)


def check(site: Site) -> Findings:
    """Yield where the calls need more cores than are declared."""
    yield from short(
        site, RULE, RULE.needs[0], "count", wording("Plan more cores, more servers, or calls without media.")
    )
