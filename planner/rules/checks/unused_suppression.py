"""A suppression covers no finding.

## Why it matters

The reason it was written for is gone, or it stands on the wrong line. Left in place, it will hide the next
real finding of that rule.

## What to do

Remove it, or move it to the line of the finding or the line above. A suppression whose rule did not run,
because it was not selected or could not be decided, is not reported.

## Fires

```yaml 3:30
# A limit is set: there is nothing left to accept.
softswitch:
  SS_MAX_CALL_DURATION: 7200 # plan: ignore[unlimited-call-duration] calls may last for days
```

```sysctl 1:1
# plan: ignore[tw-recycle-behind-nat] there was no NAT in front of this host
net.ipv4.tcp_tw_recycle = 0
```

## Silent

```yaml
softswitch:
  SS_MAX_CALL_DURATION: 0 # plan: ignore[unlimited-call-duration] calls may last for days
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
    "unused-suppression",
    Severity.WARNING,
    Basis.STANDARD,
    ("product: its policy of accepted findings",),
    origin="policy",
)


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance that covers nothing."""
    message = wording("no finding of {rule} is here to be suppressed", rule=ignore.rule)
    return RULE.at(ignore.span, message, wording("Remove the suppression."), subject=ignore.rule)
