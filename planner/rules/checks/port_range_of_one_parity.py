"""Both ends of the local port range are odd, or both are even."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import port_range
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "port-range-of-one-parity",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-sysctl-ipv4",),
    needs=("sysctl.net.ipv4.ip_local_port_range",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the ends have the same parity."""
    low, high = port_range(site, RULE.needs[0])
    if low < high and low % 2 == high % 2:
        parity = wording("odd") if low % 2 else wording("even")
        message = wording(
            "{low} and {high} are both {parity}; the kernel logs a warning", low=low, high=high, parity=parity
        )
        yield RULE.at(site[RULE.needs[0]], message, wording("End the range at {high}.", high=high - 1))
