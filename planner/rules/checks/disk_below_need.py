"""The disk is smaller than CDR files, database, logs and system need.

The need is what all of them retain, so that the disk is 80 % full at most. An error where even the low end
of the estimate does not fit, a warning where the typical case does not.

## Why it matters

A full disk stops billing and the database together.

## What to do

Shorten retention, keep fewer text files, archive to another machine, or plan a larger disk. `plan explain
server.disk_bytes` with the deployment shows what takes the space.

## Fires

```yaml 4:11
server:
  storage:
    type: ssd
    size: 100GB
traffic:
  cps: 100
```

## Silent

```yaml
server:
  storage:
    type: ssd
    size: 2TB
traffic:
  cps: 100
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
    "disk-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: disk space", "guide-scaling: hardware by traffic level"),
    needs=("server.storage.size", TRAFFIC),
    figures=("server.disk_bytes",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the declared disk is smaller than the need."""
    yield from short(site, RULE, RULE.needs[0], "B", wording("Shorten retention or plan a larger disk."))
