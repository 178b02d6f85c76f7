"""The binary log is written and never deleted."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import VERSION, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "binary-log-never-expires",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-manual: expire_logs_days, binlog_expire_logs_seconds",),
    needs=("mysql.log_bin",),
)
BOUNDS = ("mysql.expire_logs_days", "mysql.binlog_expire_logs_seconds")
EXPIRES_BY_DEFAULT = "8.0"


def check(site: Site) -> Findings:
    """Yield where nothing bounds the age of binary logs."""
    log = site[RULE.needs[0]]
    declared = site.get(VERSION)
    server = version(site) if declared else None
    bounds = [name for name in BOUNDS if site.get(name)]
    by_default = server is not None and not server.mariadb and server.reaches(EXPIRES_BY_DEFAULT)
    if any(site.number(name) > 0 for name in bounds) or (by_default and not bounds):
        return
    severity = RULE.severity if server else Severity.INFO
    message = wording("the binary log is written and never expires: every call record is stored a second time")
    advice = wording("Set expire_logs_days, or binlog_expire_logs_seconds from MySQL 8.0 on.")
    yield RULE.at(log.key_span or log, message, advice, severity=severity)
