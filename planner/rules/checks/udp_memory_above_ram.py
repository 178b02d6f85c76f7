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
from planner.rules.shared import limit, related
from planner.wording import wording

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


PAGES, RAM = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the largest value, in bytes, exceeds the warning share of RAM."""
    pages, ram = site.numbers(PAGES)[-1], site.number(RAM)
    size = pages * limit("kernel.page_bytes")
    if size <= limit("kernel.udp_memory_share") * ram:
        return
    severity = Severity.ERROR if size > ram else Severity.WARNING
    message = wording(
        "udp_mem counts pages: {pages} of them are {size} GiB, {share} of the RAM declared",
        pages=f"{pages:,}",
        size=f"{size / 2**30:,.3g}",
        share=f"{size / ram:.0%}",
    )
    sound = int(ram * limit("kernel.udp_memory_sound") / limit("kernel.page_bytes"))
    advice = wording("Remove the line to keep the boot default, or end it in {sound} at most.", sound=sound)
    yield RULE.at(
        site[PAGES], message, advice, severity=severity, related=related(site[RAM], wording("the RAM declared"))
    )
