"""The declared version no longer knows the parameter.

## Why it matters

A database server refuses to start with an option it does not know: `query_cache_size` stops MySQL 8.0.

## What to do

Remove it, or declare the version that runs.

## Fires

```yaml 4:3
server:
  mysql_version: "8.0.36"
mysql:
  query_cache_size: 48M
```

## Silent

```yaml
server:
  mysql_version: "5.0.96"
mysql:
  query_cache_size: 48M
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("removed-parameter", Severity.ERROR, Basis.STANDARD, ("mysql-manual: options removed",), origin="reader")
