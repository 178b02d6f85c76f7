"""The YAML uses a feature that has no meaning in a settings file.

A foreign tag, a key that is no scalar, a merge of something that is no mapping, or a second document.

## Why it matters

Other readers make objects, or something else, of such text.

## What to do

Write plain keys and values in one document.

## Fires

```yaml 2:33
site:
  name: !!python/name:os.system Example
```

## Silent

```yaml
site:
  name: Example
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("unsupported-yaml", Severity.ERROR, Basis.STANDARD, ("yaml-1.2",), origin="reader")
