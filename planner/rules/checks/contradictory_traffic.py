"""Two declared loads exclude each other.

Calls that nobody attempts, or attempts that make no call.

## Why it matters

Nothing can be sized from them.

## What to do

Declare one of `cps`, `concurrent_calls` and `daily_minutes`.

## Fires

```yaml 3:21
traffic:
  cps: 0
  concurrent_calls: 100
```

## Silent

```yaml
traffic:
  concurrent_calls: 100
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("contradictory-traffic", Severity.ERROR, Basis.STANDARD, ("erlang-theory: Little's law",), origin="reader")
