"""What the database writes: redo log, binary log, flushes at commit, and the disk under them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.finding import Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, related, version
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
        message = wording(
            "{files} redo log files of {size} are {total} GiB; this version takes less than {below} GiB",
            files=f"{files:.0f}",
            size=site[SIZE].text,
            total=f"{total / 2**30:,.3g}",
            below=f"{below / 2**30:,.0f}",
        )
        advice = wording("Set innodb_log_file_size = {below}M or less.", below=int(below / files / 2**20) - 1)
        yield rule.at(site[SIZE], message, advice)


def redo_log_resized_by_hand(site: Site, rule: Rule) -> Findings:
    """Yield where a size other than the default is declared for a version that does not resize by itself."""
    release = version(site)
    default = limit("mysql.redo_file_default")
    if not release.reaches(limit("mysql.redo_resizes_from")) and site.number(SIZE) != default:
        message = wording(
            "innodb_log_file_size = {size} differs from the files of a default installation; this "
            "version will not start over them",
            size=site[SIZE].text,
        )
        yield rule.at(
            site[SIZE], message, wording("Stop MySQL cleanly, move ib_logfile* away, then start with the new size.")
        )


def redo_log_setting_ignored(site: Site, rule: Rule) -> Findings:
    """Yield where both are declared."""
    _, capacity = rule.needs
    message = wording("innodb_log_file_size is ignored: innodb_redo_log_capacity decides")
    yield rule.at(
        site[SIZE],
        message,
        wording("Remove innodb_log_file_size."),
        related=related(site[capacity], wording("this is in force")),
    )


def redo_log_small(site: Site, rule: Rule) -> Findings:
    """Yield where the size is below the documented one, unless the CDR tables are MyISAM."""
    size = site[rule.needs[0]]
    if not is_myisam(site) and site.number(size.name) < limit("mysql.redo_file"):
        message = wording(
            "innodb_log_file_size = {size} is below the {recommended} MiB recommended for high traffic",
            size=size.text,
            recommended=limit("mysql.redo_file") // 2**20,
        )
        yield rule.at(
            size,
            message,
            wording("Set innodb_log_file_size = {recommended}M.", recommended=limit("mysql.redo_file") // 2**20),
        )


FLUSH = "mysql.innodb_flush_log_at_trx_commit"
BINLOG = "mysql.sync_binlog"


def binary_log_flush_unpaired(site: Site, rule: Rule) -> Findings:
    """Yield where one of the two is flushed at each commit and the other is not."""
    if (site.number(FLUSH) == 1) != (site.number(BINLOG) == 1):
        message = wording(
            "sync_binlog = {binlog} beside innodb_flush_log_at_trx_commit = {flush}: one is flushed "
            "at each commit, the other is not",
            binlog=site[BINLOG].text,
            flush=site[FLUSH].text,
        )
        yield rule.at(
            site[BINLOG],
            message,
            wording("Flush both at each commit, or neither."),
            related=related(site[FLUSH], wording("the redo log")),
        )


BOUNDS = ("mysql.expire_logs_days", "mysql.binlog_expire_logs_seconds")
EXPIRES_BY_DEFAULT = "8.0"


def binary_log_never_expires(site: Site, rule: Rule) -> Findings:
    """Yield where nothing bounds the age of binary logs."""
    log = site[rule.needs[0]]
    declared = site.get(VERSION)
    server = version(site) if declared else None
    bounds = [name for name in BOUNDS if site.get(name)]
    if put_off(log):
        return
    by_default = server is not None and not server.mariadb and server.reaches(EXPIRES_BY_DEFAULT)
    if any(site.number(name) > 0 for name in bounds) or (by_default and not bounds):
        return
    severity = rule.severity if server else Severity.INFO
    message = wording("the binary log is written and never expires: every call record is stored a second time")
    advice = wording("Set expire_logs_days, or binlog_expire_logs_seconds from MySQL 8.0 on.")
    yield rule.at(log.key_span or log, message, advice, severity=severity)


def binary_log_days_ignored(site: Site, rule: Rule) -> Findings:
    """Yield where MySQL 8.0 heeds the seconds alone; to MariaDB both are one setting, of which the last counts."""
    days, seconds = (site[name] for name in BOUNDS)
    server = version(site)
    if (
        server.mariadb
        or not server.reaches(EXPIRES_BY_DEFAULT)
        or not (site.number(BOUNDS[0]) and site.number(BOUNDS[1]))
    ):
        return
    message = wording("expire_logs_days is ignored: binlog_expire_logs_seconds decides")
    beside = related(seconds, wording("this is in force"))
    yield rule.at(days, message, wording("Remove expire_logs_days."), related=beside)


SERVER_ID = "mysql.server_id"
FIRST, LAST = "5.7.3", "8.0"


def binary_log_without_server_id(site: Site, rule: Rule) -> Findings:
    """Yield where a server of MySQL 5.7 would not start for want of an id."""
    server, log = version(site), site[rule.needs[0]]
    if server.mariadb or not server.reaches(FIRST) or server.reaches(LAST) or site.get(SERVER_ID) or put_off(log):
        return
    message = wording("log_bin without server_id: MySQL 5.7 refuses to start")
    yield rule.at(log.key_span or log, message, wording("Add server_id = 1, or the number of this server."))


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
        message = wording("gtid_mode = ON without {names}: MySQL refuses to start", names=names)
        yield rule.at(mode.key_span or mode, message, wording("Add {names}.", names=names), pointer=mode.pointer)


def galera_node_incomplete(site: Site, rule: Rule) -> Findings:
    """Yield where MariaDB would not start as a node of a cluster."""
    node, server = site.get("mysql.wsrep_on"), version(site) if site.get(VERSION) else None
    if node is None or _said(site, "wsrep_on") in OFF or _said(site, "wsrep_provider", "none") == "none":
        return
    wrong = list(_unstartable(site)) if server is None or server.mariadb else []
    if wrong:
        message = wording("a node of Galera with {wrong}: the server refuses to start", wrong=additions(wrong))
        severity = rule.severity if server else Severity.WARNING
        place = node.span if node.text else node.key_span
        yield rule.at(place or node, message, wording("Add what is missing, or set wsrep_on = OFF."), severity=severity)


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
        message = wording("each commit is flushed to disk; the guides recommend 2 for high traffic")
        yield rule.at(
            site[rule.needs[0]], message, wording("Set innodb_flush_log_at_trx_commit = 2 where inserts fall behind.")
        )


def commits_lost_on_crash(site: Site, rule: Rule) -> Findings:
    """Yield where a commit stays in the server's own memory."""
    if site.number(rule.needs[0]) == 0 and not is_myisam(site):
        message = wording("a crash of MySQL alone loses about a second of committed call records")
        yield rule.at(site[rule.needs[0]], message, wording("Write 2, or 1 where nothing may be lost."))


