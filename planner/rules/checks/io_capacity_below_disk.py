"""InnoDB holds back on a disk that is faster than it believes."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "io-capacity-below-disk",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_io_capacity", "server.storage.type"),
    yields_to=("not-yet-in-version", "io-capacity-above-its-maximum"),
)
CAPACITY, DISK = RULE.needs


def check(site: Site) -> Findings:
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
