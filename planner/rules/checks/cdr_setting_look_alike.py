"""A CDR setting has a value that only makes sense under its look-alike's name.

`SERVER_CDR_FILE_WRITE_INTERVAL` (60-86400 s a file) and `SERVER_CDR_FILE_WRITE_MAX` (10-4096 files) rotate
the text files. `SS_CDR_FILE_WRITE_INTERVAL` (60 by default, 30 at high traffic) and `SS_CDR_FILE_WRITE_MAX`
(1000 records a batch) flush records to them. The names differ by a prefix, the meanings entirely.

## Why it matters

Records flushed once an hour instead of once a minute are lost when a process ends; 30 s a file is refused.

## What to do

Declare the value under the name it is meant for.

## Fires

```yaml 2:31
softswitch:
  SS_CDR_FILE_WRITE_INTERVAL: 3600
```

```yaml 2:35
softswitch:
  SERVER_CDR_FILE_WRITE_INTERVAL: 30
```

```yaml 2:26
softswitch:
  SS_CDR_FILE_WRITE_MAX: 2048
```

## Silent

```yaml
softswitch:
  SS_CDR_FILE_WRITE_INTERVAL: 30
  SS_CDR_FILE_WRITE_MAX: 500
  SERVER_CDR_FILE_WRITE_INTERVAL: 1800
  SERVER_CDR_FILE_WRITE_MAX: 2048
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import limit
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "cdr-setting-look-alike",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: parameters", "guide-scaling: softswitch parameters"),
)


OTHERS = {
    "SERVER_CDR_FILE_WRITE_INTERVAL": "SS_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_INTERVAL": "SERVER_CDR_FILE_WRITE_INTERVAL",
    "SS_CDR_FILE_WRITE_MAX": "SERVER_CDR_FILE_WRITE_MAX",
}
"""Each name with the one it is taken for; the values that betray it are data: `look_alike.<name>`."""


def check(site: Site) -> Iterator[Finding]:
    """Yield values in the range that only the other name's meaning explains, valid under their own or not."""
    for name, other in OTHERS.items():
        written = site.written(f"softswitch.{name}")
        value = written.value if written else None
        if written is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        low, high = limit(f"look_alike.{name}")
        if low <= value <= high:
            message = wording(
                "{name}: {written} looks like a value of {other}, which means something else",
                name=name,
                written=written.text,
                other=other,
            )
            advice = wording("Declare it as {other}, or choose a value that fits {name}.", other=other, name=name)
            yield RULE.at(written.span, message, advice, pointer=written.pointer, subject=f"softswitch.{name}")
