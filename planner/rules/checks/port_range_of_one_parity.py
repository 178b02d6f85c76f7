"""Both ends of the local port range are odd, or both are even."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import port_range
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "port-range-of-one-parity",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-sysctl-ipv4",),
    needs=("sysctl.net.ipv4.ip_local_port_range",),
)


def check(site: Site) -> Findings:
    """Yield where the ends have the same parity."""
    low, high = port_range(site, RULE.needs[0])
    if low < high and low % 2 == high % 2:
        parity = wording("odd") if low % 2 else wording("even")
        message = wording(
            "{low} and {high} are both {parity}; the kernel logs a warning", low=low, high=high, parity=parity
        )
        yield RULE.at(site[RULE.needs[0]], message, wording("End the range at {high}.", high=high - 1))
