"""The timeout of tracked TCP connections is set, the one that matters for calls is not."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-timeout-of-tcp-only",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-conntrack-udp",),
    needs=("sysctl.net.netfilter.nf_conntrack_tcp_timeout_established",),
)


STREAM = "sysctl.net.netfilter.nf_conntrack_udp_timeout_stream"


def check(site: Site) -> Findings:
    """Yield where only the TCP timeout is declared."""
    if not site.mentioned(STREAM):
        timeout = site[RULE.needs[0]]
        message = wording(
            "this timeout does nothing for SIP and RTP over UDP; nf_conntrack_udp_timeout_stream (180 s) does"
        )
        place = timeout.key_span or timeout
        yield RULE.at(
            place,
            message,
            wording("Set nf_conntrack_udp_timeout_stream where the table is short of room."),
            pointer=timeout.pointer,
            subject=timeout.name,
        )
