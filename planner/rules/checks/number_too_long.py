"""A number has more digits than any quantity on earth.

## Why it matters

It is kept as text, and no parameter takes it.

## What to do

Write the number that was meant.

## Fires

```yaml 2:8 escaped
traffic:
  cps: {1}*6000
```

## Silent

```yaml
traffic:
  cps: 1000
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("number-too-long", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader")
