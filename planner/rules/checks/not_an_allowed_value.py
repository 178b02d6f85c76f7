"""A parameter takes one of a few values, and this is none of them.

## Why it matters

The program ignores it, or refuses to start.

## What to do

Write one of the allowed values; the message lists them.

## Fires

```yaml 2:10
server:
  media: sometimes
```

## Silent

```yaml
server:
  media: with
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "not-an-allowed-value",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("vos3000-manual: the parameter's own entry",),
    origin="reader",
)
