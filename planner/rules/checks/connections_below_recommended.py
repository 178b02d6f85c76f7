"""max_connections is below the 1000 the guides recommend for high traffic.

Systems in the field run with 160, which is why this is information.

## Why it matters

A service that finds no connection retries or fails; web clients and archive jobs compete with billing.

## What to do

Raise it where connections are refused (`Connection_errors_max_connections`), with memory and descriptors to
match.

## Fires

```mysql 2:19
[mysqld]
max_connections = 160
```

## Silent

```mysql
[mysqld]
max_connections = 1000
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.limits import limit
from planner.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "connections-below-recommended",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("VOS3000 scaling guide: MySQL for high insert rates",),
    needs=("mysql.max_connections",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where fewer connections are allowed than documented."""
    name = RULE.needs[0]
    if site.number(name) < limit("mysql.connections"):
        message = (
            f"max_connections = {site[name].text} is below the {limit('mysql.connections')} recommended "
            "for high traffic"
        )
        yield RULE.at(
            site[name],
            message,
            f"Set max_connections = {limit('mysql.connections')} where connections are refused.",
        )
