"""The network interface is too full in the busy hour.

Each direction of the link carries two streams per relayed call, with every header, preamble and gap a frame
takes on the wire. 5,000 G.711 calls take 952 Mbit/s each way, 95 % of a 1 Gbit/s link, although their audio
is 640 Mbit/s. Above 70 % is a warning, above 95 % an error.

## Why it matters

A full link drops packets of all calls at random, and the loss is heard before any counter of the softswitch
shows it.

## What to do

Plan 10 Gbit/s, several links or more servers, or a codec with less overhead.

## Fires

```yaml 2:8
server:
  nic: 1Gbps
  media: with
traffic:
  concurrent_calls: 5200
  codecs: g711
```

## Silent

```yaml
server:
  nic: 10Gbps
  media: with
traffic:
  concurrent_calls: 5200
  codecs: g711
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import limit
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "link-overloaded",
    Severity.ERROR,
    Basis.STANDARD,
    ("ieee-802.3: a frame occupies the wire with 20 B of preamble and gap",),
    needs=("server.nic", TRAFFIC),
    figures=("server.wire_bits_per_second",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the link's utilisation is above the planning or the safety limit."""
    nic, wire = site[RULE.needs[0]], site.figure("server.wire_bits_per_second")
    share = wire.value / site.number(RULE.needs[0])
    if share <= limit("link.planned"):
        return
    severity = Severity.ERROR if share > limit("link.safe") else Severity.WARNING
    message = wording(
        "{wire} each way is {share} of {nic}; plan for {planned} at most",
        wire=format_quantity(wire.value, "bit/s"),
        share=f"{share:.1%}",
        nic=nic.text,
        planned=f"{limit('link.planned'):.0%}",
    )
    recommended = format_quantity(site.figure("network.nic_bits_per_second").value, "bit/s")
    basis = site.weakest(RULE.basis, *RULE.figures)
    yield RULE.at(
        nic,
        message,
        wording("Plan {recommended}, several links or more servers.", recommended=recommended),
        severity=severity,
        basis=basis,
    )
