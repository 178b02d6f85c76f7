"""An alias stands inside the very value its anchor names.

## Why it matters

The value would contain itself, without end.

## What to do

Write the value out instead of the alias.

## Fires

```yaml 2:10
site: &site
  brand: *site
```

## Silent

```yaml
site: {name: Example}
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("recursive-anchor", Severity.ERROR, Basis.STANDARD, ("yaml-1.2: section 3.2.2.2",), origin="reader")
