"""The declared version does not know the parameter yet.

## Why it matters

A database server refuses to start with an option it does not know: `innodb_io_capacity` stops MySQL 5.0 and
5.1.

## What to do

Remove it, or declare the version that runs.

## Fires

```yaml 4:3
server:
  mysql_version: "5.0.96"
mysql:
  innodb_io_capacity: 2000
```

## Silent

```yaml
server:
  mysql_version: "5.7.44"
mysql:
  innodb_io_capacity: 2000
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "not-yet-in-version",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-manual: the version that added an option",),
    origin="reader",
)
