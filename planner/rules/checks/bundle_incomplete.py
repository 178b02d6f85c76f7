"""The script that collected a host's settings could not read something.

It runs without the rights of root, and says what it was not allowed to read, or where the database let nobody
in without a password.

## Why it matters

Nothing is said about what was not read: no finding there does not mean that all is well.

## What to do

Run the script as a user who may read it, with `PLAN_MYSQL` where the database needs a login, or accept the gap.

## Fires

```bundle 2:1
plan-bundle 1
@none /etc/my.cnf: may not be read
@sum empty
@bundle 1
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

RULE = Rule("bundle-incomplete", Severity.INFO, Basis.STANDARD, ("product: the form of its bundles",), origin="reader")
