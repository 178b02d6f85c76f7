"""Values read before are not read again: no file may notice that another one came first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalogue.parameter import parameter
from planner.deployment import interpret as interpretation
from planner.deployment.interpret import read_value
from planner.deployment.load import from_documents
from planner.document.model import Scalar
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
    ]
)
_FILES = st.lists(st.lists(st.tuples(_NAMES, _VALUES), min_size=1, max_size=4), min_size=2, max_size=4)


@pytest.fixture(autouse=True)
def _nothing_read():
    interpretation._faultless.cache_clear()


def deployment(declared, number=0):
    """Return the deployment of a file of settings; each file pushes them to lines of its own."""
    sections = {}
    for name, value in dict(declared).items():
        section, _, key = name.partition(".")
        sections.setdefault(section, []).append(f"  {key}: {value}\n")
    text = "# a line\n" * number + "".join(f"{name}:\n{''.join(lines)}" for name, lines in sections.items())
    return from_documents([parse(text, f"{number}.yaml", "yaml")])


def alone(declared, number):
    interpretation._faultless.cache_clear()
    return deployment(declared, number)


@settings(deadline=None)
@given(_FILES)
def test_files_read_together_say_what_they_say_alone(files):
    interpretation._faultless.cache_clear()
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
    switch = parameter("softswitch.SS_CDR_RECORD_TO_FILE")
    place = Span("a.yaml", 1, 1, 1, 5)
    rules = [
        [found.rule for found in read_value(switch, Scalar(value, text, place, "")).findings]
        for value, text in ((True, "1"), (1, "1"), (1.0, "1"), ("1", "1"), (True, "1"))
    ]
    assert rules == [[], *[["odd-switch-spelling"]] * 3, []]


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
    before = interpretation._faultless.cache_info().currsize
    deployment([("site.name", "x" * 200)])
    assert interpretation._faultless.cache_info().currsize == before
    assert interpretation._faultless.cache_info().maxsize is not None
