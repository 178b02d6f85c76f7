"""Where numbers come from, which wins, and how impossible ones are refused."""

from __future__ import annotations

import copy
import math
import pickle
from contextlib import nullcontext

import pytest

from planner import Deployment, size
from planner.sizing import ImpossibleInput
from planner.sizing.explain import as_dict, derivation
from planner.sizing.inputs import _measurement, version_entry
from planner.sizing.sensitivity import sensitivity

CPS = {"traffic.cps": 100}


def sized(values=None, **more):
    return size(Deployment().override({**CPS, **(values or {})}), **more)


@pytest.mark.parametrize(
    ("values", "named", "allowed"),
    [
        ({"traffic.asr": 1.4}, "traffic.asr", "0 to 1"),
        ({"traffic.acd": -5}, "traffic.acd", "1 to 86400"),
        ({"traffic.cps": math.nan}, "traffic.cps", "0 to 1000000"),
        ({"traffic.cps": math.inf}, "traffic.cps", "0 to 1000000"),
        ({"traffic.cps": 10**400}, "traffic.cps", "0 to 1000000"),
        ({"traffic.cps": True}, "traffic.cps", "0 to 1000000"),
        ({"traffic.cps": "many"}, "traffic.cps", "0 to 1000000"),
        ({"traffic.codecs": {"g729": 0}}, "traffic.codecs", "above 0"),
        ({"traffic.codecs": {"g729": -1, "g711": 2}}, "traffic.codecs", "0 and above"),
        ({"traffic.codecs": "g799"}, "traffic.codecs", "g729"),
        ({"traffic.concurrent_calls": 100_000}, "traffic.concurrent_calls", "966 to 6562.5 calls"),
        ({"traffic.concurrent_calls": 10}, "traffic.concurrent_calls", "966 to 6562.5 calls"),
        ({"traffic.daily_minutes": 1000}, "traffic.daily_minutes", "one of"),
        ({"traffic.cps": None}, "traffic", "one of"),
        ({"traffic.framing": "atm"}, "traffic.framing", "documented, ip, ethernet, wire"),
        ({"server.media": "perhaps"}, "server.media", "with or without"),
        ({"traffic.blocking": 0}, "traffic.blocking", "1e-09 to 0.9"),
        ({"traffic.busy_hour_profile": (1, 2, 3)}, "traffic.busy_hour_profile", "24 numbers"),
        ({"softswitch.SERVER_CDR_FILE_WRITE_INTERVAL": 30}, "SERVER_CDR_FILE_WRITE_INTERVAL", "60 to 86400"),
        ({"assumptions.cdr.line_length": 200}, "cdr.line_length", "cdr.line_bytes"),
        ({"assumptions.cdr.line_bytes": "300:200:100"}, "cdr.line_bytes", "low <= typical <= high"),
    ],
)
def test_impossible_input_names_itself_and_the_allowed_range(values, named, allowed):
    with pytest.raises(ImpossibleInput) as caught:
        sized(values)
    assert named in caught.value.problems[0].name
    assert allowed in str(caught.value)


def test_calls_and_attempts_that_agree_are_both_used():
    found = sized({"traffic.concurrent_calls": 3300})
    assert found.value("traffic.concurrent_calls_peak") == 3300
    assert found.value("traffic.cps") == 100


def test_calls_alone_imply_the_attempts():
    found = sized({"traffic.cps": None, "traffic.concurrent_calls": 3110})
    assert found.value("traffic.cps") == pytest.approx(100, rel=0.001)


def test_minutes_a_day_imply_the_attempts():
    values = {"traffic.cps": None, "traffic.daily_minutes": 1_440_000, "traffic.peak_factor": 2}
    found = sized({**values, "traffic.asr": 0.5, "traffic.acd": 100, "traffic.setup_time": 0})
    assert found.value("traffic.offered_erlangs") == pytest.approx(2000)
    assert found.value("traffic.cps") == pytest.approx(40)
    assert found.value("traffic.minutes_per_day") == pytest.approx(1_440_000)


