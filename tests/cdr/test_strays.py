"""Some lines that cannot be true, in files of thousands that are: what is measured stays what it was."""

from datetime import datetime, timedelta

import pytest

from planner.cdr.engine.local import read_content
from planner.cdr.profile.document import build_profile
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.summary import Stretch
from planner.deployment import Deployment
from planner.sizing import size

BEGIN = datetime(2026, 3, 2)  # noqa: DTZ001  a server's clock
HOURS = 48


def record(line, start, stop, hold_ms=0, pdd=b"3200"):
    fields = line.split(b"|")
    fields[2:6] = str(start).encode(), str(stop).encode(), str(hold_ms).encode(), b"200" if hold_ms else b"486"
    return b"|".join([*fields[:17], pdd, b"1500"]) + b"\n"


def hour_of(line, hour):
    """Return the lines of one hour: an attempt every 18 s, every other one answered for 60 s after 6 s."""
    starts = (BEGIN + timedelta(hours=hour, seconds=second) for second in range(0, 3590, 18))
    return [
        record(line, start, start + timedelta(seconds=66 if i % 2 else 6), 60_000 * (i % 2))
        for i, start in enumerate(starts)
    ]


def profile_of(line, strays, zone=None):
    """Return the profile of hourly files; `strays` are further lines by the hour whose file they stand in."""
    meter = Meter()
    for hour in range(HOURS):
        data = b"".join([*hour_of(line, hour), *strays.get(hour, ())])
        read_content(meter, Stretch(f"cdr/{BEGIN + timedelta(hours=hour):%Y%m%d%H}.txt"), data)
    return build_profile(meter.take(), timezone=zone)


def numbers(profile):
    return {each["name"]: each["value"] for each in profile["assumptions"]}


@pytest.fixture(scope="module")
def undisturbed(line):
    return numbers(profile_of(line, {}))


@pytest.mark.parametrize("hold_ms", [999_999_999, 80_000_000])
def test_a_conversation_longer_than_its_call_takes_no_time_from_set_up(line, undisturbed, hold_ms):
    stray = record(line, "2026-03-02 12:30:00", "2026-03-02 12:31:00", hold_ms)
    found = numbers(profile_of(line, {12: [stray]}))
    assert found["traffic.setup_time"] == pytest.approx(undisturbed["traffic.setup_time"], rel=1e-3)


def test_calls_over_the_hour_a_clock_repeats_take_no_time_from_set_up(line, undisturbed):
    over = [record(line, f"2026-03-02 12:59:{at}", "2026-03-02 12:09:00", 540_000) for at in range(10, 50)]
    found = numbers(profile_of(line, {12: over}))
    assert found["traffic.setup_time"] == pytest.approx(undisturbed["traffic.setup_time"], rel=1e-3)


@pytest.mark.parametrize("year", [1970, 2020, 2027])
def test_one_line_of_another_year_in_every_file_is_left_out_and_told(line, undisturbed, year):
    at = [datetime(year, 6, 1, hour % 24, 0, hour) for hour in range(HOURS)]  # noqa: DTZ001  a server's clock
    strays = {hour: [record(line, at[hour], at[hour] + timedelta(seconds=9))] for hour in range(HOURS)}
    profile = profile_of(line, strays)
    found = numbers(profile)
    assert profile["clock"]["strays"] == HOURS
    assert (profile["span"]["from"], profile["peaks"]["days"]) == ("2026-03-02 00:00:00", 2)
    assert profile["gaps"]["without_record"]["hours"] == 0
    for name in ("traffic.cps", "traffic.peak_calls_ratio", "traffic.peak_cps_ratio", "traffic.peak_cps_second_ratio"):
        assert found[name] == pytest.approx(undisturbed[name], rel=0.01), name


def test_files_without_records_of_their_time_bound_nothing(line, summarise):
    """Names in another zone, or of the day files were copied, are no reason to drop what they hold."""
    data = b"".join(hour_of(line, 0))
    profile = build_profile(summarise(data, "cdr/2026042600.txt"))
    assert profile["clock"]["strays"] == 0
    assert profile["peaks"]["days"] == 1


