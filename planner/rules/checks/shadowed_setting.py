"""A later assignment overrides this one.

## Why it matters

Whoever edits the line changes nothing.

## What to do

Remove one of the two; the message names the one in force.

## Fires

```sysctl 1:1
net.core.somaxconn = 1024
net.core.somaxconn = 4096
```

## Silent

```sysctl
net.core.somaxconn = 4096
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "shadowed-setting",
    Severity.WARNING,
    Basis.STANDARD,
    (
        "procps-3.3.10: the last assignment wins",
        "systemd-219: the last assignment wins",
        "mysql-5.6-source: the last assignment wins",
    ),
    origin="reader",
)
