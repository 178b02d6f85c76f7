"""CDR text files are deleted before the declared retention is over."""

from math import ceil

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "retention-shorter-than-policy",
    Severity.ERROR,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: retention period",),
    needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "retention.cdr_days"),
)
INTERVAL, DAYS = RULE.needs
FILES = "softswitch.SERVER_CDR_FILE_WRITE_MAX"
DAY = 86400


def check(site: Site) -> Findings:
    """Yield where interval x files is less than the declared days."""
    interval, days = site.number(INTERVAL), site.number(DAYS)
    files = site.number_or(FILES, site.default(FILES))
    if interval <= 0 or interval * files >= days * DAY:
        return
    kept = format_quantity(interval * files, "s")
    message = wording(
        "{files} files of {interval} s are kept for {kept}, less than the {days} d declared",
        files=f"{files:,.0f}",
        interval=f"{interval:,.0f}",
        kept=kept,
        days=f"{days:g}",
    )
    places = related(site[DAYS], wording("the declared retention")) + related(
        site.get(FILES), wording("the number of files")
    )
    yield RULE.at(site[INTERVAL], message, _remedy(interval, days * DAY), related=places)


def _remedy(interval: float, seconds: float) -> str:
    needed, most = ceil(seconds / interval), limit("cdr.files_maximum")
    if needed <= most:
        return wording("Set SERVER_CDR_FILE_WRITE_MAX: {needed}.", needed=needed)
    longest = limit("cdr.interval_maximum")
    fitting = ceil(seconds / most)
    other = wording("set the interval to {fitting} s or more, or ", fitting=fitting) if fitting <= longest else ""
    archive = wording("archive the files externally before they are deleted")
    return wording(
        "{needed} files would be needed and {most} are the most: {other}{archive}.",
        needed=f"{needed:,}",
        most=f"{most:,}",
        other=other,
        archive=archive,
    )
