"""The CPU would run above 70 % in the busy hour.

The documented limits of one server are points of full load. A plan leaves room for a peak within the busy
hour, a restart and an archive job.

## Why it matters

Voice suffers from queueing well before a CPU is full.

## What to do

Plan more cores or spread the calls over more servers, so that the busy hour stays at 70 % or below.

## Fires

```yaml 2:14
server:
  cpu_cores: 8
traffic:
  concurrent_calls: 3200
```

## Silent

```yaml
server:
  cpu_cores: 16
traffic:
  concurrent_calls: 3200
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import limit
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "cpu-above-planning-ceiling",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-scaling: CPU per 1,000 calls",),
    needs=("server.cpu_cores", TRAFFIC),
    figures=("hardware.cpu_utilisation",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the typical utilisation is above the ceiling, but not above full load."""
    cores, share, most = site[RULE.needs[0]], site.figure(RULE.figures[0]).value, limit("cpu.ceiling")
    if most < share <= 1:
        message = wording(
            "the calls keep {share} of {cores} cores busy; {most} is the most to plan for",
            share=f"{share:.0%}",
            cores=cores.text,
            most=f"{most:.0%}",
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(cores, message, wording("Plan more cores or more servers."), basis=basis)
