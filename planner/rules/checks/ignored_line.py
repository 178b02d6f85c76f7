r"""The program that reads the file drops this line, or a part of it.

## Why it matters

What the file says is not what the server does, and nothing reports it.

## What to do

Correct the line, or remove it.

## Fires

```sysctl 1:27 escaped
net.core.somaxconn = 1024 \x00 and more
```

## Silent

```sysctl
net.core.somaxconn = 1024
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "ignored-line",
    Severity.WARNING,
    Basis.STANDARD,
    (
        "procps-3.3.10: what its reader drops",
        "systemd-219: what its reader drops",
        "mysql-5.6-source: what its reader drops",
    ),
    origin="reader",
)
