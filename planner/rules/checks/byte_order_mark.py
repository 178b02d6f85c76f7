r"""A settings file begins with a byte-order mark.

Its readers take the mark for a part of the first line: a setting or a comment there is lost, a group header
is refused.

## Why it matters

The first line of a file is often the one that matters most.

## What to do

Save the file as UTF-8 without a byte-order mark.

## Fires

```sysctl 1:1 escaped
\xef\xbb\xbfnet.core.somaxconn = 1024
```

## Silent

```sysctl
net.core.somaxconn = 1024
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "byte-order-mark",
    Severity.ERROR,
    Basis.STANDARD,
    (
        "procps-3.3.10: the first line of a file",
        "systemd-219: the first line of a file",
        "mysql-5.6-source: my_default.cc",
    ),
    origin="reader",
)
