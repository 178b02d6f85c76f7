"""A full tracking table would take more than 2 % of the RAM."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-tracking-memory-large",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-conntrack: struct nf_conn, about 320 B",),
    needs=("sysctl.net.netfilter.nf_conntrack_max|sysctl.net.nf_conntrack_max", "server.ram"),
)
MAX, RAM = RULE.needs


def check(site: Site) -> Findings:
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