def test_a_delay_longer_than_a_set_up_can_be_is_told_and_moves_no_mean(line):
    strays = [record(line, "2026-03-02 12:30:00", "2026-03-02 12:30:50", 30_000, b"999999999")] * 3
    profile = profile_of(line, {12: strays})
    assert profile["distributions"]["caller_pdd_ms"]["mean"] == 3200
    assert profile["suspicious"]["counts"]["implausible_duration"] == 3
    assert profile["suspicious"]["examples"]["implausible_duration"][0]["line"] == 201


def halves(line, hours, answered_from, every=100):
    """Return the lines of hours with an attempt every so many seconds; from one hour on the failed are not written."""
    for hour in range(hours):
        for i, second in enumerate(range(0, 3600, every)):
            start = BEGIN + timedelta(hours=hour, seconds=second)
            if i % 2 or hour < answered_from:
                yield record(line, start, start + timedelta(seconds=66 if i % 2 else 6), 60_000 * (i % 2))


def test_a_switch_turned_midway_is_seen_in_quiet_hours(line, summarise):
    said = build_profile(summarise(b"".join(halves(line, 48, 24))))["calls"]["attempts_unknown"]
    assert "SS_CDR_RECORD_NONCONNECT was turned Off at 2026-03-0" in said
    assert build_profile(summarise(b"".join(halves(line, 48, 48))))["calls"]["attempts_unknown"] is None


SERVERS = [("cdr/a/1.txt", "cdr/b/1.txt", "cdr/b"), ("a-2026030200.txt", "b-2026030200.txt", "b-*.txt")]


@pytest.mark.parametrize(("every", "alone", "named"), SERVERS)
def test_one_of_two_servers_that_writes_answered_calls_alone_is_named(line, every, alone, named):
    meter = Meter()
    for server, answered_from in ((every, 48), (alone, 0)):
        read_content(meter, Stretch(server), b"".join(halves(line, 48, answered_from)))
    said = build_profile(meter.take())["calls"]["attempts_unknown"]
    assert said.startswith(f"the files in {named} hold answered calls alone, the others every attempt")


@pytest.mark.parametrize("failed", [0.015, 0.02, 0.03, 0.3])
def test_few_failed_attempts_are_not_a_switch(line, rng, failed):
    """Hours and files of which chance answers all are of one archive."""
    meter = Meter()
    for hour in range(30):
        starts = (BEGIN + timedelta(hours=hour, seconds=second) for second in range(0, 3600, 25))
        holds = zip(starts, rng.random(144) > failed, strict=True)
        lines = (record(line, at, at + timedelta(seconds=66 if good else 6), 60_000 * int(good)) for at, good in holds)
        read_content(meter, Stretch(f"cdr/{BEGIN + timedelta(hours=hour):%Y%m%d%H}.txt"), b"".join(lines))
    assert build_profile(meter.take())["calls"]["attempts_unknown"] is None


@pytest.mark.parametrize("calls", [1, 2, 40])
def test_a_handful_of_calls_can_be_planned_for(line, summarise, calls):
    starts = [BEGIN + timedelta(seconds=977 * i) for i in range(calls)]
    lines = [record(line, at, at + timedelta(seconds=3), 1000 * (i % 2)) for i, at in enumerate(starts)]
    found = size(Deployment(), profile=build_profile(summarise(b"".join(lines))))
    assert found.figures["traffic.peak_cps"].value >= 1 / 60


@pytest.mark.parametrize("growth", [1.5, 9.0, -0.8])
def test_growth_beyond_what_can_last_is_planned_with_as_far_as_can_be(line, summarise, growth):
    profile = build_profile(summarise(b"".join(hour_of(line, 0))))
    profile["assumptions"].append(
        {"name": "traffic.growth", "value": growth, "low": growth - 0.1, "high": growth + 0.1}
    )
    [taken] = [each for each in size(Deployment(), profile=profile).assumptions if each.name == "traffic.growth"]
    assert taken.range.typical == (1 if growth > 1 else -0.5)
