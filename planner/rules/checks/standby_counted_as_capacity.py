"""Every declared server is needed, and a standby for each comes on top.

A master and its slave have the capacity of one server: the slave waits. `topology.servers` counts the servers that
carry load; where a pair was counted as two of them, the load is one server short.

## Why it matters

The pair runs beyond one server's limit every day, and after a failover there is nothing left to fail over
to.

## What to do

Plan the servers the load needs, and a standby for each on top.

## Fires

```yaml 4:12
traffic:
  concurrent_calls: 8000
topology:
  servers: 2
  dr: true
```

## Silent

```yaml
traffic:
  concurrent_calls: 4000
topology:
  servers: 2
  dr: true
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "standby-counted-as-capacity",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: disaster recovery",),
    needs=("topology.servers", "topology.dr", TRAFFIC),
    figures=("hardware.servers",),
)


SERVERS, DR, _ = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the active half of the declared servers is less than the load needs."""
    servers, need = site.number(SERVERS), site.figure("hardware.servers").value
    if site.switch(DR) and servers >= need > servers / 2:
        message = wording(
            "{servers} servers carry the load and a standby for each comes on top: {total} in all",
            servers=f"{servers:.0f}",
            total=f"{2 * servers:.0f}",
        )
        advice = wording("Where the standbys are among the {servers}, plan more servers.", servers=f"{servers:.0f}")
        places = related(site[DR], wording("a standby waits; it adds no capacity"))
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(site[SERVERS], message, advice, related=places, basis=basis)
