"""One mistake, one finding: of rules that see the same cause at the same place, one speaks."""

from __future__ import annotations

import pytest

from planner.deployment.load import from_mapping
from planner.rules.discovery import Target, load
from planner.rules.engine import yields
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import examine, validate

CASES = [
    (
        {"traffic": {"cps": 100, "concurrent_calls": 9000, "asr": 0.4, "acd": 60, "setup_time": 6}},
        "traffic-impossible",
        "calls-contradict-attempts",
    ),
    ({"traffic": {"cps": 0, "concurrent_calls": 100}}, "contradictory-traffic", "traffic-impossible"),
    (
        {"server": {"cpu_cores": 4}, "topology": {"servers": 1}, "traffic": {"concurrent_calls": 4000}},
        "cores-below-need",
        "hardware-below-tier",
    ),
    (
        {"server": {"cpu_cores": 8}, "topology": {"servers": 1}, "traffic": {"concurrent_calls": 3200}},
        "cpu-above-planning-ceiling",
        "hardware-below-tier",
    ),
    (
        {"sysctl": {"net.ipv4.ip_local_port_range": "61000 1024"}, "traffic": {"concurrent_calls": 4000}},
        "port-range-reversed",
        "rtp-ports-below-calls",
    ),
    (
        {"server": {"mysql_version": "5.0.96"}, "mysql": {"innodb_io_capacity": 50}},
        "not-yet-in-version",
        "out-of-range",
    ),
    (
        {"server": {"kernel": "5.14"}, "sysctl": {"net.ipv4.tcp_tw_recycle": 1}},
        "removed-parameter",
        "tw-recycle-behind-nat",
    ),
]


def found(mapping, **choices):
    return {each.rule for each in validate(from_mapping(mapping), Policy(**choices)).findings}


@pytest.mark.parametrize(("mapping", "speaks", "silent"), CASES)
def test_the_rule_that_says_more_speaks(mapping, speaks, silent):
    assert speaks in found(mapping)
    assert silent not in found(mapping)
    assert speaks in yields()[silent]


@pytest.mark.parametrize(("mapping", "silent"), [(mapping, silent) for mapping, _, silent in CASES])
def test_without_that_rule_the_other_speaks(mapping, silent):
    assert silent in found(mapping, ignore=yields()[silent])
    assert found(mapping, select=frozenset({silent})) == {silent}


def test_another_place_is_another_mistake():
    mapping = {
        "server": {"mysql_version": "5.0.96"},
        "mysql": {"innodb_io_capacity": 200},
        "softswitch": {"SERVER_CDR_FILE_WRITE_MAX": 5},
    }
    assert {"not-yet-in-version", "out-of-range"} <= found(mapping)


def test_rules_yield_to_rules_that_yield_to_none_of_them():
    for name, others in yields().items():
        assert others <= rules().keys() - {name}
        assert all(name not in yields().get(other, ()) for other in others)


def test_readers_that_disagree_about_one_key_are_one_finding(tmp_path):
    for name, value in {"sysctl.conf": 10, "sysctl.d/99-a.conf": 20}.items():
        (tmp_path / "etc" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "etc" / name).write_text(f"vm.swappiness = {value}\n")
    said = examine(load(Target("host", str(tmp_path), profile="el8-boot")), Policy()).findings
    (finding,) = (each for each in said if each.rule == "boot-and-apply-disagree")
    assert finding.message == ("vm.swappiness = 20 here is 10 at boot of CentOS 7 and 10 by sysctl --system")
    assert len(finding.related) == 2
