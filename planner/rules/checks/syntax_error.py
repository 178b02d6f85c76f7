"""The text breaks the grammar of its format.

## Why it matters

Nothing in the file was checked: the program that reads it refuses it, too. The run ends with exit code 3.

## What to do

Correct the text at the place shown.

## Fires

```yaml 2:9
site:
  name: "Example
```

```json 1:21
{"traffic": {"cps": }}
```

## Silent

```yaml
site:
  name: "Example"
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "syntax-error",
    Severity.ERROR,
    Basis.STANDARD,
    ("YAML 1.2, JSON (RFC 8259), TOML 1.0, the option files' own reader",),
    origin="reader",
)
