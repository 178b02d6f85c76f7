"""Each call record waits for a rotating disk, and there are more records than the disk turns."""

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Findings, Rule
from planner.rules.shared import is_myisam, limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "commits-outrun-disk",
    Severity.WARNING,
    Basis.DOCUMENTED,
    (
        "guide-scaling: MySQL for high insert rates",
        "disk-mechanics: 7,200 revolutions a minute without a write cache allow 60 to 120 flushes a second",
    ),
    needs=("mysql.innodb_flush_log_at_trx_commit", "server.storage.type", TRAFFIC),
    figures=("database.inserts_per_second",),
)
FLUSH, DISK, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where every commit is flushed to a rotating disk that is too slow for the rows of a server."""
    if site.number(FLUSH) != 1 or site.text(DISK).lower() != "hdd" or is_myisam(site):
        return
    rows = site.figure("database.inserts_per_second").value * site.figure("server.share").value
    if rows > limit("disk.hdd_flushes"):
        message = wording(
            "{rows} records per second are each flushed to a disk that flushes {hdd_flushes} times per second",
            rows=f"{rows:,.0f}",
            hdd_flushes=limit("disk.hdd_flushes"),
        )
        basis = site.weakest(RULE.basis, *RULE.figures)
        yield RULE.at(
            site[FLUSH],
            message,
            wording("Set innodb_flush_log_at_trx_commit = 2, or plan an SSD."),
            related=related(site[DISK], wording("the disk")),
            basis=basis,
        )
