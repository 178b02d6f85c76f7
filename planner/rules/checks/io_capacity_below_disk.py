"""InnoDB holds back on a disk that is faster than it believes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.rules.shared import is_myisam, limit
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.site import Site

RULE = Rule(
    "io-capacity-below-disk",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_io_capacity", "server.storage.type"),
    yields_to=("not-yet-in-version", "io-capacity-above-its-maximum"),
)


CAPACITY, DISK = RULE.needs


def check(site: Site) -> Iterator[Finding]:
    """Yield where a solid-state disk is given less than the documented capacity."""
    solid = site.text(DISK).lower() in limit("disk.solid")
    if solid and not is_myisam(site) and site.number(CAPACITY) < limit("mysql.io_capacity_solid"):
        message = wording(
            "innodb_io_capacity = {capacity} is below the {recommended} recommended for an SSD",
            capacity=site[CAPACITY].text,
            recommended=limit("mysql.io_capacity_solid"),
        )
        yield RULE.at(
            site[CAPACITY],
            message,
            wording("Set innodb_io_capacity = {recommended}.", recommended=limit("mysql.io_capacity_solid")),
        )
