"""A rotating disk carries more calls than it is recommended for."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import is_myisam, limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "rotating-disk-above-500-calls",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: hardware by traffic level",),
    needs=("server.storage.type", TRAFFIC),
    figures=("server.concurrent_calls",),
)


def check(site: Site) -> Findings:
    """Yield where an HDD meets more calls on a server than the documented number."""
    calls = site.figure("server.concurrent_calls").value
    if not is_myisam(site) and site.text(RULE.needs[0]).lower() == "hdd" and calls > limit("storage.hdd_calls"):
        message = wording(
            "{calls} concurrent calls write to a rotating disk; {hdd_calls} are the most it is recommended for",
            calls=f"{calls:,.0f}",
            hdd_calls=limit("storage.hdd_calls"),
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(site[RULE.needs[0]], message, wording("Plan an SSD or NVMe disk."), basis=basis)
