"""A size or a rate is given as a bare number so small that a unit must have been forgotten.

## Why it matters

`ram: 32` would be 32 bytes.

## What to do

Write the unit: `32GB`, `1Gbps`.

## Fires

```yaml 2:8
server:
  ram: 32
```

## Silent

```yaml
server:
  ram: 32GB
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "unit-missing",
    Severity.ERROR,
    Basis.STANDARD,
    ("product: sizes and rates below any real server's",),
    origin="reader",
)
