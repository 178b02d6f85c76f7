"""MySQL may take more memory than the machine has, or nearly all of it."""

from planner.catalogue.display import format_quantity
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, memory, per_connection, related, setting
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "mysql-memory-above-ram",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-manual-memory-use",),
    needs=("server.ram", "mysql.innodb_buffer_pool_size|mysql.key_buffer_size|mysql.max_connections"),
)
RAM, DECLARED = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the sum exceeds the warning share of the RAM."""
    total, ram = memory(site), site.number(RAM)
    if total <= limit("mysql.memory_share") * ram:
        return
    severity = Severity.ERROR if total > ram else Severity.WARNING
    connections = setting(site, "max_connections")
    message = wording(
        "MySQL may take {total}, {share} of the RAM: {connections} connections of up to {each} beside its caches",
        total=format_quantity(total, "B"),
        share=f"{total / ram:.0%}",
        connections=f"{connections:,.0f}",
        each=format_quantity(per_connection(site), "B"),
    )
    places = related(site[RAM], wording("the RAM declared")) + related(
        site.get("mysql.max_connections"), wording("the connections")
    )
    yield RULE.at(
        site[DECLARED],
        message,
        wording("Lower the pool, max_connections or the buffers per connection."),
        severity=severity,
        related=places,
    )
