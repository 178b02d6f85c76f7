r"""A file cannot be read.

It cannot be opened, or what it holds is no text of any format that `plan` reads.

## Why it matters

Nothing in it was checked. The run ends with exit code 3, whatever else it found.

## What to do

Check path and permissions, and name the file by what it is: `.yaml`, `.json`, `.toml`, `sysctl.conf`,
`my.cnf`.

## Fires

```yaml 1:15 escaped
site: {name: A\x00B}
```

## Silent

```yaml
site: {name: A B}
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "unreadable-file", Severity.ERROR, Basis.STANDARD, ("product: what the file system gave it",), origin="reader"
)
