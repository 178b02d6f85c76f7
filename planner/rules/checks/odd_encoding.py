r"""Some bytes are not UTF-8, or the file is in UTF-16.

## Why it matters

Programs on the server may read another text than the one checked here.

## What to do

Save the file as UTF-8 without a byte-order mark.

## Fires

```sysctl 1:6 escaped
# Caf\xe9
net.core.somaxconn = 1024
```

## Silent

```sysctl
# Café
net.core.somaxconn = 1024
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("odd-encoding", Severity.WARNING, Basis.STANDARD, ("rfc-3629",), origin="reader")
