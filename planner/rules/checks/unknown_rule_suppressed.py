"""A suppression names a rule that does not exist.

## Why it matters

It suppresses nothing, and a misspelt one leaves its author believing that it does.

## What to do

Correct the name. `plan rules` lists all names; findings carry theirs.

## Fires

```yaml 2:27
softswitch:
  SS_MAX_CALL_DURATION: 0 # plan: ignore[unlimited-duration] the conference bridge holds calls for days
```

## Silent

```yaml
softswitch:
  SS_MAX_CALL_DURATION: 0 # plan: ignore[unlimited-call-duration] the conference bridge holds calls for days
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.registry import UnknownRuleError, rule
from planner.rules.rule import Rule

if TYPE_CHECKING:
    from planner.finding import Finding
    from planner.rules.suppression import Ignore

RULE = Rule("unknown-rule-suppressed", Severity.ERROR, Basis.STANDARD, ("policy",), origin="policy")


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance of something that is no rule; it suggests the nearest name."""
    try:
        rule(ignore.rule)
    except UnknownRuleError as error:
        return RULE.at(ignore.span, str(error.args[0]), "Correct the rule's name.", subject=ignore.rule)
    raise AssertionError(ignore.rule)
