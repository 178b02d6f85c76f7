"""MySQL lowers max_connections because it is granted too few file descriptors."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import VERSION, limit, related, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "connections-above-descriptors",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-5.6-source: mysqld.cc",),
    needs=("mysql.max_connections", "mysql.open_files_limit|server.nofile"),
)
CONNECTIONS, GRANTED = RULE.needs
TABLE_CACHE_SINCE = "5.5"


def check(site: Site) -> Findings:
    """Yield where the connections that descriptors allow are fewer than declared."""
    connections, granted = site.number(CONNECTIONS), site.number(GRANTED)
    tables = _tables(site)
    wanted = limit("mysql.descriptors_beside") + connections + tables
    needed = max(wanted, limit("mysql.descriptors_per_connection") * connections, limit("mysql.least_descriptors"))
    most = granted - limit("mysql.descriptors_beside") - tables
    if most >= connections:
        return
    message = wording(
        "{granted} descriptors allow {most} connections, not {connections}",
        granted=site[GRANTED].text,
        most=f"{max(most, 1):,.0f}",
        connections=f"{connections:,.0f}",
    )
    advice = wording("Grant {needed} descriptors: LimitNOFILE={needed} in MySQL's unit.", needed=f"{needed:.0f}")
    yield RULE.at(
        site[CONNECTIONS], message, advice, related=related(site[GRANTED], wording("the descriptors granted"))
    )


def _tables(site: Site) -> float:
    """Return the descriptors set aside for tables: twice the least table cache, 400 from MySQL 5.5 on, 64 before."""
    old = site.get(VERSION) is not None and not version(site).mariadb and not version(site).reaches(TABLE_CACHE_SINCE)
    least: float = limit("mysql.least_table_cache_before_5.5") if old else limit("mysql.least_table_cache")
    return 2 * least
