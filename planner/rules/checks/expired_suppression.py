"""A finding was accepted until a day that has passed.

## Why it matters

An acceptance with a last day is a promise to look again. From the day after, the finding counts again, and
this one says why.

## What to do

Correct the setting, or agree on a new day and write it as `until: YYYY-MM-DD`. A day that cannot be read
counts as passed.

## Fires

```yaml 7:13
softswitch:
  SS_MAX_CALL_DURATION: 0

policy:
  ignore:
    # The conference bridge was to be gone by then.
    - rule: unlimited-call-duration
      reason: the conference bridge holds calls for days
      until: 2020-01-31
```

## Silent

```yaml
softswitch:
  SS_MAX_CALL_DURATION: 0

policy:
  ignore:
    - rule: unlimited-call-duration
      reason: the conference bridge holds calls for days
      until: 2199-12-31
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Finding
    from planner.rules.policy import Ignore

RULE = Rule(
    "expired-suppression",
    Severity.WARNING,
    Basis.STANDARD,
    ("product: its policy of accepted findings",),
    origin="policy",
)


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance whose last day has passed, or is no day."""
    parts = {"rule": ignore.rule, "until": ignore.until}
    message = (
        wording("{rule} was accepted until {until}, which has passed; its findings count again", **parts)
        if ignore.last_day
        else wording("{rule} was accepted until {until}, which is no day; its findings count", **parts)
    )
    return RULE.at(ignore.span, message, wording("Correct the setting, or agree on a new day."), subject=ignore.rule)
