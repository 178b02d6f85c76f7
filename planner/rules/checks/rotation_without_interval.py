"""CDR text files are declared but no interval is set, so none is written."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "rotation-without-interval",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: enabling", "guide-cdr-pipe-format: how files are written"),
)


INTERVAL = "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"
SWITCH = "softswitch.SS_CDR_RECORD_TO_FILE"
FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"


def check(site: Site) -> Findings:
    """Yield where files are asked for and no interval is."""
    if site.mentioned(INTERVAL):
        return
    wanted = site.get(SWITCH) if site.get(SWITCH) and site.switch(SWITCH) else None
    declined = site.get(SWITCH) is not None and wanted is None
    place = wanted or (None if declined else site.get(FILES))
    if place is not None:
        message = wording(
            "SERVER_CDR_FILE_WRITE_INTERVAL is not set; guides disagree whether CDR text files are written without it"
        )
        yield RULE.at(
            place, message, wording("Add SERVER_CDR_FILE_WRITE_INTERVAL: 3600, or the interval your traffic calls for.")
        )
