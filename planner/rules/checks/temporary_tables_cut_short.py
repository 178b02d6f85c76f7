"""In-memory temporary tables are smaller than tmp_table_size says."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import VERSION, related, setting, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "temporary-tables-cut-short",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: tmp_table_size",),
    needs=("mysql.tmp_table_size",),
)


HEAP = "mysql.max_heap_table_size"
ALONE_SINCE = "8.0.28"


def check(site: Site) -> Findings:
    """Yield where the heap limit, declared or default, is the smaller of the two."""
    if site.get(VERSION) and not version(site).mariadb and version(site).reaches(ALONE_SINCE):
        return
    size, heap = site[RULE.needs[0]], setting(site, "max_heap_table_size")
    if site.number(size.name) > heap:
        message = wording(
            "tmp_table_size = {size} is cut to max_heap_table_size, {heap} MiB",
            size=size.text,
            heap=f"{heap / 2**20:,.4g}",
        )
        yield RULE.at(
            size,
            message,
            wording("Set max_heap_table_size = {size}.", size=size.text),
            related=related(site.get(HEAP), wording("the smaller limit")),
        )
