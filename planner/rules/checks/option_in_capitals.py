"""The name of an option is written in capitals.

## Why it matters

MySQL tells capitals from small letters in the names of options and refuses to start; MariaDB does not.

## What to do

Write the name in lower case.

## Fires

```mysql 2:1
[mysqld]
Max_Connections = 1000
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
    "option-in-capitals", Severity.WARNING, Basis.STANDARD, ("mysql-5.6-source: my_getopt.cc",), origin="reader"
)
