"""What to watch: one list of alerts, as rules for Prometheus, a dashboard for Grafana and a table for people."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from planner.catalogue.display import format_quantity
from planner.sizing.constants import limit
from planner.tune.settings import Ground, Setting, told

DISK = 'mountpoint=~"/|/home|/var",fstype!~"tmpfs|overlay"'
DAY = 86400


class Alert(NamedTuple):
    """One alert: `expression` is PromQL, `measure` the quantity a panel shows beside its limit `threshold`."""

    name: str
    severity: str
    expression: str
    lasting: str
    summary: str
    action: str
    command: str
    measure: str
    threshold: float
    limit: str


def alerts(ground: Ground, settings: tuple[Setting, ...]) -> list[Alert]:
    """Return the alerts of each server, with the limits its plan and its settings give."""
    chosen = {each.name: each.value for each in settings}
    made = [*_disk(), *_load(ground, chosen), *_kernel(ground, chosen), *_records(ground, chosen)]
    return [*made, *_pair()] if ground.deployment.value("topology.dr") else made


def _number(name: str) -> float:
    return float(told()["alerts"][name]["value"])


def _disk() -> Iterator[Alert]:
    share, days = float(limit("disk.alert_share")), int(_number("days_until_full"))
    used = f"1 - node_filesystem_avail_bytes{{{DISK}}} / node_filesystem_size_bytes{{{DISK}}}"
    yield Alert(
        "DiskNearlyFull", "warning", f"{used} > {share:g}", "15m", "A disk is filled to the alert line",
        "Archive CDR files, shorten the retention, or add a disk.", "df -h", used, share, f"{share:.0%}",
    )  # fmt: skip
    left = f"predict_linear(node_filesystem_avail_bytes{{{DISK}}}[1d], {days * DAY})"
    yield Alert(
        "DiskFullSoon", "warning", f"{left} < 0", "2h", f"A disk is full in {days} days at the rate of the last day",
        "Find what grows: CDR files, database, binary logs; order the disk now.", "df -h, a day apart", left, 0,
        f"{days} days",
    )  # fmt: skip


def _load(ground: Ground, chosen: dict[str, Any]) -> Iterator[Alert]:
    calls, share = ground.typical("server.concurrent_calls"), _number("plan_share")
    yield Alert(
        "CallsNearPlan", "warning", f"vos3000_concurrent_calls > {share * calls:.0f}", "10m",
        "Concurrent calls come near what this server was planned for",
        "Size again with the calls of today, and see what gives way first.", "client: Server Monitor",
        "vos3000_concurrent_calls", calls, f"{share:.0%} of {calls:,.0f} calls",
    )  # fmt: skip
    most = int(chosen["softswitch.SS_MAXCPS"])
    yield Alert(
        "AttemptsNearLimit", "warning", f"rate(vos3000_call_attempts_total[5m]) > {share * most:g}", "5m",
        "Attempts a second come near SS_MAXCPS, beyond which calls are refused",
        "Look for a flood; else add a server, or raise SS_MAXCPS where the CPU has room.", "client: Server Monitor",
        "rate(vos3000_call_attempts_total[5m])", most, f"{share:.0%} of {most:,} /s",
    )  # fmt: skip


def _kernel(ground: Ground, chosen: dict[str, Any]) -> Iterator[Alert]:
    if ground.tracks:
        share = 1 / ground.sizing.leaves["kernel.conntrack_headroom"].value
        used = "node_nf_conntrack_entries / node_nf_conntrack_entries_limit"
        most = chosen["sysctl.net.netfilter.nf_conntrack_max"]
        yield Alert(
            "ConnectionTrackingFilling", "critical", f"{used} > {share:.2f}", "5m",
            "The table of tracked connections has lost its headroom",
            "Raise nf_conntrack_max with the hash size, or exempt media from tracking.",
            "sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max", used, share,
            f"{share:.0%} of {most:,}",
        )  # fmt: skip
    lost = "rate(node_netstat_Udp_RcvbufErrors[5m])"
    yield Alert(
        "DatagramsLost", "critical", f"{lost} > 0", "5m", "Packets are dropped because a socket is not read in time",
        "See which socket in /proc/net/udp; for SIP raise rmem_default, for media look at the CPU.",
        "grep ^Udp: /proc/net/snmp", lost, 0, "0 /s",
    )  # fmt: skip
    files = int(chosen["sysctl.fs.file-max"])
    yield Alert(
        "DescriptorsFilling", "warning", "node_filefd_allocated / node_filefd_maximum > 0.8", "10m",
        "The table of open files is nearly full", "Look for a service that leaks sockets.", "cat /proc/sys/fs/file-nr",
        "node_filefd_allocated / node_filefd_maximum", 0.8, f"80% of {files:,}",
    )  # fmt: skip


def _records(ground: Ground, chosen: dict[str, Any]) -> Iterator[Alert]:
    late = int(_number("late_intervals") * int(chosen["softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"]))
    age = "time() - vos3000_cdr_newest_file_timestamp_seconds"
    yield Alert(
        "CdrFilesLate", "critical", f"{age} > {late}", "5m", "No CDR file was written for two intervals",
        "See whether the softswitch runs and the disk has room: calls may not be billed.", "ls -lt CDR_DIR | head",
        age, late, format_quantity(late, "s"),
    )  # fmt: skip
    asked = "systemctl status vos3000-archive" if ground.boot.units else "mail -u vos3000"
    gone = "time() - vos3000_archive_last_success_timestamp_seconds"
    yield Alert(
        "ArchiveFailing", "warning", f"{gone} > {DAY}", "15m", "No run of the archive ended well for a day",
        "Read what it said: is the share mounted, is there another file of the same name?", asked, gone, DAY, "1 d",
    )  # fmt: skip


def _pair() -> Iterator[Alert]:
    lag = int(_number("replication_lag"))
    behind = "mysql_slave_status_seconds_behind_master"
    yield Alert(
        "StandbyBehind", "warning", f"{behind} > {lag}", "10m", "The standby's database is behind the master's",
        "Look at its disk and at long queries: a failover now loses these records.", "SHOW SLAVE STATUS", behind, lag,
        format_quantity(lag, "s"),
    )  # fmt: skip
    stopped = "mysql_slave_status_slave_sql_running == 0 or mysql_slave_status_slave_io_running == 0"
    yield Alert(
        "StandbyStopped", "critical", stopped, "2m", "Replication to the standby has stopped",
        "Read Last_Error, mend it, and compare the databases before the next failover.", "SHOW SLAVE STATUS",
        "mysql_slave_status_slave_sql_running", 1, "running",
    )  # fmt: skip


def dashboard(site: str, listed: list[Alert]) -> str:
    """Return a Grafana dashboard: a panel for each alert, its measure beside its limit."""
    panels = [_panel(number, alert) for number, alert in enumerate(listed)]
    document = {
        "title": f"VOS3000: {site}" if site else "VOS3000",
        "uid": None,
        "tags": ["vos3000", "written by plan tune"],
        "schemaVersion": 39,
        "time": {"from": "now-24h", "to": "now"},
        "refresh": "1m",
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]},
        "panels": panels,
    }
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def _panel(number: int, alert: Alert) -> dict[str, Any]:
    source = {"type": "prometheus", "uid": "${datasource}"}
    steps = [{"color": "green", "value": None}, {"color": "red", "value": alert.threshold}]
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": alert.summary,
        "description": alert.action,
        "datasource": source,
        "gridPos": {"h": 8, "w": 12, "x": 12 * (number % 2), "y": 8 * (number // 2)},
        "targets": [{"refId": "A", "expr": alert.measure, "datasource": source, "legendFormat": "{{instance}}"}],
        "fieldConfig": {
            "defaults": {
                "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {"thresholdsStyle": {"mode": "line"}},
            },
            "overrides": [],
        },
    }
