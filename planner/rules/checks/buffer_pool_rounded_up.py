"""The buffer pool is rounded up to a multiple of chunk size x instances."""

from math import ceil

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "buffer-pool-rounded-up",
    Severity.INFO,
    Basis.STANDARD,
    ("mysql-manual: innodb_buffer_pool_chunk_size",),
    needs=("mysql.innodb_buffer_pool_size", "server.mysql_version"),
)
POOL = RULE.needs[0]


def check(site: Site) -> Findings:
    """Yield where the size is no multiple, for MySQL versions that round."""
    if version(site).mariadb or not version(site).reaches(limit("mysql.pool_rounded_from")):
        return
    size, chunk = (site.number(POOL), site.number_or("mysql.innodb_buffer_pool_chunk_size", limit("mysql.pool_chunk")))
    boot = limit("mysql.pool_instances") if size >= limit("mysql.pool_instances_from") else 1
    step = chunk * site.number_or("mysql.innodb_buffer_pool_instances", boot)
    if step > 0 and size % step:
        rounded = ceil(size / step) * step
        message = wording(
            "{declared} is rounded up to {rounded} MiB, a multiple of {step} MiB",
            declared=site[POOL].text,
            rounded=f"{rounded / 2**20:,.0f}",
            step=f"{step / 2**20:,.0f}",
        )
        yield RULE.at(
            site[POOL], message, wording("Set innodb_buffer_pool_size = {rounded}M.", rounded=int(rounded / 2**20))
        )
