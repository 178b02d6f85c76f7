"""A part of a host's bundle is not what the script printed.

Each section of a bundle carries a checksum, and the last line one of them all. A section that does not fit its
own, that stands there twice, or whose path leads anywhere but down from `/` is passed over; a bundle without
its last line was cut off on the way.

## Why it matters

What was changed on the way says nothing of the host: its settings may be better or worse than they look.

## What to do

Run the script of `plan collect` again, and carry its output over as it is.

## Fires

```bundle 2:1 4:1
plan-bundle 1
@output host
|name=host.example
@sum 1 1
```

## Silent

```bundle
plan-bundle 1
@output unit-limits
@sum empty
@bundle 1
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("bundle-damaged", Severity.ERROR, Basis.STANDARD, ("product: the form of its bundles",), origin="reader")
