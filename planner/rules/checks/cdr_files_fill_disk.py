"""The CDR text files alone take the disk to its alert line or beyond.

The files grow to lines per second x bytes per line x retention. Above 80 % of the disk the guides ask for
an alert, and database, logs and system come on top. More than the whole disk is an error.

## Why it matters

A full disk stops billing and the database together, long after the setting was made.

## What to do

Keep fewer files, write only answered calls (`SS_CDR_RECORD_NONCONNECT: Off`), or plan a larger disk.

## Fires

```yaml 6:11
server:
  cpu_cores: 16
  ram: 32GB
  storage:
    type: ssd
    size: 250GB
traffic:
  cps: 100
softswitch:
  SERVER_CDR_FILE_WRITE_INTERVAL: 3600
  SERVER_CDR_FILE_WRITE_MAX: 2048
  SS_CDR_RECORD_NONCONNECT: On
```

## Silent

```yaml
server:
  storage:
    type: ssd
    size: 1TB
traffic:
  cps: 100
softswitch:
  SERVER_CDR_FILE_WRITE_INTERVAL: 3600
  SERVER_CDR_FILE_WRITE_MAX: 2048
  SS_CDR_RECORD_NONCONNECT: On
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule
from planner.rules.shared import limit, related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "cdr-files-fill-disk",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: disk space",),
    needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "server.storage.size", TRAFFIC),
    figures=("cdr.retained_bytes",),
)


INTERVAL, DISK, _ = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where the retained text files exceed 80 % of a server's disk."""
    footprint = site.figure("cdr.retained_bytes").value * site.figure("server.share").value
    share = footprint / site.number(DISK)
    if share <= limit("disk.alert_share"):
        return
    severity = Severity.ERROR if share > 1 else Severity.WARNING
    message = wording(
        "the CDR text files grow to {footprint}, {share} of the disk of {disk}; the alert line is {alert_share}",
        footprint=format_quantity(footprint, "B"),
        share=f"{share:.0%}",
        disk=format_quantity(site.number(DISK), "B"),
        alert_share=f"{limit('disk.alert_share'):.0%}",
    )
    yield RULE.at(
        site[DISK],
        message,
        wording("Keep fewer files, write answered calls only, or plan a larger disk."),
        severity=severity,
        basis=site.weakest(RULE.basis, *RULE.figures),
        related=related(site[INTERVAL], wording("the interval of the files")),
    )
