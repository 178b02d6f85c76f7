"""A file is far larger than any settings file.

It is refused before it is parsed: 2 MiB for deployments, 16 MiB for sysctl and option files and dumps.

## Why it matters

A log or an archive given by mistake would cost minutes and memory and say nothing.

## What to do

Give the settings file itself.

## Fires

```yaml 1:1 escaped
site: {{ name: A,}*300000 }
```

## Silent

```yaml
site: { name: A }
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "file-too-large",
    Severity.ERROR,
    Basis.STANDARD,
    ("product: the limits of its readers, 2 MiB, 16 MiB for files read line by line",),
    origin="reader",
)
