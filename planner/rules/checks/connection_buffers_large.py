"""Each of many connections may take more than 4 MiB of buffers."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, per_connection, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connection-buffers-large",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual-memory-use",),
    needs=(
        "mysql.max_connections",
        "mysql.sort_buffer_size|mysql.join_buffer_size|mysql.read_buffer_size|mysql.read_rnd_buffer_size|mysql.thread_stack|mysql.binlog_cache_size",
    ),
)
CONNECTIONS, BUFFERS = RULE.needs


def check(site: Site) -> Findings:
    """Yield where many connections have large buffers, at the largest one declared."""
    size = per_connection(site)
    if site.number(CONNECTIONS) > limit("mysql.many_connections") and size > limit("mysql.connection_bytes"):
        declared = [each for name in BUFFERS.split("|") if (each := site.get(name))]
        largest = max(declared, key=lambda each: site.number(each.name))
        message = wording(
            "each of {connections} connections may take {size} of buffers",
            connections=f"{site.number(CONNECTIONS):,.0f}",
            size=format_quantity(size, "B"),
        )
        yield RULE.at(
            largest,
            message,
            wording("Lower the global buffers."),
            related=related(site[CONNECTIONS], wording("the connections")),
        )
