"""innodb_io_capacity is above innodb_io_capacity_max."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "io-capacity-above-its-maximum",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-manual: innodb_io_capacity_max",),
    needs=("mysql.innodb_io_capacity", "mysql.innodb_io_capacity_max"),
    yields_to=("not-yet-in-version",),
)
CAPACITY, MOST = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the capacity exceeds the maximum."""
    if site.number(CAPACITY) > site.number(MOST):
        message = wording(
            "innodb_io_capacity = {capacity} is above innodb_io_capacity_max = {most}",
            capacity=site[CAPACITY].text,
            most=site[MOST].text,
        )
        advice = wording("Set innodb_io_capacity_max = {most}.", most=f"{2 * site.number(CAPACITY):.0f}")
        yield RULE.at(site[CAPACITY], message, advice, related=related(site[MOST], wording("the maximum")))
