"""The RAM is smaller than system, softswitch and database caches need.

## Why it matters

What does not fit is paged out, or the kernel ends the largest process: the database.

## What to do

Plan more RAM or more servers. The parts rest on assumptions; `plan explain server.ram_bytes` with the
deployment shows them, and each can be replaced.

## Fires

```yaml 2:8
server:
  ram: 4GB
traffic:
  concurrent_calls: 5000
```

## Silent

```yaml
server:
  ram: 64GB
traffic:
  concurrent_calls: 1000
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
    "ram-below-need",
    Severity.WARNING,
    Basis.ASSUMPTION,
    ("product: the sum of system, Java, softswitch, calls and database cache",),
    needs=("server.ram", TRAFFIC),
    figures=("server.ram_bytes",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the need exceeds the declared RAM; the parts are assumptions, so it is never an error."""
    advice = wording("Plan more RAM or more servers.")
    yield from short(site, RULE, RULE.needs[0], "B", advice)
