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
    ("RFC 8259 s4: names should be unique; YAML 1.2 s3.2.1.1",),
    origin="reader",
)
