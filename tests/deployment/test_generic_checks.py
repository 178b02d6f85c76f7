from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.deployment import native as faults
from planner.deployment.load import from_documents
from planner.document.reader import parse
from planner.finding import Severity


def findings_of(text, kind="yaml", path="deployment.yaml"):
    return from_documents([parse(text, path, kind)]).findings


def test_an_interval_below_the_range_is_one_error_at_the_value():
    text = "softswitch:\n  SS_CDR_RECORD_TO_FILE: On\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"
    (finding,) = findings_of(text)
    assert (finding.rule, finding.severity) == ("out-of-range", Severity.ERROR)
    assert (finding.span.line, finding.span.column, finding.span.end_column) == (3, 35, 37)
    assert "60-86400 s" in finding.message
    assert "60-86400 s" in finding.help
    assert finding.source.startswith("VOS3000 CDR file rotation guide: ")
    assert finding.pointer == "/softswitch/SERVER_CDR_FILE_WRITE_INTERVAL"


# (text of a deployment, rule, severity, line, column, a part of message or help)
FIRING = [
    ("traffic:\n  cps: 100\n  asr: 140%", "out-of-range", "error", 3, 8, "0-1"),
    ("traffic:\n  asr: 40", "out-of-range", "error", 2, 8, "40% if a percentage"),
    ("traffic:\n  acd: -5", "out-of-range", "error", 2, 8, "1-86400 s"),
    ("traffic:\n  cps: 10\n  peak_factor: 2", "peak-factor-without-minutes", "warning", 3, 16, "daily_minutes"),
    ("traffic:\n  cps: .nan", "wrong-type", "error", 2, 8, "finite"),
    ("traffic:\n  cps: nan", "wrong-type", "error", 2, 8, "finite"),
    ("traffic:\n  cps: many", "wrong-type", "error", 2, 8, "not a number"),
    ("traffic:\n  cps: \uff11\uff10", "wrong-type", "error", 2, 8, "0-9"),
    ("traffic:\n  cps: 010", "leading-zero-number", "error", 2, 8, "10, without the zero"),
    ("traffic:\n  cps: [1, 2]", "wrong-type", "error", 2, 8, "list"),
    ("traffic:\n  cps:", "wrong-type", "error", 2, 7, "no value"),
    ("traffic:\n  cps: On", "wrong-type", "error", 2, 8, "not a number"),
    ("traffic:\n  cps: true", "wrong-type", "error", 2, 8, "switch"),
    ("traffic:\n  codecs: {g729: 0, g711: 0}", "wrong-type", "error", 2, 11, "add up to 0"),
    ("traffic:\n  codecs: g792", "not-an-allowed-value", "error", 2, 11, "g729"),
    ("traffic:\n  ptime: 500", "out-of-range", "error", 2, 10, "1-200 ms"),
    ("traffic:\n  acd: 12:30", "wrong-type", "error", 2, 8, "duration"),
    ("traffic:\n  acd: 5 parsecs", "unit-impossible", "error", 2, 8, "parsecs"),
    ("traffic:\n  busy_hour_profile: [1, 2]", "wrong-type", "error", 2, 22, "24 values"),
    ("traffic:\n  framing: frames", "not-an-allowed-value", "error", 2, 12, "ethernet"),
    ("", "empty-deployment", "warning", 1, 1, "declares nothing"),
    ("traffic:\n", "empty-deployment", "warning", 1, 1, "plan init"),
    ("mysql:\n  vendor_knob: 1", "unknown-parameter", "info", 2, 3, "refuses to start"),
    ("traffic:\n  cps: 0\n  concurrent_calls: 9", "contradictory-traffic", "error", 3, 21, "9 concurrent"),
    ("server:\n  ram: 32", "unit-missing", "error", 2, 8, "32GB"),
    ("server:\n  nic: 1", "unit-missing", "error", 2, 8, "1Gbps"),
    ("server:\n  nic: 1000", "unit-missing", "error", 2, 8, "1000Mbps"),
    ("server:\n  ram: 32Gb", "unit-impossible", "error", 2, 8, "bits"),
    ("server:\n  cpu_cores: 0", "out-of-range", "error", 2, 14, "1-4096 cores"),
    ("server:\n  cpu_cores: 1.5", "wrong-type", "error", 2, 14, "whole"),
    ("server:\n  media: With", "not-an-allowed-value", "error", 2, 10, "Write with."),
    ("server:\n  storage: ssd", "wrong-type", "error", 2, 12, "size and type"),
    ("server:\n  storage:\n    typ: ssd", "unknown-parameter", "error", 3, 5, "storage.type"),
    ("server:\n  rtp_ports: 70000", "out-of-range", "error", 2, 14, "0-65535"),
    ("server: 8 cores", "wrong-type", "error", 1, 9, "mapping"),
    ("softswitch:\n  SS_H323_FAST_START: On", "unknown-parameter", "warning", 2, 3, "client"),
    ("sysctl:\n  net.ipv4.ip_local_reserved_ports: 5060 5061", "wrong-type", "error", 2, 37, "5060,10000-20000"),
    ("sysctl:\n  net.netfilter.nf_conntrack_max: 99999999999", "out-of-range", "error", 2, 35, "2147483647"),
    ("softswitch:\n  maxcps: 5", "unknown-parameter", "error", 2, 3, "SS_MAXCPS"),
    ("serverr:\n  ram: 32GB", "unknown-parameter", "error", 1, 1, "server"),
    ("- 1", "wrong-type", "error", 1, 1, "mapping of sections"),
    ("softswitch:\n  SS_MAXCPSS: 100", "unknown-parameter", "error", 2, 3, "Did you mean SS_MAXCPS?"),
    ("softswitch:\n  SS_MAXCALLDURATION: 60", "alias-spelling", "info", 2, 3, "SS_MAX_CALL_DURATION"),
    ("softswitch:\n  SS_REPLY_UNAUTHORIZED: yes", "odd-switch-spelling", "info", 2, 26, "Write On."),
    ("softswitch:\n  SS_REPLY_UNAUTHORIZED: 2", "wrong-type", "error", 2, 26, "On or Off"),
    ("softswitch:\n  SS_MAXCPS: 1.5", "wrong-type", "error", 2, 14, "whole"),
    ("softswitch:\n  SERVER_CDR_FILE_WRITE_MAX: 9", "out-of-range", "error", 2, 30, "10-4096 files"),
    ("softswitch:\n  SERVER_CDR_FILE_WRITE_MAX: 4097", "out-of-range", "error", 2, 30, "10-4096 files"),
    ("softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 2d", "out-of-range", "error", 2, 35, "172800 s"),
    ("softswitch:\n  SERVER_BILLING_HOLD_TIME_PRECISION: 1s", "out-of-range", "error", 2, 39, "0-999 ms"),
    ("softswitch:\n  SERVER_BILLING_FEE_PRECISTION: 5", "out-of-range", "warning", 2, 34, "0-4"),
    ("softswitch:\n  SS_SIP_USER_AGENT_EXPIRE: 5", "out-of-range", "error", 2, 29, "20-7200 s"),
    ("softswitch:\n  SS_SIP_USER_AGENT_PRIVACY: id", "not-an-allowed-value", "error", 2, 30, "Write Id."),
    (
        "softswitch:\n  SERVER_CDR_REAL_TIME_REPORT_SERVER: 192.0.2.1",
        "wrong-type", "error", 2, 39, "192.0.2.10:9000",
    ),
    (
        "server: {vos_version: 2.1.8.05}\nsoftswitch:\n  SS_SIP_PORT: 5060",
        "renamed-parameter", "warning", 3, 3, "SIP_PORT since 2.1.6.0",
    ),
    ("sysctl:\n  net.core.rmem_max: 16M", "unit-impossible", "error", 2, 22, "without a unit"),
    ("sysctl:\n  net.core.rmem_max: 16 MB", "wrong-type", "error", 2, 22, "drops"),
    ("sysctl:\n  net.core.rmem_max: 0", "out-of-range", "error", 2, 22, "1-2147483647 B"),
    ("sysctl:\n  net.core.somaxconn: 65536", "out-of-range", "warning", 2, 23, "0-65535"),
    ("server: {kernel: 3.10.0}\nsysctl:\n  net.core.somaxconn: 65536", "out-of-range", "error", 3, 23, "-65535"),
    ("server: {kernel: 3.10.0-1160.el7}\nsysctl:\n  vm.swappiness: 150", "out-of-range", "error", 3, 18, "0-100"),
    ("server: {kernel: 3.10}\nsysctl:\n  vm.overcommit_memory: 3", "out-of-range", "error", 3, 25, "3, outside 0-2"),
    ("sysctl:\n  vm.overcommit_memory: 3", "out-of-range", "warning", 2, 25, "0-2"),
    ("server: {kernel: 5.14}\nsysctl:\n  net.ipv4.tcp_tw_reuse: 3", "out-of-range", "error", 3, 26, "0-2"),
    ("server: {kernel: 4.18}\nsysctl:\n  kernel.unprivileged_bpf_disabled: 2", "out-of-range", "warning", 3, 37, "1"),
    ("sysctl:\n  kernel.pid_max: 4194305", "out-of-range", "error", 2, 19, "301-4194304"),
    ("sysctl:\n  net.core.somaxconn: 010", "leading-zero-number", "warning", 2, 23, "octal"),
    ("sysctl:\n  net.ipv4.udp_mem: 1 2", "wrong-type", "error", 2, 21, "2 numbers, not 3"),
    ("sysctl:\n  net.ipv4.tcp_rmem: [1, 0, 3]", "out-of-range", "error", 2, 26, "1-2147483647"),
    ("sysctl:\n  net.core.rmem_maxx: 1", "unknown-parameter", "warning", 2, 3, "net.core.rmem_max?"),
    ("sysctl:\n  net.nf_conntrack_max: 1", "alias-spelling", "info", 2, 3, "net.netfilter.nf_conntrack_max"),
    ("sysctl:\n  net.ipv4.conf.all.rp_filter: 3", "not-an-allowed-value", "error", 2, 32, "0, 1 or 2"),
    (
        "server: {kernel: 4.18.0-553.el8}\nsysctl:\n  net.ipv4.tcp_tw_recycle: 0",
        "removed-parameter", "warning", 3, 3, "4.12",
    ),
    ("mysql:\n  innodb_buffer_pool_size: 50%", "unit-impossible", "error", 2, 28, "refused by MySQL"),
    ("mysql:\n  innodb_buffer_pool_size: 1.5G", "unit-impossible", "error", 2, 28, "refused by MySQL"),
    ("mysql:\n  max_connections: lots", "wrong-type", "error", 2, 20, "no number"),
    ("server: {mysql_version: mariadb-10.11}\nmysql:\n  back_log: -5", "out-of-range", "error", 3, 13, "0-65535"),
    ("server: {mysql_version: '5.7'}\nmysql:\n  connect_timeout: 5s", "wrong-type", "error", 3, 20, "no number"),
    ("mysql:\n  max_connections: 0", "out-of-range", "warning", 2, 20, "1-100000"),
    ("mysql:\n  key_buffer_size: 512MB", "odd-size-suffix", "info", 2, 20, "ignores `B`"),
    ("mysql:\n  innodb_flush_log_at_trx_commit: 7", "out-of-range", "warning", 2, 35, "0-3"),
    ("mysql:\n  cdr_engine: aria", "not-an-allowed-value", "warning", 2, 15, "myisam"),
    ("mysql:\n  max-conections: 7", "unknown-parameter", "warning", 2, 3, "max_connections"),
    ("mysql:\n  file: nowhere.cnf", "missing-file", "error", 2, 9, "does not exist"),
    (
        "server: {mysql_version: 5.0.96}\nmysql:\n  innodb_io_capacity: 200",
        "not-yet-in-version", "error", 3, 3, "5.1.38",
    ),
    (
        "server: {mysql_version: '8.0.36'}\nmysql:\n  query_cache_size: 0",
        "removed-parameter", "error", 3, 3, "8.0.3",
    ),
    (
        "server: {mysql_version: '5.7'}\nmysql:\n  table_cache: 9",
        "removed-parameter", "error", 3, 3, "5.6",
    ),
    (
        "server: {mysql_version: '5.5'}\nmysql:\n  table_cache: 9",
        "renamed-parameter", "warning", 3, 3, "open",
    ),
    (
        "server: {mysql_version: '8.0.36'}\nmysql:\n  innodb_log_file_size: 1G",
        "deprecated-parameter", "info", 3, 3, "8.0.30",
    ),
    (
        "server: {mysql_version: mariadb-10.6}\nmysql:\n  innodb_redo_log_capacity: 1G",
        "not-yet-in-version", "error", 3, 3, "MariaDB",
    ),
    (
        "server: {mysql_version: mariadb-10.6}\nmysql:\n  max_connections: 5",
        "out-of-range", "warning", 3, 20, "10-100000",
    ),
    (
        "server: {mysql_version: 5.7.44}\nmysql:\n  innodb_log_file_size: 1M",
        "out-of-range", "warning", 3, 25, "4194304",
    ),
    (
        "server: {mysql_version: '5.5'}\nmysql:\n  key_buffer_size: 1T",
        "unit-impossible", "error", 3, 20, "K, M, G",
    ),
    (
        "server: {mysql_version: mariadb-10.11}\nmysql:\n  innodb_file_format: Barracuda",
        "ignored-option", "warning", 3, 3, "MariaDB 10.11 warns of mysql.innodb_file_format and ignores it",
    ),
    ("retention:\n  cdr_days: -1", "out-of-range", "error", 2, 13, "0-36500"),
    ("topology:\n  architecture: mesh", "not-an-allowed-value", "error", 2, 17, "prefix-partitioned"),
    ("policy:\n  fail_on: never", "not-an-allowed-value", "error", 2, 12, "error, warning or info"),
    ("policy:\n  severity: {link-overloaded: bad}", "not-an-allowed-value", "error", 2, 31, "error"),
    ("policy:\n  ignore: link-overloaded", "wrong-type", "error", 2, 11, "list"),
    (
        "policy:\n  ignore:\n    - {rule: a, reason: b, until: 2027-13-01}",
        "wrong-type", "error", 3, 35, "day",
    ),
    ("policy:\n  ignore:\n    - {rule: a, reason: b, till: x}", "unknown-parameter", "error", 3, 28, "until"),
    ("site:\n  brand: {colour: red}", "wrong-type", "error", 2, 19, "#0072b2"),
    ("assumptions:\n  cdr.line_bytes: x", "wrong-type", "error", 2, 19, "not a number"),
    ("assumptions:\n  cdr.line_bytes: 3:2:1", "out-of-range", "error", 2, 19, "order"),
    ("assumptions:\n  line: 3", "unknown-parameter", "error", 2, 9, "dotted"),
]  # fmt: skip


