"""fs.file-max is below the descriptors the calls need.

A relayed call holds four sockets, and each is a file handle of the whole host.

## Why it matters

No service can open a file or a socket once the limit is reached.

## What to do

Remove the line, or raise the limit well above the need.

## Fires

```yaml 4:16
traffic:
  concurrent_calls: 4000
sysctl:
  fs.file-max: 10000
```

## Silent

```yaml
traffic:
  concurrent_calls: 4000
sysctl:
  fs.file-max: 2097152
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
    "file-limit-below-need",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-file-table",),
    needs=("sysctl.fs.file-max", TRAFFIC),
    figures=("server.file_descriptors",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(site, RULE, RULE.needs[0], "count", wording("Remove the line, or raise the limit."))
