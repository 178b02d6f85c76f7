"""Where what is stated ends to be possible, and what each statement makes of the numbers the model starts from."""

from __future__ import annotations

import math

import pytest

from planner import Deployment
from planner.sizing import ImpossibleInput
from planner.sizing.constants import defaults
from planner.sizing.inputs import load_factor, measured_trend, measured_values, number_at
from planner.sizing.leaves import contradiction, idle_transcoding, priced, resolve

CPS, MINUTES = {"traffic.cps": 100}, {"traffic.daily_minutes": 3_600_000, "traffic.peak_factor": 2}
# One attempt holds a channel for 60 s.
HOLD = {"traffic.setup_time": 10, "traffic.asr": 0.5, "traffic.acd": 100}
DAY = (1.0,) * 12 + (0.5,) * 12


def leaves(values=None, assume=None, profile=None, load=CPS):
    return resolve(Deployment().override({**load, **(values or {})}), assume or {}, profile).numbers


def refused(values=None, assume=None, profile=None, load=CPS):
    with pytest.raises(ImpossibleInput) as caught:
        leaves(values, assume, profile, load)
    (problem,) = caught.value.problems
    return problem


BOUNDS = {
    "traffic.cps": (0, 1e6),
    "traffic.concurrent_calls": (0, 1e8),
    "traffic.daily_minutes": (0, 1e10),
    "traffic.ring_time": (0, 3600),
    "traffic.ptime": (0.001, 0.2),
    "traffic.transcoded_share": (0, 1),
    "retention.cdr_days": (0, 36500),
    "mysql.innodb_flush_log_at_trx_commit": (0, 3),
    "softswitch.SS_MAXCPS": (0, None),
    "server.cpu_cores": (1, 4096),
    "topology.servers": (1, 10000),
    "server.nic": (1, None),
    "server.ram": (1, None),
    "server.storage.size": (1, None),
}
LOADS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")
STATED = {each.declared: (each.minimum, each.maximum) for each in defaults().values() if each.declared}


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_the_ends_of_what_is_possible_are_possible(name):
    least, most = BOUNDS[name]
    load = {} if name in LOADS else CPS
    allowed = f"{least:g} and above" if most is None else f"{least:.12g} to {most:.12g}"
    leaves({name: least}, load=load)
    assert (refused({name: least - 1e-9}, load=load).name, refused({name: least - 1e-9}, load=load).allowed) == (
        name,
        allowed,
    )
    if most is None:
        leaves({name: 1e200}, load=load)
    else:
        leaves({name: most}, load=load)
        assert refused({name: most * (1 + 1e-9)}, load=load).allowed.startswith(allowed)


@pytest.mark.parametrize("name", sorted(STATED.keys() - {"server.rtp_ports"}))
def test_the_ends_of_what_is_assumed_are_possible(name):
    least, most = STATED[name]
    for value in (least, most):
        if value is not None and not name.startswith(("traffic.sources", "prices.")):
            found = leaves({name: value})
            assert value in {each.range.typical for each in found.values() if each.origin == "declared"}
    refused({name: least - 1e-9})
    if most is not None:
        refused({name: most * (1 + 1e-9)})


FLAGS = ("by_calls", "by_minutes", "peak", "finite", "surge", "restated")


