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
    ("yaml-1.2", "rfc-8259", "toml-1.0", "mysql-5.6-source: my_default.cc"),
    origin="reader",
)
