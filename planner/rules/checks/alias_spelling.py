"""A parameter is written under another of its names.

Guides and manuals spell some parameters differently. Both spellings mean the same parameter; it is read as
the usual one.

## Why it matters

A search for one spelling misses the other, and two values under two names hide a contradiction.

## What to do

Write the usual name. `--fix` does.

## Fires

```yaml 2:3
softswitch:
  SERVER_BILLING_FEE_PRECISION: 4
```

## Silent

```yaml
softswitch:
  SERVER_BILLING_FEE_PRECISTION: 4
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "alias-spelling",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("vos3000-manual: the parameter's own entry",),
    fixable=True,
    origin="reader",
)