@pytest.mark.parametrize("case", FIRING, ids=lambda case: f"{case[1]}:{case[0][-30:]}")
def test_a_fault_is_found_at_its_place(case):
    text, rule, severity, line, column, said = case
    found = [each for each in findings_of(text) if each.rule == rule]
    assert len(found) == 1, findings_of(text)
    (finding,) = found
    assert finding.severity == severity
    assert (finding.span.line, finding.span.column) == (line, column)
    assert said in finding.message + " " + finding.help
    assert finding.help
    assert "\n" not in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "server: {kernel: 5.14.0-427.el9}\nsysctl:\n  net.core.somaxconn: 100000\n  vm.swappiness: 150",
        "server: {kernel: 3.10}\nsysctl:\n  net.ipv4.tcp_tw_reuse: 3\n  net.ipv4.tcp_retries2: 300",
        "server: {kernel: 2.6.32}\nsysctl:\n  vm.overcommit_memory: 3\n  net.ipv4.ip_default_ttl: 300",
        "server: {mysql_version: '5.6'}\nmysql:\n  innodb_open_files: 0\n  back_log: 0",
        "server: {mysql_version: mariadb-10.11}\nmysql:\n  table_open_cache: 1000000\n  sort_buffer_size: 1024",
        "server: {mysql_version: mariadb-10.11}\nmysql:\n  table_cache: 1000\n  tmp_table_size: 0",
    ],
)
def test_what_the_declared_version_takes_is_within_its_range(text):
    assert [each for each in findings_of(text) if each.severity != "info"] == []


