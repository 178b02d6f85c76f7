"""The redo log files are smaller than the guides recommend for high traffic."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, limit
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "redo-log-small",
    Severity.INFO,
    Basis.DOCUMENTED,
    ("guide-scaling: MySQL for high insert rates",),
    needs=("mysql.innodb_log_file_size",),
)


def check(site: Site) -> Findings:
    """Yield where the size is below the documented one, unless the CDR tables are MyISAM."""
    size = site[RULE.needs[0]]
    if not is_myisam(site) and site.number(size.name) < limit("mysql.redo_file"):
        message = wording(
            "innodb_log_file_size = {size} is below the {recommended} MiB recommended for high traffic",
            size=size.text,
            recommended=limit("mysql.redo_file") // 2**20,
        )
        yield RULE.at(
            size,
            message,
            wording("Set innodb_log_file_size = {recommended}M.", recommended=limit("mysql.redo_file") // 2**20),
        )
