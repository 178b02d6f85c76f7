"""The RAM is smaller than system, softswitch and database caches need."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "ram-below-need",
    Severity.WARNING,
    Basis.ASSUMPTION,
    ("product: the sum of system, Java, softswitch, calls and database cache",),
    needs=("server.ram", TRAFFIC),
    figures=("server.ram_bytes",),
)


def check(site: Site) -> Findings:
    """Yield where the need exceeds the declared RAM; the parts are assumptions, so it is never an error."""
    advice = wording("Plan more RAM or more servers.")
    yield from short(site, RULE, RULE.needs[0], "B", advice)
