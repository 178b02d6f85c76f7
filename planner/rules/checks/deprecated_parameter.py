"""The declared version still takes the parameter, a later one will not.

## Why it matters

The next upgrade stops at it.

## What to do

Plan its replacement.

## Fires

```yaml 4:3
server:
  mysql_version: "8.0.36"
mysql:
  innodb_log_file_size: 512M
```

## Silent

```yaml
server:
  mysql_version: "5.7.44"
mysql:
  innodb_log_file_size: 512M
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "deprecated-parameter", Severity.INFO, Basis.STANDARD, ("mysql-manual: options deprecated",), origin="reader"
)
