"""A line is longer than its reader's buffer.

## Why it matters

The rest is read as a line of its own: a value is cut, and what follows may be taken for another setting.

## What to do

Shorten the line, or split a list over several settings.

## Fires

```mysql 2:4095 escaped
[mysqld]
init_connect = "{SELECT 1;}*600"
```

## Silent

```mysql
[mysqld]
init_connect = "SELECT 1"
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "overlong-line",
    Severity.ERROR,
    Basis.STANDARD,
    ("procps-3.3.10: line buffers", "systemd-219: line buffers", "mysql-5.6-source: my_default.cc"),
    origin="reader",
)
