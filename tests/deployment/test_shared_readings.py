"""Settings judged before are not judged again: no file may notice that another one came first."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.deployment import gather
from planner.deployment.gather import Collector
from planner.deployment.load import from_documents
from planner.deployment.model import Declared
from planner.document.model import Entry, Scalar
from planner.document.reader import parse
from planner.finding import Span

_VALUES = st.sampled_from(
    [
        "1",
        "true",
        "'1'",
        "1.0",
        "On",
        "on",
        "yes",
        "0",
        "010",
        "512M",
        "512MB",
        "75s",
        "40%",
        "none",
        "~",
        "g729",
        "g729=7,g711=3",
        "99999999",
        "-1",
        "5.7",
        '"5.1"',
        "ssd",
        "SSD",
        "1e400",
        "x",
        "4096 87380 16777216",
        "hunter22",
        "{typical: 2}",
        "[1, 2]",
        "80:100:120",
    ]
)
_NAMES = st.sampled_from(
    [
        "softswitch.SS_MAXCPS",
        "softswitch.SS_CDR_RECORD_TO_FILE",
        "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL",
        "server.ram",
        "server.mysql_version",
        "server.cpu_cores",
        "server.media",
        "traffic.asr",
        "traffic.acd",
        "traffic.codecs",
        "sysctl.net.ipv4.tcp_rmem",
        "sysctl.net.core.somaxconn",
        "mysql.max_connections",
        "mysql.innodb_log_file_size",
        "mysql.innodb_io_capacity",
        "mysql.query_cache_type",
        "mysql.skip-log-bin",
        "mysql.loose_nothing_here",
        "mysql.no_such_option",
        "mysql.report_password",
        "mysql.cdr_engine",
        "server.kernel",
        "server.softswitch_version",
        "softswitch.SS_MAXCPSS",
        "softswitch.SS_TIMEOUT_MEDIA_CHECK",
        "sysctl.net.core.somaxcon",
        "sysctl.net/ipv4/conf/eth0.1/rp_filter",
        "sysctl.kernel.osrelease",
        "sysctl.vm.swappiness",
        "assumptions.cdr.line_bytes",
        "policy.fail_on",
        "topology.gateway_1",
    ]
)
_FILES = st.lists(st.lists(st.tuples(_NAMES, _VALUES), min_size=1, max_size=4), min_size=2, max_size=4)


@pytest.fixture(autouse=True)
def _nothing_read():
    gather._faultless.cache_clear()


def deployment(declared, number=0):
    """Return the deployment of a file of settings; each file pushes them to lines of its own."""
    sections = {}
    for name, value in dict(declared).items():
        section, _, key = name.partition(".")
        sections.setdefault(section, []).append(f"  {key}: {value}\n")
    text = "# a line\n" * number + "".join(f"{name}:\n{''.join(lines)}" for name, lines in sections.items())
    return from_documents([parse(text, f"{number}.yaml", "yaml")])


def alone(declared, number):
    with patch.object(gather, "_faultless", lambda *_: None):
        return deployment(declared, number)


@settings(deadline=None)
@given(_FILES)
def test_files_read_together_say_what_they_say_alone(files):
    together = [deployment(declared, number) for number, declared in enumerate(files)]
    for number, (declared, found) in enumerate(zip(files, together, strict=True)):
        expected = alone(declared, number)
        assert found.findings == expected.findings
        assert [(name, repr(each)) for name, each in found.values.items()] == [
            (name, repr(each)) for name, each in expected.values.items()
        ]


def test_a_value_stands_where_its_own_file_has_it():
    first, second = (deployment([("traffic.cps", "100")], number) for number in (0, 3))
    assert (first.values["traffic.cps"].span.path, first.values["traffic.cps"].span.line) == ("0.yaml", 2)
    assert (second.values["traffic.cps"].span.path, second.values["traffic.cps"].span.line) == ("3.yaml", 5)


def test_the_same_fault_is_told_of_every_file_at_its_own_place():
    faults = [deployment([("server.cpu_cores", "many")], number).findings[0] for number in (0, 2)]
    assert [(each.span.path, each.span.line) for each in faults] == [("0.yaml", 2), ("2.yaml", 4)]


def test_true_and_one_are_kept_apart():
    assert [_switched(value) for value in (True, 1, 1.0, "1", True)] == [[], *[["odd-switch-spelling"]] * 3, []]


def _switched(value):
    """Return what is said of a switch that is set to a value written as 1."""
    key, node = (Scalar(each, "1", Span("a.yaml", 1, at, 1, at + 1), "") for at, each in ((1, "1"), (3, value)))
    collector = Collector()
    collector.add("softswitch", Entry("SS_CDR_RECORD_TO_FILE", key, node))
    return [each.rule for each in collector.findings]


def test_what_a_secret_was_is_not_kept():
    found = [deployment([("mysql.report_password", "hunter22")], number) for number in (0, 1)]
    assert ["hunter22" in repr(each.values) for each in found] == [False, False]


def test_names_beyond_the_catalogue_are_counted_whether_known_or_not():
    found = Collector()
    for _ in range(3):
        found.add("sysctl", Entry("dev.cdrom.lock", *(Scalar("1", "1", Span("a", 1, 1, 1, 2), "") for _ in range(2))))
    assert found._unknown_names == 3


def test_another_version_reads_the_same_text_anew():
    setting = ("mysql.innodb_log_file_size", "2M")
    found = [deployment([("server.mysql_version", f'"{each}"'), setting]) for each in ("5.1", "8.0", "5.1")]
    refused = ["out-of-range" in {each.rule for each in one.findings} for one in found]
    assert refused == [False, True, False]


def test_equal_numbers_of_other_spelling_are_kept_apart():
    versions = [deployment([("server.mysql_version", each)]).value("server.mysql_version") for each in ("8.1", "8.10")]
    assert versions == ["8.1", "8.10"]


def test_nobody_shares_a_mapping():
    first, second = (deployment([("traffic.codecs", "g729=7,g711=3")]) for _ in range(2))
    assert first.value("traffic.codecs") is not second.value("traffic.codecs")


def test_long_texts_are_not_kept_and_the_number_of_others_is_bounded():
    before = gather._faultless.cache_info().currsize
    deployment([("site.name", "x" * 400)])
    assert gather._faultless.cache_info().currsize == before
    assert gather._faultless.cache_info().maxsize is not None


@pytest.mark.parametrize("first", [True, False])
def test_what_a_dump_says_is_judged_apart_from_what_a_file_sets(first):
    for dumped in (first, not first):
        found = Collector()
        found.values["server.mysql_version"] = Declared("server.mysql_version", "8.0", "8.0")
        for name in ("query_cache_size", "skip_log_bin"):
            key, node = (Scalar(each, each, Span("a", 1, at, 1, at + 1), "") for at, each in ((1, name), (3, "0")))
            found.add("mysql", Entry(name, key, node), dumped=dumped)
        assert ("removed-parameter" in {each.rule for each in found.findings}) is not dumped
        assert ("mysql.log_bin" in found.values) is not dumped
