"""CDR text files are declared but no interval is set, so none is written.

The interval of the extra call-record files has no default: `SERVER_CDR_FILE_WRITE_INTERVAL` is unset on a
new system. The number of files to keep, or the switch `SS_CDR_RECORD_TO_FILE`, does nothing without it.

## Why it matters

The text files are the second copy of every call record. An operator who believes they exist finds out that
they do not on the day the database is lost.

## What to do

Set the interval in seconds: 3600 below 50 attempts per second, 1800 below 200, 900 above.

## Fires

```yaml 2:26
softswitch:
  SS_CDR_RECORD_TO_FILE: On
  SERVER_CDR_FILE_WRITE_MAX: 2048
```

```yaml 2:30
softswitch:
  SERVER_CDR_FILE_WRITE_MAX: 4096
```

## Silent

```yaml
softswitch:
  SS_CDR_RECORD_TO_FILE: On
  SERVER_CDR_FILE_WRITE_INTERVAL: 3600
```

```yaml
softswitch:
  SS_CDR_RECORD_TO_FILE: Off
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule("rotation-without-interval", Severity.WARNING, Basis.DOCUMENTED, ("guide-cdr-file-rotation: enabling",))


INTERVAL = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
SWITCH = "softswitch.SS_CDR_RECORD_TO_FILE"
FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"


def check(site: Site) -> Iterator[Finding]:
    """Yield where files are asked for and no interval is."""
    if site.mentioned(INTERVAL):
        return
    wanted = site.get(SWITCH) if site.get(SWITCH) and site.switch(SWITCH) else None
    declined = site.get(SWITCH) is not None and wanted is None
    place = wanted or (None if declined else site.get(FILES))
    if place is not None:
        message = wording(
            "SERVER_CDR_FILE_WRITE_INTERVAL is not set and has no default, so no CDR text file is written"
        )
        yield RULE.at(
            place, message, wording("Add SERVER_CDR_FILE_WRITE_INTERVAL: 3600, or the interval your traffic calls for.")
        )