@pytest.mark.parametrize(
    ("load", "assume", "flags"),
    [
        ({"cps": 100}, {}, ""),
        ({"cps": 0}, {}, ""),
        ({"concurrent_calls": 100}, {}, "by_calls peak"),
        ({"concurrent_calls": 0}, {}, "by_calls peak"),
        ({"cps": 100, "concurrent_calls": 3000}, {}, "peak restated"),
        ({"daily_minutes": 1e5}, {}, "by_minutes"),
        ({"cps": 100, "sources": 9000}, {}, "finite"),
        ({"concurrent_calls": 100, "sources": 9000}, {}, "by_calls peak"),
        ({"daily_minutes": 1e5, "sources": 9000}, {}, "by_minutes finite"),
        ({"cps": 100}, {"traffic.peak_calls_ratio": "1:1:1.2"}, "surge restated"),
        ({"cps": 100}, {"traffic.peak_calls_ratio": 1}, ""),
        ({"concurrent_calls": 100}, {"traffic.peak_calls_ratio": 1.2}, "by_calls peak"),
    ],
)
def test_how_the_load_was_stated(load, assume, flags):
    found = leaves({f"traffic.{name}": value for name, value in load.items()}, assume, load={})
    assert " ".join(name for name in FLAGS if found[f"given.{name}"].range.typical) == flags
    for name in ("cps", "concurrent_calls", "daily_minutes"):
        assert found[f"given.{name}"].range == (load.get(name, 0),) * 3


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        ({}, "traffic", "the load is not stated"),
        ({"traffic.daily_minutes": 10, "traffic.cps": 1}, "traffic.daily_minutes", "the load is stated twice"),
        ({"traffic.daily_minutes": 10, "traffic.concurrent_calls": 1}, "traffic.daily_minutes", "stated twice"),
        ({"traffic.daily_minutes": 10, "traffic.asr": 0}, "traffic.asr", "minutes a day need answered calls"),
        (
            {"traffic.concurrent_calls": 10, "traffic.asr": 0, "traffic.setup_time": 0},
            "traffic.acd",
            "calls that last 0 s are never concurrent",
        ),
        ({"traffic.concurrent_calls": 10, "traffic.cps": 0}, "traffic.concurrent_calls", "would hold no attempts"),
        ({**HOLD, **CPS, "traffic.concurrent_calls": 4799}, "traffic.concurrent_calls", "would hold 47.99 s"),
        ({**HOLD, **CPS, "traffic.concurrent_calls": 7501}, "traffic.concurrent_calls", "make it 60-60 s"),
        ({**HOLD, "traffic.cps": 1, "traffic.concurrent_calls": 84}, "traffic.concurrent_calls", "would hold 84 s"),
        ({"traffic.concurrent_calls": 101, "traffic.sources": 100}, "traffic.sources", "101 calls at once of 100"),
        ({**HOLD, **CPS, "traffic.sources": 5999}, "traffic.sources", "6,000 calls at once of 5,999 callers"),
        ({**HOLD, **MINUTES, "traffic.sources": 5999}, "traffic.sources", "6,000 calls at once of 5,999 callers"),
        ({**CPS, "traffic.busy_hour_profile": DAY, "traffic.peak_factor": 1.362}, "traffic.peak_factor", "1.362"),
        ({**CPS, "traffic.busy_hour_profile": DAY, "traffic.peak_factor": 1.305}, "traffic.peak_factor", "1.305"),
        ({**CPS, "traffic.busy_hour_profile": (0.0,) * 24}, "traffic.busy_hour_profile", "this is no day"),
        ({**CPS, "traffic.busy_hour_profile": (1.0,) * 23}, "traffic.busy_hour_profile", "this is no day"),
        ({**CPS, "traffic.busy_hour_profile": (1.0,) * 25}, "traffic.busy_hour_profile", "this is no day"),
        ({**CPS, "server.media": 2}, "server.media", "2 is no switch"),
        ({**CPS, "mysql.cdr_engine": "aria"}, "mysql.cdr_engine", "'aria' is unknown"),
    ],
)  # fmt: skip
def test_loads_that_cannot_be(values, name, said):
    problem = refused(values, load={})
    assert problem.name == name
    assert said in problem.message


