"""Several CDR text files fall into one hour, but their documented names tell only the hour."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "hour-named-files-shared",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: file names",),
    needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL",),
    figures=("cdr.recommended_interval",),
)


HOUR = 3600


def check(site: Site) -> Findings:
    """Yield where an interval within the documented range is below an hour; what the traffic calls for is no fault."""
    name = RULE.needs[0]
    if limit("cdr.interval_minimum") <= site.number(name) < HOUR:
        each = HOUR / site.number(name)
        sized = site.get(TRAFFIC) is not None and not site.problems
        called_for = sized and site.number(name) >= site.figure(RULE.figures[0]).value
        message = wording("{files} files an hour would share the documented name YYYYMMDDHH.txt", files=f"{each:.3g}")
        advice = wording("Check the names your build writes; let consumers go by a file's content.")
        yield RULE.at(site[name], message, advice, severity=Severity.INFO if called_for else RULE.severity)
