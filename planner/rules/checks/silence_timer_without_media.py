"""A no-media hang-up timer is set although media does not pass the server."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "silence-timer-without-media",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: softswitch parameters", "guide-scaling: with media and without media"),
    needs=("softswitch.SS_NO_MEDIA_HANGUP|softswitch.SS_NOMEDIAHANGUPTIME", "server.media"),
)
TIMER, MEDIA = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the timer runs and the media mode is without."""
    if site.number(TIMER) > 0 and site.text(MEDIA) == "without":
        message = wording(
            "{setting}: {timer} watches for media, which does not pass this server",
            setting=short_name(site[TIMER]),
            timer=site[TIMER].text,
        )
        advice = wording("Relay media, or set it to 0 and rely on session timers and SS_MAX_CALL_DURATION.")
        yield RULE.at(
            site[TIMER], message, advice, related=related(site[MEDIA], wording("media flows between the endpoints"))
        )
