"""A full tracking table would take more than 2 % of the RAM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import limit, related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "connection-tracking-memory-large",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-conntrack: struct nf_conn, about 320 B",),
    needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", "server.ram"),
)


MAX, RAM = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where limit x bytes per entry exceeds the share of RAM."""
    size = site.number(MAX) * limit("conntrack.entry_bytes")
    if size > limit("conntrack.memory_share") * site.number(RAM):
        message = wording(
            "a full table takes {size}, {share} of the RAM",
            size=format_quantity(size, "B"),
            share=f"{size / site.number(RAM):.1%}",
        )
        yield RULE.at(
            site[MAX],
            message,
            wording("Set what the calls need, with headroom."),
            related=related(site[RAM], wording("the RAM declared")),
        )