def test_ring_time_adds_to_setup_time():
    assert sized({"traffic.setup_time": 3, "traffic.ring_time": 3}).value("traffic.offered_erlangs") == 3000


def test_a_day_profile_gives_the_load_factor():
    hours = tuple([50] * 23 + [100])
    found = sized({"traffic.busy_hour_profile": hours}).value("traffic.mean_to_peak")
    assert found == pytest.approx(sum(hours) / 24 / 100)


def test_few_callers_use_engset():
    many, few = sized(), sized({"traffic.sources": 4000})
    assert few.value("traffic.concurrent_calls_peak") < many.value("traffic.concurrent_calls_peak")


PROFILE = {
    "schema": "profile-v1",
    "assumptions": [
        {"name": "traffic.cps", "value": 80, "low": 78, "high": 82, "unit": "1/s", "basis": "measured"},
        {"name": "traffic.asr", "value": 0.31, "low": 0.3, "high": 0.32, "samples": 120_000, "source": "CDR files"},
        {"name": "traffic.busy_hour_profile", "value": [1.0] * 12 + [0.5] * 12},
        {"name": "traffic.pdd", "value": 2.5},
    ],
}


def test_a_profile_replaces_defaults_and_is_called_measured():
    found = sized({"traffic.cps": None}, profile=PROFILE)
    asr = next(item for item in found.assumptions if item.name == "traffic.asr")
    assert (asr.origin, asr.basis, asr.samples, asr.sources) == ("measured", "measured", 120_000, ("CDR files",))
    assert asr.range == (0.3, 0.31, 0.32)
    assert found.value("traffic.cps") == 80
    assert found.value("traffic.mean_to_peak") == 0.75
    assert any("traffic.pdd" in note.text for note in found.notes)


def test_what_is_stated_most_directly_wins():
    declared = {"traffic.asr": 0.5}
    assert sized(declared, profile=PROFILE).leaves["traffic.asr"].value == 0.5
    assert sized(declared, assume={"traffic.asr": "20%"}).leaves["traffic.asr"].value == 0.2
    section = {"assumptions.traffic.asr": 0.25}
    assert sized(section, profile=PROFILE).leaves["traffic.asr"].value == 0.25
    assert sized(section, assume={"traffic.asr": 0.6}).leaves["traffic.asr"].value == 0.6


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (220, (220, 220, 220)),
        ("220", (220, 220, 220)),
        ("200:220:260", (200, 220, 260)),
        ((200, 220, 260), (200, 220, 260)),
        ({"typical": 220, "high": 260}, (220, 220, 260)),
    ],
)
def test_forms_of_an_assumption(given, expected):
    assert sized(assume={"cdr.line_bytes": given}).leaves["cdr.line_bytes"].range == expected


@pytest.mark.parametrize("profile", [{"schema": "profile-v2", "assumptions": []}, {"schema": "profile-v1"}])
def test_something_else_is_no_profile(profile):
    with pytest.raises(ImpossibleInput, match="profile-v1"):
        sized(profile=profile)


def test_too_few_servers_and_needs_above_the_largest_tier_are_findings():
    short = sized({"traffic.cps": 1000, "topology.servers": 2})
    assert short.findings[0].rule == "servers-below-need"
    vast = sized({"retention.database_days": 3000})
    # Disks are bought by size: the tier that carries the calls, with a larger one.
    assert vast.hardware.tier == "enterprise"
    assert vast.plan.host.part("disk") == ("disk", 32e12, "B", "enlarged")
    assert vast.plan.status == "suffices"
    full = sized({"retention.database_days": 3000, "server.storage.size": 2e12, "topology.servers": 1})
    assert full.hardware.shortfall[0].resource == "disk"
    assert ("disk-below-need", "error") in {(finding.rule, finding.severity) for finding in full.findings}


