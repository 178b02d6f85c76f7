"""The memory TCP may take exceeds the RAM.

`tcp_mem` counts pages of 4096 B, as `udp_mem` does. Figures copied as bytes are thousands of times too large, and the
only guard of the sum of all connections is gone.

## Why it matters

The kernel ends processes for want of memory, the database or the softswitch first.

## What to do

Remove the line: the boot value follows the RAM.

## Fires

```yaml 4:21
server:
  ram: 8GB
sysctl:
  net.ipv4.tcp_mem: "16777216 16777216 16777216"
```

## Silent

```yaml
server:
  ram: 32GB
sysctl:
  net.ipv4.tcp_mem: "190000 250000 380000"
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import pages_above_ram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "tcp-memory-above-ram",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-ip-sysctl: tcp_mem",),
    needs=("sysctl.net.ipv4.tcp_mem", "server.ram"),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, RULE)
