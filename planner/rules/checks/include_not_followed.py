"""What an include names was not read.

An absolute path leads out of the folder a single file was given in; without a root there is nothing it
could be confined to.

## Why it matters

Settings in that file may override those that were checked.

## What to do

Give the folder that stands for `/` of the server as `--root`.

## Fires

```mysql 1:13
!includedir /etc/my.cnf.d
[mysqld]
port = 3306
```

## Silent

```mysql
[mysqld]
port = 3306
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "include-not-followed",
    Severity.INFO,
    Basis.STANDARD,
    ("product: includes are confined to the root that is given",),
    origin="reader",
)
