"""No call has a longest duration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import limit, short_name
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "unlimited-call-duration",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-scaling: softswitch parameters",),
    needs=("softswitch.SS_MAX_CALL_DURATION|softswitch.SS_MAXCALLDURATION",),
)


def check(site: Site) -> Iterator[Finding]:
    """Yield where the duration is declared as 0."""
    duration = site[RULE.needs[0]]
    if site.number(RULE.needs[0]) == 0:
        message = wording("{setting} is 0: a call whose end was lost never ends", setting=short_name(duration))
        yield RULE.at(
            duration,
            message,
            wording(
                "Set {setting}: {duration}.", setting=short_name(duration), duration=limit("softswitch.call_duration")
            ),
        )
