"""SS_MAXCPS admits more attempts per second than one server is documented to carry."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "attempt-limit-above-hardware",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: single-server capacity limits",),
    needs=("softswitch.SS_MAXCPS", "server.media"),
)
MAXCPS, MEDIA = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the limit is above the documented one of the media mode."""
    most = limit(f"server.cps_{site.text(MEDIA)}_media") if site.text(MEDIA) in ("with", "without") else None
    if most is not None and site.number(MAXCPS) > most:
        message = wording(
            "SS_MAXCPS: {declared} is above the {most} attempts per second one server carries {media} media",
            declared=site[MAXCPS].text,
            most=most,
            media=site.text(MEDIA),
        )
        yield RULE.at(
            site[MAXCPS],
            message,
            wording("Set SS_MAXCPS: {most} or less.", most=most),
            related=related(site[MEDIA], wording("the media mode")),
        )
