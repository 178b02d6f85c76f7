"""Values are nested far deeper than any settings file needs.

## Why it matters

Text like this is made to exhaust a parser, not to configure a server. It is refused before it is parsed.

## What to do

Flatten the structure; a deployment needs four levels.

## Fires

```yaml 1:70 escaped
site: {[}*5000
```

## Silent

```yaml
topology: {servers: 2}
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "nesting-too-deep", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader"
)
