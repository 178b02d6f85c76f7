"""The disk is smaller than CDR files, database, logs and system need."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "disk-below-need",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: disk space", "guide-scaling: hardware by traffic level"),
    needs=("server.storage.size", TRAFFIC),
    figures=("server.disk_bytes",),
)


def check(site: Site) -> Findings:
    """Yield where the declared disk is smaller than the need."""
    yield from short(site, RULE, RULE.needs[0], "B", wording("Shorten retention or plan a larger disk."))
