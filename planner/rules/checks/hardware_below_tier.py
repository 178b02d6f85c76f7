"""The server is smaller than the documented tier for its calls."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import related, short_name
from planner.rules.site import Site
from planner.wording import additions, wording

RULE = Rule(
    "hardware-below-tier",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: hardware by traffic level",),
    needs=("server.cpu_cores|server.ram", TRAFFIC),
    figures=("hardware.tier_cpu_cores", "hardware.tier_ram_bytes"),
    yields_to=("cores-below-need", "cpu-above-planning-ceiling", "ram-below-need"),
)

PARTS = dict(zip(RULE.needs[0].split("|"), zip(RULE.figures, ("count", "B"), strict=True), strict=True))
"""What is declared of a server, with the figure it is compared with and that figure's unit."""


def check(site: Site) -> Findings:
    """Yield one finding at the first part that is smaller than the tier's; the others are beside it."""
    small = [name for name in PARTS if site.get(name) and site.number(name) < _wanted(site, name)]
    if small:
        parts = additions(_shown(site, name) for name in small)
        message = wording("the documented tier for this load has {parts}", parts=parts)
        beside = tuple(place for name in small[1:] for place in related(site[name], wording("this is smaller, too")))
        advice = wording("Plan the tier, or measure that less is enough.")
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(site[small[0]], message, advice, related=beside, basis=basis)


def _wanted(site: Site, name: str) -> float:
    return site.figure(PARTS[name][0]).value


def _shown(site: Site, name: str) -> str:
    return f"{short_name(site[name])} {format_quantity(_wanted(site, name), PARTS[name][1])}"
