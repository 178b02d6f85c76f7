"""Outgoing connections may take ports of the media range."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import port_range, port_ranges, related, reserved, uncovered
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "port-range-over-media", Severity.WARNING, Basis.STANDARD, ("linux-el7-ip-sysctl",), needs=("server.rtp_ports",)
)


(MEDIA,) = RULE.needs
LOCAL = "sysctl.net.ipv4.ip_local_port_range"
RESERVED = "sysctl.net.ipv4.ip_local_reserved_ports"


def check(site: Site) -> Findings:
    """Yield where the ranges overlap in ports that are not reserved."""
    declared = site.get(LOCAL)
    low, high = port_range(site, LOCAL) if declared else site.default(LOCAL)
    covers = reserved(site[RESERVED].text) if site.get(RESERVED) else []
    for first, last in port_ranges(site, MEDIA):
        shared = max(low, first), min(high, last)
        if shared[0] <= shared[1] and uncovered(shared, covers):
            range_of = "" if declared else wording(", the kernel's range where none is set,")
            message = wording(
                "the ports {first} to {last}{range_of} are open to outgoing connections and to media",
                first=shared[0],
                last=shared[1],
                range_of=range_of,
            )
            advice = wording(
                "Add net.ipv4.ip_local_reserved_ports = {first}-{last}, with the ports reserved already.",
                first=first,
                last=last,
            )
            beside = related(site[MEDIA], wording("the media range")) if declared else ()
            yield RULE.at(declared or site[MEDIA], message, advice, related=beside)
