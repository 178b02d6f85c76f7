"""What the database writes: redo log, binary log, flushes at commit, and the disk under them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, version
from planner.rules.site import Site
from planner.sizing.constants import limit
from planner.sizing.inputs import put_off
from planner.sizing.memory import VERSION, setting
from planner.wording import additions, wording

SIZE = "mysql.innodb_log_file_size"


def redo_log_above_version_limit(site: Site, rule: Rule) -> Findings:
    """Yield where the group's size reaches the version's limit."""
    totals = limit("mysql.redo_total")
    below = next(
        most for since, most in reversed(totals.items()) if version(site).reaches(since) or since == next(iter(totals))
    )
    files = setting(site.deployment, "innodb_log_files_in_group")
    total = site.number(SIZE) * files
    if total >= below:
        yield rule.found(
            site,
            files=f"{files:.0f}",
            size=site[SIZE].text,
            total=f"{total / 2**30:,.3g}",
            below=f"{below / 2**30:,.0f}",
            most=int(below / files / 2**20) - 1,
        )


def redo_log_resized_by_hand(site: Site, rule: Rule) -> Findings:
    """Yield where a size other than the default is declared for a version that does not resize by itself."""
    resizes = version(site).reaches(limit("mysql.redo_resizes_from"))
    if not resizes and site.number(SIZE) != limit("mysql.redo_file_default"):
        yield rule.found(site, size=site[SIZE].text)


def redo_log_setting_ignored(site: Site, rule: Rule) -> Findings:
    """Yield where both are declared."""
    yield rule.found(site)


def redo_log_small(site: Site, rule: Rule) -> Findings:
    """Yield where the size is below the documented one, unless the CDR tables are MyISAM."""
    size, least = site[rule.needs[0]], limit("mysql.redo_file")
    if not is_myisam(site) and site.number(size.name) < least:
        yield rule.found(site, size=size.text, recommended=least // 2**20)


FLUSH = "mysql.innodb_flush_log_at_trx_commit"
BINLOG = "mysql.sync_binlog"


def binary_log_flush_unpaired(site: Site, rule: Rule) -> Findings:
    """Yield where one of the two is flushed at each commit and the other is not."""
    if (site.number(FLUSH) == 1) != (site.number(BINLOG) == 1):
        yield rule.found(site, site[BINLOG], binlog=site[BINLOG].text, flush=site[FLUSH].text)


BOUNDS = ("mysql.expire_logs_days", "mysql.binlog_expire_logs_seconds")
EXPIRES_BY_DEFAULT = "8.0"


def binary_log_never_expires(site: Site, rule: Rule) -> Findings:
    """Yield where nothing bounds the age of binary logs."""
    log = site[rule.needs[0]]
    server = version(site) if site.get(VERSION) else None
    bounds = [name for name in BOUNDS if site.get(name)]
    if put_off(log):
        return
    by_default = server is not None and not server.mariadb and server.reaches(EXPIRES_BY_DEFAULT)
    if any(site.number(name) > 0 for name in bounds) or (by_default and not bounds):
        return
    yield rule.found(site, log.key_span or log, severity=rule.severity if server else Severity.INFO)


def binary_log_days_ignored(site: Site, rule: Rule) -> Findings:
    """Yield where MySQL 8.0 heeds the seconds alone; to MariaDB both are one setting, of which the last counts."""
    server = version(site)
    heeds = not server.mariadb and server.reaches(EXPIRES_BY_DEFAULT)
    if heeds and site.number(BOUNDS[0]) and site.number(BOUNDS[1]):
        yield rule.found(site)


SERVER_ID = "mysql.server_id"
FIRST, LAST = "5.7.3", "8.0"


def binary_log_without_server_id(site: Site, rule: Rule) -> Findings:
    """Yield where a server of MySQL 5.7 would not start for want of an id."""
    server, log = version(site), site[rule.needs[0]]
    if server.mariadb or not server.reaches(FIRST) or server.reaches(LAST) or site.get(SERVER_ID) or put_off(log):
        return
    yield rule.found(site, log.key_span or log)


GTID, CONSISTENT = "mysql.gtid_mode", "mysql.enforce_gtid_consistency"
GTID_FIRST, LOG_UNNEEDED = "5.6.5", "5.7.5"
OFF = frozenset({"0", "off", "false", "None"})


def gtid_mode_without_its_options(site: Site, rule: Rule) -> Findings:
    """Yield where MySQL would not start for want of what global transaction identifiers need."""
    server, mode = version(site), site.get(GTID)
    if mode is None or server.mariadb or not server.reaches(GTID_FIRST) or mode.text.casefold() not in {"on", "1", "3"}:
        return
    needed = [CONSISTENT] if server.reaches(LOG_UNNEEDED) else [CONSISTENT, "mysql.log_bin", "mysql.log_slave_updates"]
    declared = site.deployment.values
    # A switch that stands alone is on, and has no value.
    missing = [name for name in needed if name not in declared or declared[name].text.casefold() in OFF]
    if missing:
        names = additions(name.removeprefix("mysql.") for name in missing)
        yield rule.found(site, mode.key_span or mode, pointer=mode.pointer, names=names)


def galera_node_incomplete(site: Site, rule: Rule) -> Findings:
    """Yield where MariaDB would not start as a node of a cluster."""
    node, server = site.get("mysql.wsrep_on"), version(site) if site.get(VERSION) else None
    if node is None or _said(site, "wsrep_on") in OFF or _said(site, "wsrep_provider", "none") == "none":
        return
    wrong = list(_unstartable(site)) if server is None or server.mariadb else []
    if wrong:
        severity = rule.severity if server else Severity.WARNING
        place = node.span if node.text else node.key_span
        yield rule.found(site, place or node, severity=severity, wrong=additions(wrong))


def _unstartable(site: Site) -> Iterator[str]:
    method, log = _said(site, "wsrep_sst_method", "rsync"), _said(site, "binlog_format")
    if method != "mysqldump" and not _said(site, "wsrep_cluster_address"):
        yield wording("no wsrep_cluster_address, which wsrep_sst_method = {method} needs,", method=method)
    if not log:
        yield wording("no binlog_format = ROW")
    elif log not in {"row", "2"}:
        yield wording("binlog_format = {log} instead of ROW", log=log.upper())
    if site.get("mysql.memlock") and _said(site, "memlock") not in OFF:
        yield wording("memlock")


def _said(site: Site, name: str, default: str = "") -> str:
    declared = site.get(f"mysql.{name}")
    return str(declared.value).casefold() if declared else default


def commit_flush_not_recommended(site: Site, rule: Rule) -> Findings:
    """Yield where every commit is flushed, unless the CDR tables are MyISAM."""
    if site.number(rule.needs[0]) == 1 and not is_myisam(site):
        yield rule.found(site)


def commits_lost_on_crash(site: Site, rule: Rule) -> Findings:
    """Yield where a commit stays in the server's own memory."""
    if site.number(rule.needs[0]) == 0 and not is_myisam(site):
        yield rule.found(site)


