"""Whatever is declared, no rule raises, and every finding can be shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.catalogue.parameter import parameters
from planner.deployment import Declared, Deployment
from planner.deployment.load import from_mapping
from planner.finding import Severity, Span
from planner.output.findings import FindingFormat, render
from planner.rules.policy import Policy
from planner.rules.registry import rules
from planner.rules.validation import gather, validate

NEEDS = {name for each in rules().values() for need in each.rule.needs for name in need.split("|")}
# Port ranges have a shape of their own, which only the loader makes.
LOOKED_AT = sorted(NEEDS - {"server.rtp_ports"})
EXTRA = [
    "sysctl.net.core.wmem_default",
    "sysctl.net.ipv4.conf.all.rp_filter",
    "sysctl.net.ipv4.conf.eth0.rp_filter",
    "sysctl.net.ipv4.conf.default.rp_filter",
    "sysctl.net.ipv4.tcp_mem",
    "sysctl.net.ipv4.ip_local_reserved_ports",
    "sysctl.net.netfilter.nf_conntrack_buckets",
    "mysql.innodb_log_files_in_group",
    "mysql.innodb_buffer_pool_chunk_size",
    "server.sysctl_profile",
]
INTEGERS = st.one_of(st.sampled_from([0, 1, -1, 5060, 65535]), st.integers(-(10**6), 10**13))
VALUES = st.one_of(
    INTEGERS,
    st.floats(0, 1e12, allow_nan=False),
    st.booleans(),
    st.sampled_from(
        ["with", "without", "hdd", "ssd", "single", "myisam", "5.5.41", "8.0.36", "mariadb-10.11", "On", ""]
    ),
    st.text(max_size=8),
    st.lists(INTEGERS, max_size=4).map(tuple),
)
DEPLOYMENTS = st.dictionaries(st.sampled_from(LOOKED_AT + EXTRA), VALUES, max_size=25)


def shown(validation):
    for name in FindingFormat:
        assert isinstance(render(validation, name, verbose=True), str)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEPLOYMENTS)
def test_no_value_of_any_kind_makes_a_rule_raise(values):
    declared = {
        name: Declared(name, value, str(value), Span.at("a.yaml", number, 1), Span.at("a.yaml", number, 1))
        for number, (name, value) in enumerate(values.items(), 1)
    }
    shown(validate(Deployment(values=declared, path="a.yaml")))


@pytest.mark.parametrize("value", [0, -1, 1, 0.0, 10**30, "", "x", True, (0,), (1, 0), ((5, 1),), (0, 0, 0)])
@pytest.mark.parametrize("left_out", ["", "traffic.", "server.", "topology.", "mysql.cdr_engine"])
def test_one_value_everywhere_makes_no_rule_raise(value, left_out):
    names = [name for name in LOOKED_AT + EXTRA if not left_out or not name.startswith(left_out)]
    render(validate(Deployment(values={name: Declared(name, value, str(value)) for name in names})))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(LOOKED_AT + EXTRA), st.one_of(INTEGERS, st.text(max_size=8)), max_size=20))
def test_no_plain_mapping_makes_a_rule_raise(values):
    mapping = {}
    for name, value in values.items():
        section, key = name.split(".", 1)
        parts = key.split(".") if section == "server" else [key]
        place = mapping.setdefault(section, {})
        for part in parts[:-1]:
            place = place.setdefault(part, {})
        place[parts[-1]] = value
    shown(validate(from_mapping(mapping)))


def test_what_is_declared_twice_is_found_once_and_in_the_same_order():
    mapping = {"softswitch": {"SS_MAX_CALL_DURATION": 0, "SS_MAXCPS": "many"}}
    first, second = (validate(from_mapping(mapping)) for _ in range(2))
    assert first == second
    assert gather([first, second]).findings == first.findings


def test_advice_and_assumptions_fail_nothing_by_themselves():
    sizes = {"cpu_cores": 1, "ram": "1GB", "nic": "10Gbps", "storage": {"type": "hdd", "size": "4TB"}}
    found = validate(from_mapping({"server": sizes, "traffic": {"concurrent_calls": 100}})).findings
    assert any(each.rule == "ram-below-need" for each in found)
    assert all(each.severity is not Severity.ERROR for each in found if each.rule == "ram-below-need")


@pytest.mark.parametrize("section", ["softswitch", "sysctl", "mysql"])
def test_defaults_of_the_catalogue_raise_no_rule(section):
    defaults = {each.key: each.schema["default"] for each in parameters(section) if "default" in each.schema}
    json.loads(render(validate(from_mapping({section: defaults}), Policy()), "json"))
