"""A line of a sysctl file sets nothing.

It has no `=`, or nothing behind it. The widely copied listing ends in `sysctl -p`, the command that applies
it: pasted into the file, it is such a line.

## Why it matters

systemd-sysctl reports failure at every boot, and a unit that always fails hides the day it fails for a
reason.

## What to do

Write `key = value`, begin the line with `#`, or remove it.

## Fires

```sysctl 3:1
net.core.somaxconn = 1024
# Apply changes
sysctl -p
```

## Silent

```sysctl
net.core.somaxconn = 1024
# sysctl -p
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "not-an-assignment",
    Severity.ERROR,
    Basis.STANDARD,
    ("systemd-219: sysctl.c", "procps-3.3.10: sysctl.c"),
    fixable=True,
    origin="reader",
)
