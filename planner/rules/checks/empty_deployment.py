"""A deployment file declares nothing: it is empty, holds comments alone, or sections without a value.

## Why it matters

A gate that is given such a file has nothing to refuse and lets everything pass. Mostly a template was
rendered without its values, or the wrong file was named.

## What to do

Declare what the site has. `plan init` writes a file to start from.

## Fires

```yaml 1:1
# Nothing is left of the template.
traffic:
```

## Silent

```yaml
traffic:
  cps: 100
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "empty-deployment", Severity.WARNING, Basis.STANDARD, ("product: the form of a deployment",), origin="reader"
)
