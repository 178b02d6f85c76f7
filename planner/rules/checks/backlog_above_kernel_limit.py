"""MySQL asks for a longer queue of connections than the kernel grants.

`listen()` cuts `back_log` to `net.core.somaxconn`.

## Why it matters

A burst of logins beyond the shorter queue waits for TCP to retry, a second at a time.

## What to do

Raise `net.core.somaxconn` to `back_log` or above.

## Fires

```yaml 4:13
sysctl:
  net.core.somaxconn: 128
mysql:
  back_log: 900
```

## Silent

```yaml
sysctl:
  net.core.somaxconn: 1024
mysql:
  back_log: 900
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "backlog-above-kernel-limit",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7: net/socket.c, listen()",),
    needs=("mysql.back_log", "sysctl.net.core.somaxconn"),
)


BACKLOG, LIMIT = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the wish exceeds the grant."""
    if site.number(BACKLOG) > site.number(LIMIT):
        message = wording(
            "back_log = {declared} is cut to net.core.somaxconn = {limit}",
            declared=site[BACKLOG].text,
            limit=site[LIMIT].text,
        )
        yield RULE.at(
            site[BACKLOG],
            message,
            wording("Set net.core.somaxconn = {declared}.", declared=site[BACKLOG].text),
            related=related(site[LIMIT], wording("the kernel's limit")),
        )
