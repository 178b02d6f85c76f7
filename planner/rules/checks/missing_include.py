"""An included file does not exist below the root, includes itself, or stands too deep.

## Why it matters

The server passes over a missing file without a word; what it would have set is the default.

## What to do

Correct the path, or remove the line.

## Fires

```tree 2:10
==> etc/my.cnf <==
!include /etc/absent.cnf
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

RULE = Rule("missing-include", Severity.WARNING, Basis.STANDARD, ("mysql-5.6-source: my_default.cc",), origin="reader")
