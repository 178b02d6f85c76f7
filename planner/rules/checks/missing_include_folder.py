"""An included folder does not exist.

## Why it matters

The server and its clients refuse to go on.

## What to do

Create the folder, correct its path, or remove the line.

## Fires

```tree 2:13
==> etc/my.cnf <==
!includedir /etc/absent.d
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
    "missing-include-folder", Severity.ERROR, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader"
)