@pytest.mark.parametrize(
    "values",
    [
        {"traffic.daily_minutes": 0, "traffic.asr": 0},
        {"traffic.concurrent_calls": 0, "traffic.asr": 0, "traffic.setup_time": 0},
        {"traffic.concurrent_calls": 10, "traffic.asr": 0, "traffic.setup_time": 1},
        {**HOLD, **CPS, "traffic.concurrent_calls": 4800},
        {**HOLD, **CPS, "traffic.concurrent_calls": 7500},
        {**HOLD, "traffic.cps": 1, "traffic.concurrent_calls": 83},  # the channels of 60 erlangs
        {"traffic.concurrent_calls": 100, "traffic.sources": 100},
        {**HOLD, **CPS, "traffic.sources": 6000},
        {**HOLD, **MINUTES, "traffic.sources": 6000},
        {**CPS, "traffic.busy_hour_profile": DAY, "traffic.peak_factor": 1.359},
        {**CPS, "traffic.busy_hour_profile": DAY, "traffic.peak_factor": 1.308},
    ],
)
def test_loads_that_just_can_be(values):
    leaves(values, load={})


def test_ringing_and_the_day_move_the_numbers_they_are_part_of():
    setup = defaults()["traffic.setup_time"].assumption.range
    assert leaves({"traffic.ring_time": 3})["traffic.setup_time"].range == tuple(case + 3 for case in setup)
    assert leaves({"traffic.ring_time": 0})["traffic.setup_time"].origin == "default"
    day = leaves({"traffic.busy_hour_profile": DAY})
    assert day["traffic.load_factor"].range == (0.75,) * 3
    assert day["traffic.peak_factor"].range == (1 / 0.75,) * 3
    spread = leaves(assume={"traffic.load_factor": "0.25:0.5:0.8"})
    assert spread["traffic.peak_factor"].range == (1.25, 2, 4)
    both = leaves({"traffic.busy_hour_profile": DAY}, {"traffic.load_factor": 0.5})
    assert both["traffic.load_factor"].range.typical == 0.5
    assert load_factor("day", [0.0] * 23 + [4.0]) == 1 / 24


@pytest.mark.parametrize(
    ("calls", "offered", "blocking", "most", "told"),
    [
        (100, 100, 0.01, 0.5, False),
        (100, 110, 0.01, 0.5, True),
        (1000, 1001, 0.02, 0.5, False),
        (100, 50, 0.01, 0.5, False),
        (100, 49, 0.01, 0.5, True),
        (100, 150, 0.4, 0.5, False),
        (100, 151, 0.4, 0.5, True),
        (0, 50, 0.01, 0.5, False),
        (83, 60, 0.001, 0.2, False),
        (84, 60, 0.001, 0.2, True),
        (1, 1.1, 0.2, 0.5, True),
        (1, 1.1, 0.27, 0.5, False),
    ],
)
def test_calls_and_erlangs_that_do_not_fit(calls, offered, blocking, most, told):
    """One channel blocks 1.1 / 2.1 = 52 % of 1.1 erlangs: more than twice 20 %, less than twice 27 %."""
    assert (contradiction(offered / 60, calls, offered, blocking, most) is not None) is told


def test_transcoding_is_idle_without_media_alone():
    assert idle_transcoding(1, 0.5) is idle_transcoding(0, 0) is idle_transcoding(1, 0) is None
    assert "cannot transcode" in idle_transcoding(0, 0.5)[0]


def test_a_count_of_servers_or_a_standby_adds_no_spare():
    usual = defaults()["topology.spare"].assumption.range
    assert usual.typical > 0
    assert leaves()["topology.spare"].range == usual
    for values in ({"topology.servers": 3}, {"topology.dr": True}):
        assert leaves(values)["topology.spare"].range == (0, 0, 0)
        assert leaves({**values, "topology.spare": 2})["topology.spare"].range.typical == 2
    assert leaves({"topology.dr": False})["topology.spare"].range == usual


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        ({}, False),
        ({"server": 5}, True),
        ({"terabyte": 5}, True),
        ({"server": 0}, False),
        ({"starter": 5, "professional": 5, "enterprise": 5, "carrier": 5}, True),
    ],
)
def test_what_has_a_price(prices, told):
    assert priced(leaves({f"prices.{name}": value for name, value in prices.items()})) is told


