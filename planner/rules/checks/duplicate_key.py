"""One mapping holds the same key twice.

## Why it matters

A reader keeps one of the two values without a word, and not every reader the same one.

## What to do

Keep one of the two entries.

## Fires

```yaml 3:3
traffic:
  cps: 100
  cps: 200
```

## Silent

```yaml
traffic:
  cps: 200
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "duplicate-key",
    Severity.ERROR,
    Basis.STANDARD,
    ("rfc-8259: section 4, names should be unique", "yaml-1.2: section 3.2.1.1"),
    origin="reader",
)