def test_every_rule_of_the_table_fires_somewhere():
    elsewhere = {"shadowed-setting"}  # tests/deployment/test_settings_of_files.py
    rooms = Path(faults.__file__).parent.glob("*.py")
    named = {name for path in rooms for name in re.findall(r'fault\(\s*"([a-z-]+)"', path.read_text())}
    assert named <= {case[1] for case in FIRING} | elsewhere


SILENT = [
    "traffic: {cps: 100, asr: 40%, acd: 1m, setup_time: 6, codecs: 'g729=70,g711=30', ptime: 20ms}",
    "traffic: {cps: '100', asr: 0.4, codecs: [G.729A, PCMU], framing: wire, srtp: On, vlan: off, ipv6: true}",
    "traffic: {busy_hour_profile: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}",
    "server: {ram: 32GB, nic: 1Gbps, storage: {type: ssd, size: 1TB}, rtp_ports: 10000-49999, kernel: 3.10}",
    "server: {vos_version: 2.1.4.0}\nsoftswitch: {SERVER_CDR_FILE_WRITE_INTERVAL: None}",
    "softswitch: {SERVER_CDR_FILE_WRITE_INTERVAL: 60, SERVER_CDR_FILE_WRITE_MAX: 4096}",
    "softswitch: {SERVER_CDR_FILE_WRITE_INTERVAL: 1h, SS_MEDIAPROXYMODE: On, SS_SIP_USER_AGENT_EXPIRE: Auto}",
    "softswitch: {SS_CALL_FORWARD_DISPLAY: caller, SS_QOS_RTP: 0xa0, SIP_PORT: '5060,6060'}",
    "softswitch: {SERVER_CDR_REAL_TIME_REPORT_SERVER: '192.0.2.10:9000', SS_GATEWAY_SWITCH_LIMIT: None}",
    "sysctl: {net.ipv4.udp_mem: 1 2 3, net.ipv4.tcp_rmem: [4096, 87380, 6291456], net.core.rmem_max: 0x1000}",
    "sysctl: {net/core/rmem_max: 4096, net.ipv4.conf.eth0/100.rp_filter: 2, net.ipv6.conf.all.rp_filter: 0}",
    "sysctl: {net.ipv4.ip_local_reserved_ports: '5060,10000-49999', kernel.core_pattern: /tmp/core}",
    "mysql: {innodb-buffer-pool-size: 4G, skip-name-resolve: , max_connections: 1000, cdr_engine: MyISAM}",
    "server: {mysql_version: mariadb-10.6}\nmysql: {query_cache_size: 0, innodb_log_file_size: 96M}",
    "server: {mysql_version: 5.0.96}\nmysql: {loose-innodb_io_capacity: 200, max_connections: 160}",
    "policy: {fail_on: warning, ignore: [{rule: a-b, reason: c, until: 2027-01-31}], severity: {a-b: info}}",
    "assumptions: {cdr.line_bytes: 220, traffic.asr: '0.2:0.3:0.4', cpu.ceiling: {low: 0.6, typical: 0.7}}",
    "site: {name: A, brand: {name: A, colour: '#0072b2'}}\nretention: {cdr_days: 90d, database_days: 30}",
    "topology: {servers: 2, architecture: sip-load-balancer, dr: On, spare: 1}",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_right_stays_silent(text):
    assert findings_of(text) == ()


def test_an_alias_is_reported_once_however_often_a_file_is_built_of_parts():
    parts = [parse("softswitch: {SS_MAXCALLDURATION: 60}", path, "yaml") for path in ("a.yaml", "b.yaml")]
    found = from_documents(parts).findings
    assert [each.rule for each in found] == ["alias-spelling"]


def test_a_repeated_key_is_the_readers_finding_and_the_last_value_is_in_force():
    document = parse("traffic:\n  cps: 100\n  cps: 200\n", "a.yaml", "yaml")
    deployment = from_documents([document])
    assert [each.rule for each in deployment.findings] == ["duplicate-key"]
    assert deployment.value("traffic.cps") == 200


def test_a_value_that_is_refused_is_not_declared():
    deployment = from_documents([parse("traffic: {cps: -1, asr: 40%}", "a.yaml", "yaml")])
    assert set(deployment) == {"traffic.asr"}


def test_an_edit_puts_another_name_right():
    text = "sysctl:\n  net.nf_conntrack_max: 60\n"
    (finding,) = findings_of(text)
    assert finding.fix is not None
    assert finding.fix.replacement == "net.netfilter.nf_conntrack_max"
    assert finding.fix.span.column == 3
    assert finding.fix.span.end_column == 23


@pytest.mark.parametrize("name", ["SS_MAXCALLDURATION", "SS_NOMEDIAHANGUPTIME", "SERVER_BILLING_FEE_PRECISION"])
def test_a_name_that_sources_disagree_on_is_left_alone(name):
    (finding,) = findings_of(f"softswitch:\n  {name}: 2\n")
    assert (finding.rule, finding.fix) == ("alias-spelling", None)
    assert "sources disagree" in finding.help


def test_the_fingerprint_survives_a_move():
    moved = findings_of("# a comment\ntraffic:\n  asr: 40\n")
    assert [each.fingerprint for each in moved] == [each.fingerprint for each in findings_of("traffic:\n  asr: 50")]


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_numbers_of_ten_thousand_digits_are_refused_in_a_line(kind):
    found = findings_of('{"traffic": {"cps": ' + "9" * 10_000 + "}}", kind)
    assert found
    assert all(len(each.message) < 300 for each in found)


def test_a_peak_factor_beside_minutes_that_nobody_can_read_is_no_second_fault():
    text = "traffic:\n  daily_minutes: 1_000\n  peak_factor: 2"
    assert [each.rule for each in findings_of(text)] == ["wrong-type"]
