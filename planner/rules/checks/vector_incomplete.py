"""A kernel setting that takes three values is given fewer.

`tcp_mem`, `udp_mem`, `tcp_rmem` and `tcp_wmem` take a least, a middle and a largest value, the port range
two. The kernel accepts fewer and changes only the first ones.

## Why it matters

The largest value, the one that was meant, stays what it was; nothing reports it.

## What to do

Write all values in one line, separated by blanks.

## Fires

```sysctl 1:21
net.ipv4.tcp_rmem = 16777216
```

## Silent

```sysctl
net.ipv4.tcp_rmem = 4096 87380 16777216
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.limits import limit
from planner.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule("vector-incomplete", Severity.ERROR, Basis.STANDARD, ("Linux 3.10.0-1160.el7: kernel/sysctl.c",))


def check(site: Site) -> Iterator[Finding]:
    """Yield vectors with fewer values than the kernel keeps."""
    for name, length in limit("kernel.vectors").items():
        if (declared := site.get(f"sysctl.{name}")) is None:
            continue
        given = len(site.numbers(declared.name))
        if given < length:
            message = (
                f"{name} takes {length} values, {given} given: the kernel changes the first and keeps "
                "the others"
            )
            yield RULE.at(declared, message, f"Write all {length} values in one line.")
