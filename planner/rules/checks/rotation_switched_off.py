"""The interval of CDR text files is set but the switch that writes them is Off."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "rotation-switched-off",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: enabling",),
    needs=("softswitch.SS_CDR_RECORD_TO_FILE", "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"),
)
SWITCH, INTERVAL = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the switch is Off although an interval is set."""
    if not site.switch(SWITCH):
        interval = site[INTERVAL]
        message = wording(
            "SS_CDR_RECORD_TO_FILE is Off, so the interval of {interval} s has no effect: no CDR text file is written",
            interval=interval.text,
        )
        yield RULE.at(
            site[SWITCH],
            message,
            wording("Set SS_CDR_RECORD_TO_FILE: On."),
            related=related(interval, wording("the interval is set here")),
        )
