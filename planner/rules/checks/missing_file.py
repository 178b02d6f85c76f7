"""A file that the deployment refers to does not exist.

## Why it matters

What it would have declared is unknown, and every check of it is skipped.

## What to do

Correct the path; it is relative to the deployment file.

## Fires

```yaml 2:9
sysctl:
  file: absent.conf
```

## Silent

```yaml
sysctl:
  net.core.somaxconn: 1024
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("missing-file", Severity.ERROR, Basis.STANDARD, ("product: what the file system gave it",), origin="reader")
