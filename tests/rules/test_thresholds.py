"""Where a finding begins and where it turns from a warning into an error, on both sides of each threshold."""

from __future__ import annotations

import pytest

from planner import size
from planner.deployment.load import from_mapping
from planner.rules.validation import validate

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


def kept(days, files=4096):
    rotation = {"SERVER_CDR_FILE_WRITE_INTERVAL": 900, "SERVER_CDR_FILE_WRITE_MAX": files}
    return {"softswitch": rotation, "retention": {"cdr_days": days}}


def ports(ends):
    return {"server": {"kernel": "3.10"}, "sysctl": {"net.ipv4.ip_local_port_range": ends}}


CASES = [
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
