"""Committed call records can be lost in a crash.

With 2 a power failure or a crash of the operating system loses about a second of commits. With 0 a crash of
MySQL alone does, too, which is a warning: nothing is gained over 2.

## Why it matters

A call record is money; the loss should be a decision.

## What to do

Keep 2 where the insert rate needs it, with a battery-backed disk and `sync_binlog` to match. Never 0.

## Fires

```mysql 2:34
[mysqld]
innodb_flush_log_at_trx_commit = 2
```

```mysql 2:34
[mysqld]
innodb_flush_log_at_trx_commit = 0
```

## Silent

```mysql
[mysqld]
innodb_flush_log_at_trx_commit = 1
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import is_myisam
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "commits-lost-on-crash",
    Severity.INFO,
    Basis.STANDARD,
    ("mysql-manual: innodb_flush_log_at_trx_commit",),
    needs=("mysql.innodb_flush_log_at_trx_commit",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where a commit does not wait for the disk."""
    value = site.number(RULE.needs[0])
    if value in (0, 2) and not is_myisam(site):
        severity = Severity.WARNING if value == 0 else Severity.INFO
        crash = (
            wording("a crash of MySQL or of the machine")
            if value == 0
            else wording("a power failure or a crash of the operating system")
        )
        yield RULE.at(
            site[RULE.needs[0]],
            wording("{crash} loses about a second of committed call records", crash=crash),
            wording("Decide whether that is acceptable; 1 loses nothing."),
            severity=severity,
        )
