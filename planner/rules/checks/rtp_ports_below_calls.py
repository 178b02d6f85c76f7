"""The RTP port range holds fewer ports than the calls need.

A relayed call takes four UDP ports: RTP and RTCP on each of its two legs.

## Why it matters

Calls beyond the range connect without audio, or not at all.

## What to do

Widen the range, in the softswitch and in the firewall, or spread the calls over more servers.

## Fires

```yaml 3:14
server:
  media: with
  rtp_ports: 10000-19999
traffic:
  concurrent_calls: 4000
```

## Silent

```yaml
server:
  media: with
  rtp_ports: 10000-49999
traffic:
  concurrent_calls: 4000
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.ports import port_ranges
from planner.rules.rule import TRAFFIC, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "rtp-ports-below-calls",
    Severity.ERROR,
    Basis.STANDARD,
    ("RFC 3550 s11: RTP and RTCP on two ports a leg",),
    needs=("server.rtp_ports", TRAFFIC),
    figures=("server.udp_ports",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the ports of the range are fewer than those of the calls."""
    available = sum(last - first + 1 for first, last in port_ranges(site, RULE.needs[0]))
    need = site.figure("server.udp_ports")
    if available < need.value:
        calls = site.figure("server.concurrent_calls").value
        message = (
            f"{available:,} ports carry {available // 4:,} relayed calls; {calls:,.0f} calls need "
            f"{need.value:,.0f}"
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        severity = Severity.ERROR if available < need.low else Severity.WARNING
        yield RULE.at(
            site[RULE.needs[0]], message, "Widen the range or add servers.", basis=basis, severity=severity
        )
