"""What the loader tells a user who erred: one finding for one mistake, and what would be right."""

from __future__ import annotations

import pytest

from planner.catalogue.data import citation
from planner.catalogue.releases import Version
from planner.deployment.load import from_documents
from planner.document.reader import parse


def findings_of(text):
    return from_documents([parse(text, "deployment.yaml")]).findings


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "hint"),
    [
        ("server:\n  - cpu_cores: 8\n", "wrong-type", 2, 3, "without dashes"),
        ("server:\n  cpu_cores = 8\n", "wrong-type", 2, 3, "`name: value`"),
        ("server\uff1a\n", "wrong-type", 1, 1, "full-width"),
        ("server:\ncpu_cores: 8\n", "unknown-parameter", 2, 1, "below `server:`"),
        ("sysctl:\n  net:\n    core: 1\n", "wrong-type", 2, 3, "net.core"),
        ("mysql:\n  innodb: {}\n", "wrong-type", 2, 3, "in full"),
        ("server:\n  ram: 0\n", "out-of-range", 2, 8, "256MiB to 1PiB"),
        ("server:\n  ram: 32\n", "unit-missing", 2, 8, "32GB"),
        ("server:\n  nic: 0\n", "out-of-range", 2, 8, "1Mbit/s to 1Tbit/s"),
        ("traffic:\n  asr: 140%\n", "out-of-range", 2, 8, "Write a share of 0-1."),
        ("traffic:\n  asr: 40\n", "out-of-range", 2, 8, "or 40% if"),
        # a range stands where ranges do; 1:30 may be minutes and seconds
        ("traffic:\n  cps: 80-120\n", "wrong-type", 2, 8, "below assumptions: traffic.cps: LOW:TYPICAL:HIGH"),
        ("traffic:\n  cps: 80:100:120\n", "wrong-type", 2, 8, "below assumptions: traffic.cps"),
        ("traffic:\n  asr: {low: 0.3, high: 0.5}\n", "wrong-type", 2, 8, "below assumptions: traffic.asr"),
        ("traffic:\n  acd: 60s..90s\n", "wrong-type", 2, 8, "below assumptions: traffic.acd"),
        ("traffic:\n  acd: 1:30:00\n", "wrong-type", 2, 8, "a duration such as 75s"),
        ("traffic:\n  cps: {g729: 80}\n", "wrong-type", 2, 8, "Write a number"),
        ("server:\n  cpu_cores: 4-8\n", "wrong-type", 2, 14, "Write a whole number"),
    ],
)
def test_one_mistake_is_one_finding(text, rule, line, column, hint):
    (finding,) = findings_of(text)
    assert (finding.rule, finding.span.line, finding.span.column) == (rule, line, column)
    assert hint in finding.help


def test_what_stands_below_x_is_read_through_anchors_alone():
    deployment = from_documents(
        [parse("x-busy: &busy\n  cps: 70\n  anything: 1\ntraffic:\n  cps: 70\nsite: {}\n", "deployment.yaml")]
    )
    assert not deployment.findings
    (wrong,) = findings_of("x-busy: &busy {cps: many}\ntraffic: *busy\n")
    assert (wrong.rule, wrong.span.line, wrong.span.column) == ("wrong-type", 1, 21)
    assert [each.rule for each in findings_of("x-busy: {cps: 1}\n")] == ["empty-deployment"]


def test_a_share_in_percent_gets_no_advice_to_write_percent():
    (finding,) = findings_of("traffic:\n  asr: 140%\n")
    assert "%" not in finding.help


@pytest.mark.parametrize("text", ["5.10", "'5.10'"])
def test_a_version_that_looks_like_a_number_keeps_its_zero(text):
    deployment = from_documents([parse(f"server:\n  kernel: {text}\n", "deployment.yaml")])
    assert deployment.value("server.kernel") == "5.10"


@pytest.mark.parametrize(
    ("version", "other", "reached"),
    [
        ("5.6", "5.6.8", True),
        ("5", "5.7.30", True),
        ("5.6.7", "5.6.8", False),
        ("5.5", "5.6", False),
        ("5.6.8", "5.6", True),
        ("2.1.9", "2.1.9.07", True),
        ("2.1.8.05", "2.1.9", False),
        ("8.0.36", "8.4", False),
    ],
)
def test_a_series_is_its_newest_release(version, other, reached):
    assert Version.read(version).reaches(other) is reached


def test_a_finding_cites_titles_not_keys():
    (finding,) = findings_of("softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n")
    assert finding.source == citation("guide-cdr-file-rotation")
    assert finding.source.startswith("VOS3000 CDR file rotation guide: ")
    assert citation("RFC 8259: JSON") == "RFC 8259: JSON"


def test_impossible_names_of_options_are_said_in_the_servers_groups_alone():
    text = "[mysqld]\n{{ extra }}\nm\u00e9moire=1\nloose-m\u00e9moire=1\nport 3306\n[client]\n=x\na b=1\n"
    found = [(each.rule, each.span.line) for each in parse(text, "my.cnf").findings]
    assert found == [("syntax-error", 2), ("syntax-error", 3), ("syntax-error", 5)]
