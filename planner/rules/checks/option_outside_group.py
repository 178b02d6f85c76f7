"""An option stands before any group.

## Why it matters

The server and all its clients refuse the whole file and do not start.

## What to do

Write `[mysqld]` above the options of the server.

## Fires

```mysql 1:1
max_connections = 1000
[mysqld]
port = 3306
```

## Silent

```mysql
[mysqld]
max_connections = 1000
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "option-outside-group", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"
)
