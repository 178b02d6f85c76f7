"""What the database writes: redo log, binary log, flushes at commit, and the disk under them."""

from __future__ import annotations

from planner.finding import Severity
from planner.rules.registry import declaration
from planner.rules.rule import Findings
from planner.rules.shared import VERSION, is_myisam, limit, related, setting, version
from planner.rules.site import Site
from planner.wording import wording

REDO_LOG_ABOVE_VERSION_LIMIT = declaration("redo-log-above-version-limit")
SIZE, _ = REDO_LOG_ABOVE_VERSION_LIMIT.needs


def redo_log_above_version_limit(site: Site) -> Findings:
    """Yield where the group's size reaches the version's limit."""
    totals = limit("mysql.redo_total")
    below = next(
        most for since, most in reversed(totals.items()) if version(site).reaches(since) or since == next(iter(totals))
    )
    files = setting(site, "innodb_log_files_in_group")
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
        yield REDO_LOG_ABOVE_VERSION_LIMIT.at(site[SIZE], message, advice)


REDO_LOG_RESIZED_BY_HAND = declaration("redo-log-resized-by-hand")


def redo_log_resized_by_hand(site: Site) -> Findings:
    """Yield where a size other than the default is declared for a version that does not resize by itself."""
    release = version(site)
    default = limit("mysql.redo_file_default")
    if not release.reaches(limit("mysql.redo_resizes_from")) and site.number(SIZE) != default:
        message = wording(
            "innodb_log_file_size = {size} differs from the files of a default installation; this "
            "version will not start over them",
            size=site[SIZE].text,
        )
        yield REDO_LOG_RESIZED_BY_HAND.at(
            site[SIZE], message, wording("Stop MySQL cleanly, move ib_logfile* away, then start with the new size.")
        )


REDO_LOG_SETTING_IGNORED = declaration("redo-log-setting-ignored")
_, CAPACITY = REDO_LOG_SETTING_IGNORED.needs


def redo_log_setting_ignored(site: Site) -> Findings:
    """Yield where both are declared."""
    message = wording("innodb_log_file_size is ignored: innodb_redo_log_capacity decides")
    yield REDO_LOG_SETTING_IGNORED.at(
        site[SIZE],
        message,
        wording("Remove innodb_log_file_size."),
        related=related(site[CAPACITY], wording("this is in force")),
    )


REDO_LOG_SMALL = declaration("redo-log-small")


