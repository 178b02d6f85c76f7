"""A value lies outside the documented range.

## Why it matters

The program refuses it, or replaces it by another without a word.

## What to do

Write a value within the range; the message names it. Where the range is mere advice, this is a warning.

## Fires

```yaml 2:35
softswitch:
  SERVER_CDR_FILE_WRITE_INTERVAL: 30
```

```sysctl 1:22
net.core.somaxconn = 65536
```

## Silent

```yaml
softswitch:
  SERVER_CDR_FILE_WRITE_INTERVAL: 3600
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "out-of-range",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("vos3000-manual: the parameter's own entry",),
    origin="reader",
    yields_to=("not-yet-in-version", "removed-parameter"),
)