def test_the_ports_of_ranges_are_counted_with_both_ends():
    ports = next(name for name, each in defaults().items() if each.declared == "server.rtp_ports")
    assert leaves({"server.rtp_ports": ((10000, 19999), (30000, 30000))})[ports].range.typical == 10001


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("traffic.acd", "2m", (120, 120, 120)),
        ("traffic.acd", "1m:2m:3m", (60, 120, 180)),
        ("traffic.acd", "1e2", (100, 100, 100)),
        ("traffic.acd", 90, (90, 90, 90)),
        ("traffic.asr", "20%", (0.2, 0.2, 0.2)),
        ("cdr.line_bytes", "0.3kB", (300, 300, 300)),
        ("cdr.line_bytes", {"typical": 250, "low": 200}, (200, 250, 250)),
        ("cdr.line_bytes", {"typical": 250, "high": 300}, (250, 250, 300)),
        ("cdr.line_bytes", (200, 200, 200), (200, 200, 200)),
        ("traffic.cps", 7, (7, 7, 7)),
    ],
)
def test_what_is_assumed(name, given, found):
    made = leaves(assume={name: given})[{"traffic.cps": "given.cps"}.get(name, name)]
    assert (made.range, made.origin) == (found, "assumed")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("cdr.line_bytes", "200:300", "'200:300' is not understood"),
        ("cdr.line_bytes", "1:2:3:4", "'1:2:3:4' is not understood"),
        ("cdr.line_bytes", (200, 300), "(200, 300) is not a number"),
        ("cdr.line_bytes", "300:299:400", "300, 299, 400 do not rise"),
        ("cdr.line_bytes", "200:300:299", "200, 300, 299 do not rise"),
        ("cdr.line_bytes", "5 parsecs", "`parsecs` is not a unit of a size"),
        ("server.media", 1, "there is no such assumption"),
    ],
)
def test_what_cannot_be_assumed(name, given, said):
    problem = refused(assume={name: given})
    assert (problem.name, problem.message) == (name, said)


@pytest.mark.parametrize(
    ("found", "number"),
    [(5, 5.0), (0.5, 0.5), (0, 0.0), (True, None), ("5", None), (math.nan, None), (math.inf, None), (None, None)],
)
def test_numbers_within_documents(found, number):
    assert number_at({"a": {"b": found}}, "a", "b") == number
    assert number_at({"a": [found]}, "a", "b") is None


@pytest.mark.parametrize(
    ("trend", "told"),
    [
        ({"weeks": 8, "growth_per_month": {"low": 0.1, "value": 0.2, "high": 0.3}}, (8, (0.1, 0.2, 0.3))),
        ({"growth_per_month": {"low": 0.2, "value": 0.2, "high": 0.2}}, (0, (0.2, 0.2, 0.2))),
        ({"weeks": 8, "growth_per_month": {"low": 0.3, "value": 0.2, "high": 0.4}}, None),
        ({"weeks": 8, "growth_per_month": {"low": 0.1, "value": 0.2, "high": 0.1}}, None),
        ({"weeks": 8, "growth_per_month": {"low": 0.1, "value": 0.2}}, None),
        ({"weeks": 8}, None),
        (None, None),
    ],
)
def test_the_trend_of_a_profile(trend, told):
    assert measured_trend({"trend": trend}) == told


def test_traffic_a_profile_measured():
    entries = [
        {"name": "traffic.cps", "value": 5},
        {"name": "traffic.asr", "value": "x"},
        {"name": "cdr.x", "value": 1},
    ]
    assert measured_values({"assumptions": [*entries, "no entry"]}) == {"traffic.cps": 5}
    assert measured_values({}) == {}


