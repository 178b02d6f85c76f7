"""What holds for every deployment, whatever it declares."""

from __future__ import annotations

import json
import math

import jsonschema
import pytest
import random_deployments
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from planner import Deployment, size
from planner.catalogue.data import SCHEMAS
from planner.sizing import Sizing, draws
from planner.sizing.comparison import hardware
from planner.sizing.constants import tiers
from planner.sizing.decide import fixed

VALUES, Typical, deployment = random_deployments.VALUES, random_deployments.Typical, random_deployments.deployment

SCHEMA = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "sizing-v1.schema.json").read_text()))
TIERS = [tier["name"] for tier in tiers()]
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Needs of the load: each may only grow with it. Settings of a host and shares of what it offers may fall when
# a larger tier or one more server is chosen.
NEEDS = (
    "traffic.offered_erlangs",
    "traffic.concurrent_calls_peak",
    "traffic.concurrent_calls_p99",
    "traffic.attempts_per_day",
    "network.media_bits_per_second",
    "network.signalling_bits_per_second",
    "network.packets_per_second",
    "network.wire_bits_per_second",
    "cdr.bytes_per_day",
    "cdr.bytes_per_file",
    "cdr.retained_bytes",
    "database.inserts_per_second",
    "database.retained_bytes",
    "database.redo_bytes",
    "kernel.udp_ports",
    "kernel.conntrack_entries",
    "kernel.file_descriptors",
    "hardware.servers",
    "hardware.cpu_cores",
    "hardware.ram_bytes",
    "hardware.disk_bytes",
)


def tier(values):
    found = Typical(values)
    return hardware(found.figures, found.plan, "").tier


def grown(values, name, factor):
    return {**values, name: values[name] * factor}


def ranges(values):
    """Return the ranges of figures by name, as a sizing gives them."""
    found = Typical(values)
    drawn = draws.evaluate(found.leaves, fixed(found.figures))
    return lambda name: draws.spread(drawn[name], found.figures[name])


def assert_not_less(larger, smaller, names=NEEDS):
    for name in names:
        for more, less in zip(larger(name), smaller(name), strict=True):
            assert more >= less * (1 - 1e-9), name


@relaxed
@given(VALUES)
@example({"traffic.cps": 0})
@example({"traffic.cps": 297170.12135270593, "server.cpu_cores": 48, "server.ram": 128e9})
@example({"traffic.cps": 1_000_000})
@example({"traffic.cps": 1_000_000, "traffic.acd": 1800, "traffic.asr": 1, "server.media": "without"})
@example({"traffic.concurrent_calls": 0})
@example({"traffic.cps": 1, "traffic.asr": 0, "traffic.acd": 1, "traffic.setup_time": 0})
def test_ordered_finite_deterministic_and_valid(values):
    found = size(deployment(values))
    for name, figure in found.figures.items():
        assert all(math.isfinite(case) for case in figure.range), name
        assert 0 <= figure.low <= figure.value <= figure.high, name
    document = found.to_dict()
    lightly = ranges(values)
    assert all(found[name].range == lightly(name) for name in NEEDS)
    text = json.dumps(document, allow_nan=False)
    assert text == json.dumps(size(deployment(values)).to_dict())
    SCHEMA.validate(json.loads(text))
    assert Sizing.from_dict(json.loads(text)).to_dict() == document


@relaxed
@given(VALUES, st.floats(1, 20))
def test_monotone_in_load(values, factor):
    name = next(key for key in ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes") if key in values)
    larger = grown(values, name, factor)
    assume(larger[name] <= 1e6 or name == "traffic.daily_minutes")
    assert_not_less(ranges(larger), ranges(values))


@relaxed
@given(VALUES, st.floats(1, 5))
def test_monotone_in_hold_time(values, factor):
    assume("traffic.cps" in values)
    base = {"traffic.acd": 60.0, **values}
    assert_not_less(ranges(grown(base, "traffic.acd", factor)), ranges(base))


@relaxed
@given(VALUES, st.integers(0, 400), st.integers(0, 400))
def test_monotone_in_retention(values, days, more):
    names = ("retention.cdr_days", "retention.database_days")
    shorter = {**values, **dict.fromkeys(names, days)}
    small = ranges(shorter)
    for name in names:
        needs = ("cdr.retained_bytes", "database.retained_bytes", "hardware.disk_bytes", "cdr.required_max_files")
        assert_not_less(ranges({**shorter, name: days + more}), small, needs)


@relaxed
@given(VALUES, st.integers(2, 40))
@example({"traffic.daily_minutes": 92267255.0, "traffic.peak_factor": 1.0, "traffic.asr": 0.1953125}, 28)
def test_one_server_more_of_a_host_never_carries_less(values, servers):
    """Where each does with a smaller link then, all may carry less than before: the load all the same."""
    fewer, more = (Typical({**values, "topology.servers": count}) for count in (servers - 1, servers))
    assume(fewer.plan.host == more.plan.host)
    carried = "hardware.capacity_concurrent_calls"
    assert more.value(carried) >= fewer.value(carried)


@relaxed
@given(VALUES)
@example({"traffic.cps": 166.0})
def test_doubling_the_load_never_needs_a_smaller_tier(values):
    name = next(key for key in ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes") if key in values)
    assume(values[name] <= 4e5 or name == "traffic.daily_minutes")
    values = {key: value for key, value in values.items() if key != "topology.servers"}
    once, twice = tier(values), tier(grown(values, name, 2))
    assert TIERS.index(twice) >= TIERS.index(once)


@pytest.mark.parametrize("name", ["limit.calls_media", "cdr.line_bytes", "sip.answered_bytes"])
def test_an_override_by_name_changes_what_uses_it(name):
    plain = Deployment().override({"traffic.cps": 100})
    before = size(plain)
    changed = size(plain, assume={name: before.leaves[name].range.typical * 2})
    assert changed.leaves[name].range.certain
    assert any(changed[figure].range != before[figure].range for figure in changed.figures)
