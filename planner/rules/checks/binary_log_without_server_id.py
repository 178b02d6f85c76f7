"""The binary log is switched on and the server has no id."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import VERSION, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "binary-log-without-server-id",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-manual: server_id and log_bin",),
    needs=("mysql.log_bin", VERSION),
)
SERVER_ID = "mysql.server_id"
FIRST, LAST = "5.7.3", "8.0"


def check(site: Site) -> Findings:
    """Yield where a server of MySQL 5.7 would not start for want of an id."""
    server, log = version(site), site[RULE.needs[0]]
    if server.mariadb or not server.reaches(FIRST) or server.reaches(LAST) or site.get(SERVER_ID):
        return
    message = wording("log_bin without server_id: MySQL 5.7 refuses to start")
    yield RULE.at(log.key_span or log, message, wording("Add server_id = 1, or the number of this server."))