@pytest.mark.parametrize(
    ("values", "leaf", "value"),
    [
        ({"mysql.innodb_flush_log_at_trx_commit": each}, "database.flush_every_commit", each in {1, 3})
        for each in range(4)
    ]
    + [
        ({"server.media": written}, "server.media", value)
        for written, value in [("on", 1), (" With ", 1), ("TRUE", 1), (1, 1), ("off", 0), ("without", 0), (0, 0)]
    ]
    + [
        ({"mysql.cdr_engine": name}, f"database.{leaf}", value)
        for name, innodb, myisam in [("innodb", 1, 0), ("MyISAM", 0, 1), ("unknown", 1, 1)]
        for leaf, value in [("innodb", innodb), ("myisam", myisam)]
    ]
    + [
        ({"server.mysql_version": "5.7"}, "database.binary_log", 0),
        ({"server.mysql_version": "8.0"}, "database.binary_log", 1),
        ({"server.mysql_version": "8.0"}, "database.binary_log_seconds", 2_592_000),
        ({"mysql.expire_logs_days": 3}, "database.binary_log_seconds", 259_200),
        ({"mysql.binlog_expire_logs_seconds": 100}, "database.binary_log_seconds", 100),
        ({"mysql.binlog_expire_logs_seconds": 100, "mysql.expire_logs_days": 1}, "database.binary_log_seconds", 86_400),
        *(
            (
                {"server.mysql_version": "8.0", "mysql.binlog_expire_logs_seconds": said, "mysql.expire_logs_days": 1},
                "database.binary_log_seconds",
                kept,
            )
            for said, kept in ((100, 100), (0, 86_400))
        ),
        ({"mysql.expire_logs_days": 0}, "database.binary_log_seconds", 0),
        ({"mysql.expire_logs_days": 0}, "database.binary_log_expires", 0),
        ({"mysql.expire_logs_days": 1}, "database.binary_log_expires", 1),
        ({"retention.cdr_days": 0}, "cdr.has_policy", 1),
        ({}, "cdr.has_policy", 0),
        ({"softswitch.SS_MAXCPS": 0}, "given.max_cps", 0),
        ({"softswitch.SS_MAXCPS": 5}, "given.max_cps", 1),
        ({"server.nic": 1e9}, "given.nic", 1),
        ({}, "given.nic", 0),
        ({}, "server.nic", 1),
        ({"server.storage.type": "hdd"}, "server.rotating", 1),
        ({"server.storage.type": "ssd"}, "server.rotating", 0),
        ({"server.storage.type": "ssd"}, "given.storage", 1),
        ({}, "given.storage", 0),
    ],
)
def test_choices(values, leaf, value):
    assert leaves(values)[leaf].range == (value,) * 3


def test_a_second_codec_counts_by_the_share_that_changes_to_it():
    payload = {"g711": 8000, "g729": 1000}
    for share, callee in ((None, 1000), (0, 8000), (0.25, 6250), (1, 1000)):
        more = {} if share is None else {"traffic.transcoded_share": share}
        found = leaves({"traffic.codecs": "g711", "traffic.egress_codecs": "g729", **more})
        assert found["codec.caller_payload"].range.typical == payload["g711"]
        assert found["codec.callee_payload"].range.typical == callee
        assert found["codec.transcoded_share"].range.typical == (1 if share is None else share)
    same = leaves({"traffic.codecs": "g711", "traffic.egress_codecs": "g711"})
    assert same["codec.transcoded_share"].range.typical == 0


def test_a_range_has_one_number_or_three():
    assert leaves(assume={"traffic.acd": "30"})["traffic.acd"].range == (30, 30, 30)
    assert leaves(assume={"traffic.acd": "30:60:90"})["traffic.acd"].range == (30, 60, 90)
    assert "a number, or low:typical:high" in str(refused(assume={"traffic.acd": "30:60"}))


def test_minutes_a_day_need_calls_that_are_answered():
    problem = refused({"traffic.asr": 0}, load={"traffic.daily_minutes": 1000})
    assert problem.name == "traffic.asr"
    assert "minutes a day need answered calls" in str(problem)


@pytest.mark.parametrize(("written", "meant"), [(0, 0), (1, 1), (False, 0), (True, 1), ("without", 0), ("with", 1)])
def test_a_switch_is_told_in_words_and_numbers(written, meant):
    assert leaves({"server.media": written})["server.media"].range == (meant,) * 3
