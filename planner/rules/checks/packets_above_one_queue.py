"""A server relays more packets per second than its receive queues are good for."""

from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "packets-above-one-queue",
    Severity.WARNING,
    Basis.ADVICE,
    ("cloudflare-packets: about 50,000 packets per second and core in user space", "rtpengine"),
    needs=("server.nic_queues", TRAFFIC),
    figures=("server.packets_per_second",),
)


def check(site: Site) -> Findings:
    """Yield where the packets in one direction exceed what a queue is good for."""
    queues, packets = max(site.number(RULE.needs[0]), 1), site.figure("server.packets_per_second").value
    if packets / queues > limit("network.queue_packets"):
        message = wording(
            "each of {queues} receive queues gets {packets} packets per second; {queue_packets} is "
            "what one is good for",
            queues=f"{queues:.0f}",
            packets=f"{packets / queues:,.0f}",
            queue_packets=f"{limit('network.queue_packets'):,}",
        )
        advice = wording("Use {queues} queues: ethtool -L.", queues=ceil(packets / limit("network.queue_packets")))
        yield RULE.at(site[RULE.needs[0]], message, advice, basis=site.weakest(RULE.basis, *RULE.figures))
