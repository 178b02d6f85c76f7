"""No call has a longest duration."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "unlimited-call-duration",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-scaling: softswitch parameters",),
    needs=("softswitch.SS_MAX_CALL_DURATION|softswitch.SS_MAXCALLDURATION",),
)


def check(site: Site) -> Findings:
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
