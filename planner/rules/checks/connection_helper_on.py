"""The kernel's SIP helper is switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "connection-helper-on",
    Severity.WARNING,
    Basis.ADVICE,
    ("linux-el7-conntrack: the kernel itself warns against automatic helpers",),
    needs=("sysctl.net.netfilter.nf_conntrack_helper",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the helper is assigned to flows automatically."""
    if site.number(RULE.needs[0]) == 1:
        message = wording("the kernel tracks and rewrites SIP on its own; a softswitch does that itself")
        yield RULE.at(site[RULE.needs[0]], message, wording("Set net.netfilter.nf_conntrack_helper = 0."))
