"""A value is not of the kind the parameter takes.

## Why it matters

The program refuses it, or reads something else.

## What to do

Write a value of the kind the message names.

## Fires

```yaml 2:14
softswitch:
  SS_MAXCPS: many
```

## Silent

```yaml
softswitch:
  SS_MAXCPS: 200
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "wrong-type",
    Severity.ERROR,
    Basis.STANDARD,
    ("product: its catalogue, `plan params`",),
    origin="reader",
    yields_to=("number-too-long",),
)