def test_growth_reaches_limits_in_the_month_it_should():
    found = sized({"traffic.growth_per_month": 0.1})
    cps = next(item for item in found.growth if item.limit == "cps")
    # 100 attempts per second grow past 200 in the eighth month: 1.1^7 = 1.949, 1.1^8 = 2.144.
    assert cps.month == 8
    assert all(item.month is None for item in sized().growth)


def test_the_derivation_ends_at_sourced_numbers():
    tree = derivation(sized(), "hardware.disk_bytes")
    open_, ends = [tree], []
    while open_:
        step = open_.pop()
        open_.extend(step.children)
        if not step.formula:
            ends.append(step)
    assert {"cdr.line_bytes", "disk.ceiling", "given.cps"} <= {step.name for step in ends}
    assert all(step.sources for step in ends)
    assert as_dict(tree)["inputs"]


@pytest.mark.parametrize("carried", [lambda each: pickle.loads(pickle.dumps(each)), copy.deepcopy])  # noqa: S301  our own
def test_a_sizing_travels_whole(carried):
    made = size(Deployment().override({"traffic.cps": 40}))
    there = carried(made)
    assert there.to_dict() == made.to_dict()
    assert there.value("hardware.servers") == made.value("hardware.servers")


def test_a_sizing_that_is_kept_holds_no_draws():
    made, again = (size(Deployment().override({"traffic.cps": 40})) for _ in range(2))
    told = again.to_dict()
    for cps in range(50, 55):  # others are made in the meantime
        size(Deployment().override({"traffic.cps": cps}))
    assert made.figures._drawn() is None
    assert made.to_dict() == told


def test_sensitivity_is_widest_first():
    swings = sensitivity(sized(), "traffic.concurrent_calls_peak")
    assert [swing.assumption for swing in swings] == ["traffic.asr", "traffic.acd", "traffic.setup_time"]
    assert swings[0].low < swings[0].typical < swings[0].high
    assert not sensitivity(sized(), "cdr.retention_seconds")


@pytest.mark.parametrize(
    "traffic",
    [{"cps": 100, "asr": 1.4}, {"cps": 100, "acd": "-5s"}, {"cps": 100, "codecs": {"g729": 0}}, {"cps": "lots"}],
    ids=str,
)
def test_the_library_does_not_size_past_what_the_loader_refused(traffic):
    with pytest.raises(ImpossibleInput, match=r"traffic\."):
        size(Deployment.from_mapping({"traffic": traffic}))


@pytest.mark.parametrize(
    ("version", "bytes_per_connection"),
    [
        ("5.0.96", 2949120),
        ("5.7.44", 1245184),
        ("8.0.26", 1245184),
        ("8.0.27", 2031616),
        ("8.0", 2031616),
        ("8.4.3", 2031616),
        ("mariadb-10.11", 1245184),
    ],
)
def test_a_stack_of_a_mebibyte_came_with_8_0_27(version, bytes_per_connection):
    assert version_entry(version)["bytes_per_connection"] == bytes_per_connection


EVERY_TIER = {f"prices.{name}": 1000 for name in ("starter", "professional", "enterprise", "carrier")}
OWN = {"server.cpu_cores": 8, "server.ram": 32e9}


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ({"prices.enterprise": 1000}, "not every tier has a price"),
        ({**EVERY_TIER, **OWN}, "the declared server has no price"),
        (EVERY_TIER, None),
        ({"prices.server": 500, **OWN}, None),
        ({"prices.server": 500, "prices.enterprise": 1000}, None),
        ({}, None),
    ],
)
def test_a_cost_needs_the_price_of_whatever_may_be_chosen(prices, said):
    deployment = Deployment().override({"traffic.cps": 50, **prices})
    with pytest.raises(ImpossibleInput, match=said) if said else nullcontext():
        size(deployment)


def test_a_measurement_without_samples_claims_none():
    assert _measurement("traffic.asr", "traffic.asr", {"value": 0.4}, {}).samples == 0
    assert _measurement("traffic.asr", "traffic.asr", {"value": 0.4, "samples": 7}, {}).samples == 7
