"""The timeout of tracked TCP connections is set, the one that matters for calls is not."""

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
    "connection-timeout-of-tcp-only",
    Severity.INFO,
    Basis.STANDARD,
    ("linux-el7-conntrack-udp",),
    needs=("sysctl.net.netfilter.nf_conntrack_tcp_timeout_established",),
)


STREAM = "sysctl.net.netfilter.nf_conntrack_udp_timeout_stream"


def check(site: Site) -> Iterator[Finding]:
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
