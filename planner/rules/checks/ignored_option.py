"""The declared server warns of the option and ignores it.

MariaDB keeps the names of options it dropped, and of some that only MySQL has, so that an old file still starts the
server. The option then changes nothing.

## Why it matters

A limit somebody set is not in force, and nobody is told but the error log.

## What to do

Remove the line, or write the option that took its place.

## Fires

```yaml 4:3
server:
  mysql_version: "10.11-MariaDB"
mysql:
  innodb_file_format: Barracuda
```

## Silent

```mysql
[mysqld]
max_connections = 500
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("ignored-option", Severity.WARNING, Basis.STANDARD, ("database-server-options",), origin="reader")
