"""The parameter has another name in the declared version.

## Why it matters

The old name works for a while, then the server refuses to start with it.

## What to do

Write the new name; the message gives it.

## Fires

```yaml 4:3
server:
  mysql_version: "5.5.41"
mysql:
  myisam_recover: FORCE
```

## Silent

```yaml
server:
  mysql_version: "5.5.41"
mysql:
  myisam_recover_options: FORCE
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("renamed-parameter", Severity.WARNING, Basis.STANDARD, ("mysql-manual: options renamed",), origin="reader")