DISK = "server.storage.type"


def commits_outrun_disk(site: Site, rule: Rule) -> Findings:
    """Yield where every commit is flushed to a rotating disk that is too slow for the rows of a server."""
    if site.number(FLUSH) != 1 or site.text(DISK).lower() != "hdd" or is_myisam(site):
        return
    rows = site.figure("database.inserts_per_second").value * site.figure("server.share").value
    if rows > limit("disk.hdd_flushes"):
        yield rule.found(site, rows=f"{rows:,.0f}", hdd_flushes=limit("disk.hdd_flushes"))


def io_capacity_above_disk(site: Site, rule: Rule) -> Findings:
    """Yield where the capacity is above what the type of disk is good for."""
    capacity, disk = site[rule.needs[0]], site.text(DISK)
    most = limit("disk.io_capacity").get(disk.lower())
    if most is not None and site.number(capacity.name) > most:
        yield rule.found(site, capacity=capacity.text, most=f"{most:,}", disk=disk, advised=most)


def io_capacity_above_its_maximum(site: Site, rule: Rule) -> Findings:
    """Yield where the capacity exceeds the maximum."""
    capacity, most = (site[name] for name in rule.needs)
    if (asked := site.number(capacity.name)) > site.number(most.name):
        yield rule.found(site, capacity=capacity.text, most=most.text, advised=f"{2 * asked:.0f}")


def io_capacity_below_disk(site: Site, rule: Rule) -> Findings:
    """Yield where a solid-state disk is given less than the documented capacity."""
    capacity, least = site[rule.needs[0]], limit("mysql.io_capacity_solid")
    solid = site.text(DISK).lower() in limit("disk.solid")
    if solid and not is_myisam(site) and site.number(capacity.name) < least:
        yield rule.found(site, capacity=capacity.text, recommended=least)
