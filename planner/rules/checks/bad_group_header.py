"""A group header has no closing bracket.

## Why it matters

The server and all its clients refuse the whole file and do not start.

## What to do

Close the header: `[mysqld]`.

## Fires

```mysql 1:1
[mysqld
max_connections = 1000
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

RULE = Rule("bad-group-header", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader")
