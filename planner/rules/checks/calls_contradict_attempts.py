"""Declared concurrent calls and declared attempts per second do not fit each other.

Concurrent calls are attempts per second x the time an attempt holds resources: setup time, and call
duration where it is answered. Where the two differ by more than 20 %, one of four declared or assumed
values is not what the traffic is.

## Why it matters

The sizing follows the concurrent calls for media and the attempts for signalling and CDRs: one of the two
comes out wrong.

## What to do

Measure ASR, ACD and setup time (`plan cdr profile`), or declare only one of the two.

## Fires

```yaml 3:21
traffic:
  cps: 100
  concurrent_calls: 9000
  asr: 40%
  acd: 60s
  setup_time: 6s
```

## Silent

```yaml
traffic:
  cps: 100
  concurrent_calls: 3000
  asr: 40%
  acd: 60s
  setup_time: 6s
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.comparing import related
from planner.rules.limits import limit
from planner.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "calls-contradict-attempts",
    Severity.WARNING,
    Basis.STANDARD,
    ("Little's law",),
    needs=("traffic.cps", "traffic.concurrent_calls"),
)


CPS, CALLS = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where calls differ from attempts x hold by more than a fifth of the calls."""
    attempts, calls = site.number(CPS), site.number(CALLS)
    offered = attempts * hold_time(site)
    if calls > 0 and abs(calls - offered) / calls > limit("traffic.contradiction"):
        binds = "attempts per second bind" if offered > calls else "concurrent calls bind"
        message = f"{attempts:,.4g} attempts per second hold {offered:,.0f} calls, not {calls:,.0f}: {binds}"
        yield RULE.at(
            site[CALLS],
            message,
            "Measure ASR, ACD and setup time, or declare one of the two.",
            related=related(site[CPS], "the attempts"),
        )


def hold_time(site: Site) -> float:
    """Return the mean seconds an attempt holds resources: setup + ASR x ACD, assumed where not declared."""
    leaves = site.sizing.leaves
    return leaves["traffic.setup_time"].value + leaves["traffic.asr"].value * leaves["traffic.acd"].value
