"""A number begins with 0, which the kernel reads as octal.

## Why it matters

`010` is 8, and nothing says so.

## What to do

Write the number without the zero.

## Fires

```sysctl 1:17
vm.swappiness = 010
```

## Silent

```sysctl
vm.swappiness = 10
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("leading-zero-number", Severity.ERROR, Basis.STANDARD, ("linux-el7-sysctl-parser",), origin="reader")
