"""udp_mem lets UDP queues take more memory than the machine has.

Its values count pages of 4096 bytes, not bytes. The widely copied 16777216 is 64 GiB: 100 to 800 % of the
RAM of the documented tiers. Above the RAM is an error, above half of it a warning.

## Why it matters

The setting is the only guard against packet queues that eat all memory. Set beyond the RAM, it guards
nothing, and the kernel ends the database instead.

## What to do

Leave the boot default, about 9, 12 and 19 % of RAM, or set the largest value to a quarter of the RAM in
pages.

## Fires

```yaml 4:21
server:
  ram: 32GB
sysctl:
  net.ipv4.udp_mem: 1024000 8738000 16777216
```

## Silent

```yaml
server:
  ram: 32GB
sysctl:
  net.ipv4.udp_mem: 786432 1048576 1572864
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
    "udp-memory-above-ram",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-udp", "linux-el7-ip-sysctl: udp_mem"),
    needs=("sysctl.net.ipv4.udp_mem", "server.ram"),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    yield from pages_above_ram(site, RULE)
