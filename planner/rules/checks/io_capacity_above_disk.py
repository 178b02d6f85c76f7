"""InnoDB believes the disk to be faster than it is."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "io-capacity-above-disk",
    Severity.WARNING,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates", "mysql-manual-io-capacity"),
    needs=("mysql.innodb_io_capacity", "server.storage.type"),
    yields_to=("not-yet-in-version", "removed-parameter"),
)
CAPACITY, DISK = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the capacity is above what the type of disk is good for."""
    most = limit("disk.io_capacity").get(site.text(DISK).lower())
    if most is not None and site.number(CAPACITY) > most:
        message = wording(
            "innodb_io_capacity = {capacity} is more than the {most} a disk of type {disk} is good for",
            capacity=site[CAPACITY].text,
            most=f"{most:,}",
            disk=site.text(DISK),
        )
        yield RULE.at(
            site[CAPACITY],
            message,
            wording("Set innodb_io_capacity = {most} or less.", most=most),
            related=related(site[DISK], wording("the disk")),
        )
