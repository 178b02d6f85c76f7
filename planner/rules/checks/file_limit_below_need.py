"""fs.file-max is below the descriptors the calls need."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import short
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "file-limit-below-need",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-file-table",),
    needs=("sysctl.fs.file-max", TRAFFIC),
    figures=("server.file_descriptors",),
)


def check(site: Site) -> Findings:
    """Yield where the limit is below the descriptors of the calls."""
    yield from short(site, RULE, RULE.needs[0], "count", wording("Remove the line, or raise the limit."))
