"""Where a finding begins and where it turns from a warning into an error, on both sides of each threshold."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planner import Deployment, size
from planner.deployment.load import from_mapping
from planner.document.reader import parse
from planner.rules.discovery import Loaded, from_documents
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.shared import reserved, uncovered
from planner.rules.site import Site
from planner.rules.validation import examine, validate
from planner.sizing.memory import memory

CALLS = {"concurrent_calls": 4000}
"""4,000 relayed calls take 24,000 descriptors, 21,600 at least."""
HOURLY = {"SERVER_CDR_FILE_WRITE_INTERVAL": 3600, "SERVER_CDR_FILE_WRITE_MAX": 2048, "SS_CDR_RECORD_NONCONNECT": "On"}
"""At 100 attempts a second, 221.184 GB of files."""


def disk(given):
    return {
        "server": {"storage": {"type": "ssd", "size": given}, "ram": "64GB", "cpu_cores": 16},
        "traffic": {"cps": 100},
        "topology": {"servers": 1},
        "softswitch": HOURLY,
    }


def mysql(ram):
    return {
        "server": {"ram": ram, "mysql_version": "5.5"},
        "mysql": {"innodb_buffer_pool_size": "5600M", "max_connections": 1000},
    }


def kept(days, files=4096, interval=900):
    rotation = {"SERVER_CDR_FILE_WRITE_INTERVAL": interval, "SERVER_CDR_FILE_WRITE_MAX": files}
    return {"softswitch": rotation, "retention": {"cdr_days": days}}


def ports(ends):
    return {"server": {"kernel": "3.10"}, "sysctl": {"net.ipv4.ip_local_port_range": ends}}


def listening(**softswitch):
    return {"sysctl": {"net.ipv4.ip_local_port_range": "32768 60999"}, "softswitch": softswitch}


WIDE = {"sysctl": {"net.ipv4.ip_local_port_range": "1024 65535"}}


def media(*spared):
    kernel = {"net.ipv4.ip_local_port_range": "32768 60999", "net.ipv4.ip_local_reserved_ports": ",".join(spared)}
    return {"server": {"media": "with", "rtp_ports": "40000-49999"}, "sysctl": kernel}


def filtered(**modes):
    conf = {f"net.ipv4.conf.{name}.rp_filter": mode for name, mode in modes.items()}
    return {"sysctl": {**conf, "net.ipv4.conf.eth9.log_martians": 1}}


def chunks(size):
    pool = {"innodb_buffer_pool_size": size, "innodb_buffer_pool_chunk_size": "96M"}
    return {"server": {"mysql_version": "8.0"}, "mysql": pool}


STRICT = ("warning", "strict reverse-path filtering drops packets")
CASES = [
    ("buffer-pool-rounded-up", chunks("1G"), ("info", "1G is rounded up to 1,536 MiB, a multiple of 768 MiB")),
    ("buffer-pool-rounded-up", chunks("1023M"), ("info", "1023M is rounded up to 1,056 MiB, a multiple of 96 MiB")),
    ("port-range-over-listeners", listening(), None),
    ("port-range-over-listeners", listening(SIP_PORT=32767), None),
    ("port-range-over-listeners", listening(SIP_PORT=32768), ("warning", "restarts: 32768 (SIP)")),
    ("port-range-over-listeners", listening(SS_SIP_PORT=60999), ("warning", "restarts: 60999 (SIP)")),
    ("port-range-over-listeners", listening(SIP_PORT="5060,60999-61001"), ("warning", "reserved_ports = 60999,")),
    ("port-range-over-listeners", listening(SIP_PORT="40000-40009"), ("warning", "restarts: 40000-40009 (SIP)")),
    ("port-range-over-listeners", {**WIDE, "softswitch": {"SIP_PORT": 1023}}, ("warning", "3306 (MySQL), 8080")),
    ("port-range-over-listeners", {**WIDE, "mysql": {"port": 3307}}, ("warning", "3307 (MySQL), 5060 (SIP)")),
    ("port-range-over-media", media("40000-49999"), None),
    ("port-range-over-media", media("45000-49999", "40000-44999"), None),
    ("port-range-over-media", media("40000-44999", "45001-49999"), ("warning", "the ports 40000 to 49999")),
    ("port-range-over-media", media("40000-49998"), ("warning", "the ports 40000 to 49999")),
    ("reverse-path-filter-strict", filtered(eth0=0, lo=1), None),
    ("reverse-path-filter-strict", filtered(eth0=1), STRICT),
    ("reverse-path-filter-strict", filtered(eth0=0, all=1), STRICT),
    ("reverse-path-filter-strict", filtered(eth0=2, all=1), STRICT),
    ("reverse-path-filter-strict", filtered(eth0=1, all=2), None),
    ("port-range-of-one-parity", ports("32768 32768"), None),
    ("port-range-of-one-parity", ports("32768 32770"), ("info", "32768 and 32770 are both even")),
    ("cdr-files-fill-disk", disk("280GB"), None),
    ("cdr-files-fill-disk", disk("250GB"), ("warning", "221 GB, 88% of the disk of 250 GB")),
    ("cdr-files-fill-disk", disk("222GB"), ("warning", "100% of the disk of 222 GB")),
    ("cdr-files-fill-disk", disk("220GB"), ("error", "101% of the disk of 220 GB")),
    ("mysql-memory-above-ram", mysql("12GB"), None),
    ("mysql-memory-above-ram", mysql("10GB"), ("warning", "9.43 GB, 94% of the RAM")),
    ("mysql-memory-above-ram", mysql("9GB"), ("error", "9.43 GB, 105% of the RAM")),
    ("file-limit-below-need", {"traffic": CALLS, "sysctl": {"fs.file-max": 24000}}, None),
    (
        "file-limit-below-need",
        {"traffic": CALLS, "sysctl": {"fs.file-max": 23999}},
        ("warning", "23999 falls short of the 24,000 the load needs (21,600 to 28,800)"),
    ),
    (
        "file-limit-below-need",
        {"traffic": CALLS, "sysctl": {"fs.file-max": 21600}},
        ("warning", "21600 falls short of the 24,000"),
    ),
    (
        "file-limit-below-need",
        {"traffic": CALLS, "sysctl": {"fs.file-max": 21599}},
        ("error", "21599 falls short of the 24,000"),
    ),
    (
        "rtp-ports-below-calls",
        {"server": {"media": "with", "rtp_ports": "10000-19999"}, "traffic": CALLS, "topology": {"servers": 1}},
        ("error", "10,000 ports carry 2,500 relayed calls; 4,000 calls need 16,000"),
    ),
    ("retention-shorter-than-policy", kept(30, 2880), None),
    ("retention-shorter-than-policy", kept(30, 2879), ("error", "Set SERVER_CDR_FILE_WRITE_MAX: 2880.")),
    ("retention-shorter-than-policy", kept(32, 2048, 675), ("error", "Set SERVER_CDR_FILE_WRITE_MAX: 4096.")),
    (
        "retention-shorter-than-policy",
        kept(90),
        ("error", "8,640 files would be needed and 4,096 are the most: set the interval to 1899 s or more, or archive"),
    ),
]


@pytest.mark.parametrize(("rule", "mapping", "said"), CASES)
def test_a_finding_has_the_severity_and_the_numbers_of_its_side_of_the_threshold(rule, mapping, said):
    found = [each for each in validate(from_mapping(mapping)).findings if each.rule == rule]
    assert len(found) == (said is not None)
    for each in found:
        severity, words = said
        assert (each.severity, words in f"{each.message}. {each.help}") == (severity, True), each


def notes(days):
    # 900 s x 4,096 files, the most there are, hold 42 days and 16 hours.
    mapping = {"traffic": {"cps": 250}, "retention": {"cdr_days": days}}
    mapping["softswitch"] = {"SERVER_CDR_FILE_WRITE_INTERVAL": 900}
    return " ".join(str(each.text) for each in size(from_mapping(mapping)).notes)


def test_one_file_more_than_there_can_be_asks_for_an_archive():
    assert "archive" not in notes(42)
    assert "4,128 files are needed and 4,096 are possible: archive elsewhere, or use an interval of 908 s" in notes(43)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("", []), ("5060", [(5060, 5060)]), ("5060,8080-8090 x,9-y, 7", [(5060, 5060), (8080, 8090), (7, 7)])],
)
def test_reserved_ports_are_read_as_the_kernel_writes_them(text, ranges):
    assert reserved(text) == ranges


@pytest.mark.parametrize(
    ("covers", "left"),
    [
        ([], True),
        ([(10, 20)], False),
        ([(10, 19)], True),
        ([(11, 20)], True),
        ([(15, 20), (10, 14)], False),
        ([(10, 14), (16, 20)], True),
        ([(5, 30), (11, 12)], False),
    ],
)
def test_a_port_is_uncovered_where_no_range_holds_it(covers, left):
    assert uncovered((10, 20), covers) is left


def test_memory_is_the_sum_of_what_is_asked_for():
    asked = {"innodb_buffer_pool_size": 10**9, "key_buffer_size": 10**6, "innodb_log_buffer_size": 10**6}
    buffers = ("read_buffer_size", "read_rnd_buffer_size", "sort_buffer_size", "join_buffer_size")
    asked |= dict.fromkeys(buffers, 10**5) | {"max_connections": 1, "binlog_cache_size": 4096}
    asked |= {"thread_stack": 262144, "net_buffer_length": 10**4}
    bare = memory(from_mapping({"server": {"mysql_version": "5.5"}, "mysql": asked}))
    more = {**asked, "query_cache_size": 10**6}
    assert memory(from_mapping({"server": {"mysql_version": "5.5"}, "mysql": more})) == bare + 10**6
    assert bare == 1_100_000_000 + 2_000_000 + 686_240


def test_the_order_of_settings_counts_within_a_line_too():
    def said(text):
        found = examine(Loaded(from_documents([parse(text, "a.yaml")])), Policy()).findings
        return [each.span.column for each in found if each.rule == "forwarding-set-late"]

    assert said("sysctl: {net.ipv4.conf.all.forwarding: 0, net.ipv4.ip_forward: 1}\n") == [64]
    assert said("sysctl: {net.ipv4.ip_forward: 1, net.ipv4.conf.all.forwarding: 0}\n") == []
    values = {"sysctl.net.ipv4.conf.all.forwarding": 0, "sysctl.net.ipv4.ip_forward": 1}
    assert "forwarding-set-late" not in {each.rule for each in validate(Deployment().override(values)).findings}


class Exact(Site):
    """A site whose figures are what a test says, to the bit: values as a load never has them."""

    def __init__(self, figures, declared):
        super().__init__(Deployment().override(declared))
        self._figures = figures

    def figure(self, name):
        low, value = self._figures[name] if isinstance(self._figures[name], tuple) else (self._figures[name],) * 2
        return SimpleNamespace(low=low, value=value, high=value)

    def weakest(self, basis, *_):
        return basis

    @property
    def needs(self):
        needs = super().needs
        needs.more_servers = lambda count: self.figure("hardware.servers").low > count
        return needs


CORES, SERVERS = {"server.cpu_cores": 8}, {"topology.servers": 4, "traffic.cps": 5000}
PORTS = {"server.concurrent_calls": 1, "kernel.ports_per_call": 4}
MEDIA = {"server.rtp_ports": ((10000, 10099),)}
TRACKED = {"sysctl.net.netfilter.nf_conntrack_max": 300}
FILES = {"softswitch.SERVER_CDR_FILE_WRITE_INTERVAL": 900, "server.storage.size": 100.0}
LINK = {"server.nic": 100.0}
DISK = {"server.storage.type": "hdd"}
EDGES = [
    ("cpu-above-planning-ceiling", {"hardware.cpu_utilisation": 0.7}, CORES, None),
    ("cpu-above-planning-ceiling", {"hardware.cpu_utilisation": 0.7000001}, CORES, "warning"),
    ("cpu-above-planning-ceiling", {"hardware.cpu_utilisation": 1.0}, CORES, "warning"),
    ("cpu-above-planning-ceiling", {"hardware.cpu_utilisation": 1.0000001}, CORES, None),
    ("link-overloaded", {"server.wire_bits_per_second": 70.0, "network.nic_bits_per_second": 1e9}, LINK, None),
    ("link-overloaded", {"server.wire_bits_per_second": 95.0, "network.nic_bits_per_second": 1e9}, LINK, "warning"),
    ("link-overloaded", {"server.wire_bits_per_second": 95.1, "network.nic_bits_per_second": 1e9}, LINK, "error"),
    ("cdr-files-fill-disk", {"cdr.retained_bytes": 80.0, "server.share": 1.0}, FILES, None),
    ("cdr-files-fill-disk", {"cdr.retained_bytes": 160.0, "server.share": 0.5}, FILES, None),
    ("cdr-files-fill-disk", {"cdr.retained_bytes": 100.0, "server.share": 1.0}, FILES, "warning"),
    ("cdr-files-fill-disk", {"cdr.retained_bytes": 100.1, "server.share": 1.0}, FILES, "error"),
    ("connection-tracking-below-need", {"server.conntrack_entries": 200.0}, TRACKED, None),
    ("connection-tracking-below-need", {"server.conntrack_entries": 200.1}, TRACKED, "warning"),
    ("connection-tracking-below-need", {"server.conntrack_entries": 300.0}, TRACKED, "warning"),
    ("connection-tracking-below-need", {"server.conntrack_entries": 300.1}, TRACKED, "error"),
    ("servers-below-need", {"hardware.servers": (4.0, 4.0)}, SERVERS, None),
    ("servers-below-need", {"hardware.servers": (4.0, 5.0)}, SERVERS, "warning"),
    ("servers-below-need", {"hardware.servers": (4.1, 5.0)}, SERVERS, "error"),
    ("rtp-ports-below-calls", {**PORTS, "server.udp_ports": (99, 100)}, MEDIA, None),
    ("rtp-ports-below-calls", {**PORTS, "server.udp_ports": (100, 101)}, MEDIA, "warning"),
    ("rtp-ports-below-calls", {**PORTS, "server.udp_ports": (101, 102)}, MEDIA, "error"),
    ("standby-counted-as-capacity", {"hardware.servers": 4.0}, {**SERVERS, "topology.dr": True}, "info"),
    ("standby-counted-as-capacity", {"hardware.servers": 2.0}, {**SERVERS, "topology.dr": True}, None),
    ("standby-counted-as-capacity", {"hardware.servers": 5.0}, {**SERVERS, "topology.dr": True}, None),
    ("rotating-disk-above-500-calls", {"server.concurrent_calls": 500.0}, DISK, None),
    ("rotating-disk-above-500-calls", {"server.concurrent_calls": 500.1}, DISK, "warning"),
    ("attempt-limit-below-traffic", {"server.highest_cps": (50, 100)}, {"softswitch.SS_MAXCPS": 100}, None),
    ("attempt-limit-below-traffic", {"server.highest_cps": (100, 101)}, {"softswitch.SS_MAXCPS": 100}, "warning"),
    ("attempt-limit-below-traffic", {"server.highest_cps": (101, 102)}, {"softswitch.SS_MAXCPS": 100}, "error"),
    ("failed-calls-recorded-at-volume", {"traffic.cps": 50, "traffic.answered_cps": 0}, "recorded", "warning"),
    ("failed-calls-recorded-at-volume", {"traffic.cps": 49.9, "traffic.answered_cps": 0}, "recorded", None),
    ("cores-below-need", {"server.cpu_cores": (8.0, 8.0)}, CORES, None),
    ("cores-below-need", {"server.cpu_cores": (8.0, 9.0)}, CORES, "warning"),
    ("cores-below-need", {"server.cpu_cores": (8.5, 9.0)}, CORES, "error"),
]


@pytest.mark.parametrize(("name", "figures", "declared", "severity"), EDGES)
def test_a_figure_that_equals_a_limit_is_on_its_side(name, figures, declared, severity):
    declared = {"softswitch.SS_CDR_RECORD_NONCONNECT": True} if declared == "recorded" else declared
    registered = rules()[name]
    others = dict.fromkeys((*registered.rule.figures, "server.conntrack_max"), 1.0)
    figures = {**others, "kernel.conntrack_headroom": 1.5, **figures}
    said = [each.severity for each in registered.check(Exact(figures, declared), registered.rule)]
    assert said == [severity] * (severity is not None)