def redo_log_small(site: Site) -> Findings:
    """Yield where the size is below the documented one, unless the CDR tables are MyISAM."""
    size = site[REDO_LOG_SMALL.needs[0]]
    if not is_myisam(site) and site.number(size.name) < limit("mysql.redo_file"):
        message = wording(
            "innodb_log_file_size = {size} is below the {recommended} MiB recommended for high traffic",
            size=size.text,
            recommended=limit("mysql.redo_file") // 2**20,
        )
        yield REDO_LOG_SMALL.at(
            size,
            message,
            wording("Set innodb_log_file_size = {recommended}M.", recommended=limit("mysql.redo_file") // 2**20),
        )


BINARY_LOG_FLUSH_UNPAIRED = declaration("binary-log-flush-unpaired")
FLUSH, BINLOG = BINARY_LOG_FLUSH_UNPAIRED.needs


def binary_log_flush_unpaired(site: Site) -> Findings:
    """Yield where one of the two is flushed at each commit and the other is not."""
    if (site.number(FLUSH) == 1) != (site.number(BINLOG) == 1):
        message = wording(
            "sync_binlog = {binlog} beside innodb_flush_log_at_trx_commit = {flush}: one is flushed "
            "at each commit, the other is not",
            binlog=site[BINLOG].text,
            flush=site[FLUSH].text,
        )
        yield BINARY_LOG_FLUSH_UNPAIRED.at(
            site[BINLOG],
            message,
            wording("Flush both at each commit, or neither."),
            related=related(site[FLUSH], wording("the redo log")),
        )


BINARY_LOG_NEVER_EXPIRES = declaration("binary-log-never-expires")
BOUNDS = ("mysql.expire_logs_days", "mysql.binlog_expire_logs_seconds")
EXPIRES_BY_DEFAULT = "8.0"


def binary_log_never_expires(site: Site) -> Findings:
    """Yield where nothing bounds the age of binary logs."""
    log = site[BINARY_LOG_NEVER_EXPIRES.needs[0]]
    declared = site.get(VERSION)
    server = version(site) if declared else None
    bounds = [name for name in BOUNDS if site.get(name)]
    by_default = server is not None and not server.mariadb and server.reaches(EXPIRES_BY_DEFAULT)
    if any(site.number(name) > 0 for name in bounds) or (by_default and not bounds):
        return
    severity = BINARY_LOG_NEVER_EXPIRES.severity if server else Severity.INFO
    message = wording("the binary log is written and never expires: every call record is stored a second time")
    advice = wording("Set expire_logs_days, or binlog_expire_logs_seconds from MySQL 8.0 on.")
    yield BINARY_LOG_NEVER_EXPIRES.at(log.key_span or log, message, advice, severity=severity)


BINARY_LOG_WITHOUT_SERVER_ID = declaration("binary-log-without-server-id")
SERVER_ID = "mysql.server_id"
FIRST, LAST = "5.7.3", "8.0"


def binary_log_without_server_id(site: Site) -> Findings:
    """Yield where a server of MySQL 5.7 would not start for want of an id."""
    server, log = version(site), site[BINARY_LOG_WITHOUT_SERVER_ID.needs[0]]
    if server.mariadb or not server.reaches(FIRST) or server.reaches(LAST) or site.get(SERVER_ID):
        return
    message = wording("log_bin without server_id: MySQL 5.7 refuses to start")
    yield BINARY_LOG_WITHOUT_SERVER_ID.at(
        log.key_span or log, message, wording("Add server_id = 1, or the number of this server.")
    )


COMMIT_FLUSH_NOT_RECOMMENDED = declaration("commit-flush-not-recommended")


def commit_flush_not_recommended(site: Site) -> Findings:
    """Yield where every commit is flushed, unless the CDR tables are MyISAM."""
    if site.number(COMMIT_FLUSH_NOT_RECOMMENDED.needs[0]) == 1 and not is_myisam(site):
        message = wording("each commit is flushed to disk; the guides recommend 2 for high traffic")
        yield COMMIT_FLUSH_NOT_RECOMMENDED.at(
            site[COMMIT_FLUSH_NOT_RECOMMENDED.needs[0]],
            message,
            wording("Set innodb_flush_log_at_trx_commit = 2 where inserts fall behind."),
        )


COMMITS_LOST_ON_CRASH = declaration("commits-lost-on-crash")


def commits_lost_on_crash(site: Site) -> Findings:
    """Yield where a commit stays in the server's own memory."""
    if site.number(COMMITS_LOST_ON_CRASH.needs[0]) == 0 and not is_myisam(site):
        message = wording("a crash of MySQL alone loses about a second of committed call records")
        yield COMMITS_LOST_ON_CRASH.at(
            site[COMMITS_LOST_ON_CRASH.needs[0]], message, wording("Write 2, or 1 where nothing may be lost.")
        )


COMMITS_OUTRUN_DISK = declaration("commits-outrun-disk")
_, DISK, _ = COMMITS_OUTRUN_DISK.needs


def commits_outrun_disk(site: Site) -> Findings:
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
        basis = site.weakest(COMMITS_OUTRUN_DISK.basis, *COMMITS_OUTRUN_DISK.figures)
        yield COMMITS_OUTRUN_DISK.at(
            site[FLUSH],
            message,
            wording("Set innodb_flush_log_at_trx_commit = 2, or plan an SSD."),
            related=related(site[DISK], wording("the disk")),
            basis=basis,
        )


IO_CAPACITY_ABOVE_DISK = declaration("io-capacity-above-disk")
IO_CAPACITY, _ = IO_CAPACITY_ABOVE_DISK.needs


def io_capacity_above_disk(site: Site) -> Findings:
    """Yield where the capacity is above what the type of disk is good for."""
    most = limit("disk.io_capacity").get(site.text(DISK).lower())
    if most is not None and site.number(IO_CAPACITY) > most:
        message = wording(
            "innodb_io_capacity = {capacity} is more than the {most} a disk of type {disk} is good for",
            capacity=site[IO_CAPACITY].text,
            most=f"{most:,}",
            disk=site.text(DISK),
        )
        yield IO_CAPACITY_ABOVE_DISK.at(
            site[IO_CAPACITY],
            message,
            wording("Set innodb_io_capacity = {most} or less.", most=most),
            related=related(site[DISK], wording("the disk")),
        )


IO_CAPACITY_ABOVE_ITS_MAXIMUM = declaration("io-capacity-above-its-maximum")
_, MOST = IO_CAPACITY_ABOVE_ITS_MAXIMUM.needs


def io_capacity_above_its_maximum(site: Site) -> Findings:
    """Yield where the capacity exceeds the maximum."""
    if site.number(IO_CAPACITY) > site.number(MOST):
        message = wording(
            "innodb_io_capacity = {capacity} is above innodb_io_capacity_max = {most}",
            capacity=site[IO_CAPACITY].text,
            most=site[MOST].text,
        )
        advice = wording("Set innodb_io_capacity_max = {most}.", most=f"{2 * site.number(IO_CAPACITY):.0f}")
        yield IO_CAPACITY_ABOVE_ITS_MAXIMUM.at(
            site[IO_CAPACITY], message, advice, related=related(site[MOST], wording("the maximum"))
        )


IO_CAPACITY_BELOW_DISK = declaration("io-capacity-below-disk")


def io_capacity_below_disk(site: Site) -> Findings:
    """Yield where a solid-state disk is given less than the documented capacity."""
    solid = site.text(DISK).lower() in limit("disk.solid")
    if solid and not is_myisam(site) and site.number(IO_CAPACITY) < limit("mysql.io_capacity_solid"):
        message = wording(
            "innodb_io_capacity = {capacity} is below the {recommended} recommended for an SSD",
            capacity=site[IO_CAPACITY].text,
            recommended=limit("mysql.io_capacity_solid"),
        )
        yield IO_CAPACITY_BELOW_DISK.at(
            site[IO_CAPACITY],
            message,
            wording("Set innodb_io_capacity = {recommended}.", recommended=limit("mysql.io_capacity_solid")),
        )