DISK = "server.storage.type"


def commits_outrun_disk(site: Site, rule: Rule) -> Findings:
    """Yield where every commit is flushed to a rotating disk that is too slow for the rows of a server."""
    if site.number(FLUSH) != 1 or site.text(DISK).lower() != "hdd" or is_myisam(site):
        return
    rows = site.figure("database.inserts_per_second").value * site.figure("server.share").value
    if rows > limit("disk.hdd_flushes"):
        message = wording(
            "{rows} records per second are each flushed to a disk that flushes {hdd_flushes} times per second",
            rows=f"{rows:,.0f}",
            hdd_flushes=limit("disk.hdd_flushes"),
        )
        basis = site.weakest(rule.basis, *rule.figures)
        yield rule.at(
            site[FLUSH],
            message,
            wording("Set innodb_flush_log_at_trx_commit = 2, or plan an SSD."),
            related=related(site[DISK], wording("the disk")),
            basis=basis,
        )


IO_CAPACITY = "mysql.innodb_io_capacity"


def io_capacity_above_disk(site: Site, rule: Rule) -> Findings:
    """Yield where the capacity is above what the type of disk is good for."""
    most = limit("disk.io_capacity").get(site.text(DISK).lower())
    if most is not None and site.number(IO_CAPACITY) > most:
        message = wording(
            "innodb_io_capacity = {capacity} is more than the {most} a disk of type {disk} is good for",
            capacity=site[IO_CAPACITY].text,
            most=f"{most:,}",
            disk=site.text(DISK),
        )
        yield rule.at(
            site[IO_CAPACITY],
            message,
            wording("Set innodb_io_capacity = {most} or less.", most=most),
            related=related(site[DISK], wording("the disk")),
        )


def io_capacity_above_its_maximum(site: Site, rule: Rule) -> Findings:
    """Yield where the capacity exceeds the maximum."""
    _, most = rule.needs
    if site.number(IO_CAPACITY) > site.number(most):
        message = wording(
            "innodb_io_capacity = {capacity} is above innodb_io_capacity_max = {most}",
            capacity=site[IO_CAPACITY].text,
            most=site[most].text,
        )
        advice = wording("Set innodb_io_capacity_max = {most}.", most=f"{2 * site.number(IO_CAPACITY):.0f}")
        yield rule.at(site[IO_CAPACITY], message, advice, related=related(site[most], wording("the maximum")))


def io_capacity_below_disk(site: Site, rule: Rule) -> Findings:
    """Yield where a solid-state disk is given less than the documented capacity."""
    solid = site.text(DISK).lower() in limit("disk.solid")
    if solid and not is_myisam(site) and site.number(IO_CAPACITY) < limit("mysql.io_capacity_solid"):
        message = wording(
            "innodb_io_capacity = {capacity} is below the {recommended} recommended for an SSD",
            capacity=site[IO_CAPACITY].text,
            recommended=limit("mysql.io_capacity_solid"),
        )
        yield rule.at(
            site[IO_CAPACITY],
            message,
            wording("Set innodb_io_capacity = {recommended}.", recommended=limit("mysql.io_capacity_solid")),
        )
