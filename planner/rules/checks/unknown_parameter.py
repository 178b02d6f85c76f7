"""No parameter has this name.

## Why it matters

A setting that is misspelled changes nothing, and nothing says so.

## What to do

Correct the name; the nearest ones are suggested.

## Fires

```yaml 2:3
softswitch:
  SS_MAXCSP: 200
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
    "unknown-parameter", Severity.ERROR, Basis.STANDARD, ("product: its catalogue, `plan params`",), origin="reader"
)
