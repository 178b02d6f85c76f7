"""The CPU has fewer cores than the calls keep busy.

1,000 relayed calls take 20-30 % of an 8-core server, calls without media 5-10 %. An error where even the
low end of that is more than the cores declared, a warning where the typical case is.

## Why it matters

A server at 100 % drops packets of every call, not only of the last ones.

## What to do

Plan more cores, more servers, or calls without media.

## Fires

```yaml 2:14
server:
  cpu_cores: 4
traffic:
  concurrent_calls: 4000
```

## Silent

```yaml
server:
  cpu_cores: 16
traffic:
  concurrent_calls: 4000
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import short
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "cores-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-scaling: CPU per 1,000 calls",),
    needs=("server.cpu_cores", TRAFFIC),
    figures=("server.cpu_cores",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the calls need more cores than are declared."""
    yield from short(
        site, RULE, RULE.needs[0], "count", wording("Plan more cores, more servers, or calls without media.")
    )
