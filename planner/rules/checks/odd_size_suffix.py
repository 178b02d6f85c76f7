"""MySQL ignores a part of a size's suffix.

It reads one letter behind the digits: `512MB` is `512M`, 512 x 2^20, and so is `512Monkeys`.

## Why it matters

Whoever reads MB as 10^6 or MiB as something else plans another size than the server takes.

## What to do

Write one letter: K, M or G.

## Fires

```mysql 2:24
[mysqld]
innodb_log_file_size = 512MB
```

## Silent

```mysql
[mysqld]
innodb_log_file_size = 512M
```
"""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import Rule

RULE = Rule(
    "odd-size-suffix", Severity.INFO, Basis.STANDARD, ("mysql-5.6-source: my_getopt.cc",), fixable=True, origin="reader"
)
