"""The CDR text files alone take the disk to its alert line or beyond."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "cdr-files-fill-disk",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-cdr-file-rotation: disk space",),
    needs=("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "server.storage.size", TRAFFIC),
    figures=("cdr.retained_bytes",),
)
INTERVAL, DISK, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the retained text files exceed 80 % of a server's disk."""
    footprint = site.figure("cdr.retained_bytes").value * site.figure("server.share").value
    share = footprint / site.number(DISK)
    if share <= limit("disk.alert_share"):
        return
    severity = Severity.ERROR if share > 1 else Severity.WARNING
    message = wording(
        "the CDR text files grow to {footprint}, {share} of the disk of {disk}; the alert line is {alert_share}",
        footprint=format_quantity(footprint, "B"),
        share=f"{share:.0%}",
        disk=format_quantity(site.number(DISK), "B"),
        alert_share=f"{limit('disk.alert_share'):.0%}",
    )
    yield RULE.at(
        site[DISK],
        message,
        wording("Keep fewer files, write answered calls only, or plan a larger disk."),
        severity=severity,
        basis=site.weakest(RULE.basis, *RULE.figures),
        related=related(site[INTERVAL], wording("the interval of the files")),
    )
