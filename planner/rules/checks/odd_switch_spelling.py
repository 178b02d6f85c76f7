"""A switch is written as `yes`, `1` or the like.

## Why it matters

It is understood here, but the product shows On and Off, and a search for them misses it.

## What to do

Write `On` or `Off`.

## Fires

```yaml 2:26
softswitch:
  SS_CDR_RECORD_TO_FILE: yes
```

## Silent

```yaml
softswitch:
  SS_CDR_RECORD_TO_FILE: Off
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "odd-switch-spelling",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("vos3000-manual: the parameter's own entry",),
    fixable=True,
    origin="reader",
)
