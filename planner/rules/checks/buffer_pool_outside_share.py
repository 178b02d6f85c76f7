"""The InnoDB buffer pool is outside 50-70 % of the RAM.

## Why it matters

A smaller pool reads from disk what memory could hold. A larger one leaves too little for the softswitch,
its Java processes and the page cache on the same host.

## What to do

Set a size within the range, computed: a percentage or a decimal such as `1.5G` stops the server. With the
CDR tables in MyISAM this rule is silent: declare `mysql.cdr_engine: myisam`.

## Fires

```yaml 4:28
server:
  ram: 32GiB
mysql:
  innodb_buffer_pool_size: 4G
```

```yaml 4:28
server:
  ram: 32GiB
mysql:
  innodb_buffer_pool_size: 28G
```

## Silent

```yaml
server:
  ram: 32GiB
mysql:
  innodb_buffer_pool_size: 20G
```

```yaml
server:
  ram: 32GiB
mysql:
  cdr_engine: myisam
  innodb_buffer_pool_size: 128M
```
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import is_myisam, limit, related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "buffer-pool-outside-share",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_buffer_pool_size", "server.ram"),
)


POOL, RAM = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the pool's share of the RAM is outside the documented range, for InnoDB."""
    low, high = limit("mysql.pool_share")
    ram, share = site.number(RAM), site.number(POOL) / site.number(RAM)
    if not is_myisam(site) and not low <= share <= high:
        message = wording(
            "innodb_buffer_pool_size = {declared} is {share} of the RAM, outside {low} to {high}",
            declared=site[POOL].text,
            share=f"{share:.0%}",
            low=f"{low:.0%}",
            high=f"{high:.0%}",
        )
        advice = wording(
            "Set between {least}M and {most}M.", least=ceil(ram * low / 2**20), most=int(ram * high / 2**20)
        )
        yield RULE.at(site[POOL], message, advice, related=related(site[RAM], wording("the RAM declared")))
