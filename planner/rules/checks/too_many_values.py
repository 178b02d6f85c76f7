"""A file holds, or its aliases expand to, more values than any settings file needs.

## Why it matters

A few lines of aliases of aliases can stand for billions of values. They are counted before they are
expanded.

## What to do

Write the values out where they are needed, or split the file.

## Fires

```yaml 4:12
a: &a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
```

## Silent

```yaml
traffic: &busy {cps: 100}
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule("too-many-values", Severity.ERROR, Basis.STANDARD, ("product: the limits of its readers",), origin="reader")
