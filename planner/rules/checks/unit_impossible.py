"""A value has a unit or a suffix that its reader does not know.

The kernel knows no suffixes at all. MySQL knows K, M and G behind whole digits: `1.5G` and `50%` stop the
server.

## Why it matters

The kernel keeps the old value, the database does not start.

## What to do

Write the number out, or use a suffix the reader knows.

## Fires

```sysctl 1:21
net.core.rmem_max = 16M
```

```mysql 2:27
[mysqld]
innodb_buffer_pool_size = 50%
```

## Silent

```sysctl
net.core.rmem_max = 16777216
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "unit-impossible",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-sysctl-parser", "mysql-5.6-source: my_getopt.cc"),
    origin="reader",
)
