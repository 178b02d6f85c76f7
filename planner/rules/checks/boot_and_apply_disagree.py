"""The same sysctl files come to different values, depending on who reads them.

At boot systemd reads them, by hand `sysctl --system`. On CentOS 7 both read `/etc/sysctl.conf` last, so
that it beats every drop-in; from release 8 on, `/etc/sysctl.d/99-vos3000.conf` beats it. Checked for a
whole host, with `--root`.

## Why it matters

The value tested by hand is gone after the next boot, or after the migration to a newer release.

## What to do

Set each key in one place. `sysctl -p` reads only `/etc/sysctl.conf`: apply with `sysctl --system`.

## Fires

```tree 2:1
==> etc/sysctl.conf <==
net.core.somaxconn = 1024
==> etc/sysctl.d/99-sysctl.conf -> ../sysctl.conf <==
==> etc/sysctl.d/99-vos3000.conf <==
net.core.somaxconn = 4096
```

## Silent

```tree
==> etc/sysctl.conf <==
# Settings stand in sysctl.d.
==> etc/sysctl.d/99-vos3000.conf <==
net.core.somaxconn = 4096
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.document.sysctl_resolution import resolve
from planner.finding import Basis, Related, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.sysctl_file import Assignment
    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "boot-and-apply-disagree",
    Severity.WARNING,
    Basis.STANDARD,
    (
        "systemd-219: /etc/sysctl.conf is read last",
        "systemd-219: later releases read it only through 99-sysctl.conf",
        "procps-3.3.10: /run before /etc",
    ),
)


OTHERS = {
    "el7-boot": wording("at boot of CentOS 7"),
    "el8-boot": wording("at boot of release 8 and later"),
    "procps-system": wording("by sysctl --system"),
}


def check(site: Site) -> Iterator[Finding]:
    """Yield each key that another way of reading the same host's files sets to another value."""
    if site.root is None:
        return
    chosen = resolve(site.root, site.profile).effective
    for profile, reader in OTHERS.items():
        if profile == site.profile:
            continue
        other = resolve(site.root, profile).effective
        for name in sorted(chosen.keys() & other.keys()):
            yield from _compared(chosen[name], other[name], reader)


def _compared(mine: Assignment, theirs: Assignment, reader: str) -> Iterator[Finding]:
    ours, other = mine.value, theirs.value
    if ours is not None and other is not None and ours.text.split() != other.text.split():
        message = wording(
            "{key} = {ours} here is {other} when the files are read {reader}",
            key=mine.name,
            ours=ours.text,
            other=other.text,
            reader=reader,
        )
        beside = (Related(wording("in force {reader}", reader=reader), other.span),)
        yield RULE.at(
            mine.key.span,
            message,
            wording("Set the key in one place only."),
            related=beside,
            subject=f"{mine.name} {reader}",
        )
