"""Media passes the server but calls without any are never ended."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "dead-calls-not-ended",
    Severity.WARNING,
    Basis.ADVICE,
    ("guide-scaling: softswitch parameters",),
    needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media"),
)
TIMER, MEDIA = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the timer is off although media is relayed."""
    if site.number(TIMER) == 0 and site.text(MEDIA) == "with":
        low, high = limit("softswitch.no_media_hangup")
        message = wording(
            "{setting} is 0: a call without media stays up until somebody ends it", setting=short_name(site[TIMER])
        )
        yield RULE.at(site[TIMER], message, wording("Set it to {low}-{high} s.", low=low, high=high))
