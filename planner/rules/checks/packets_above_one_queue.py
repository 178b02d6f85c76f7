"""A server relays more packets per second than one receive queue and one core can take.

At 20 ms a call brings 100 packets a second in. Above 100,000 a second one receive queue, and the core that
serves it, is the limit long before the CPU as a whole is.

## Why it matters

One core at 100 % in softirq drops packets while the others idle, and the average CPU graph looks healthy.

## What to do

Check that the interface has several receive queues, spread over the cores (`ethtool -l`, `ethtool -x`).

## Fires

```yaml 2:21
traffic:
  concurrent_calls: 2000
  codecs: g711
```

## Silent

```yaml
traffic:
  concurrent_calls: 500
  codecs: g711
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.limits import limit
from planner.rules.rule import TRAFFIC, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "packets-above-one-queue",
    Severity.INFO,
    Basis.ADVICE,
    (
        "Cloudflare, receiving a million packets: about 50,000 packets per second and core in user space",
        "rtpengine, one receive queue near 1,000 calls",
    ),
    needs=(TRAFFIC,),
    figures=("server.packets_per_second",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the packets in one direction exceed what one queue is good for."""
    packets = site.figure("server.packets_per_second").value
    if packets > limit("network.queue_packets"):
        message = (
            f"each server relays {packets:,.0f} packets per second each way; one receive queue is good "
            f"for {limit('network.queue_packets'):,}"
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(
            site[RULE.needs[0]],
            message,
            "Check that the interface has several receive queues: ethtool -l.",
            basis=basis,
        )
