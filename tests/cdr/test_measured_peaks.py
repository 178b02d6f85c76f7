"""What a profile says of peaks, clocks, strays, switches and growth: the truth is known line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from statistics import NormalDist
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from planner.cdr.profile.days import Fit
from planner.cdr.profile.document import build_profile, profile_json
from planner.cdr.profile.peaks import (
    Around,
    clustered,
    day_peaks,
    find_trend,
    fit_attempts,
    highest_by_chance,
    measure_days,
    usual_scatter,
)
from planner.cdr.profile.rates import find_gaps
from planner.cdr.profile.times import Times
from planner.cdr.summary.summary import ENDS, STARTS, FileFacts, Summary
from planner.deployment import Deployment
from planner.output.cdr import render_table
from planner.sizing import size
from planner.sizing.result import ImpossibleInput

ORIGIN = datetime(2026, 3, 2)  # noqa: DTZ001  a Monday of the server's clock


@pytest.fixture
def rng():
    """Return draws that are the same in whatever order tests run."""
    return np.random.default_rng(20260426)


def run(*arguments):
    done = subprocess.run([sys.executable, "-m", "planner", *map(str, arguments)], capture_output=True, check=False)
    return done.returncode, done.stdout


def record(line, start, stop, hold_ms):
    fields = line.split(b"|")
    fields[2:5] = [str(start).encode(), str(stop).encode(), b"%d" % hold_ms]
    return b"|".join(fields)


def archive(line, calls):
    """Return the bytes of calls given as (seconds from ORIGIN, setup, hold), ordered by their end."""
    rows = sorted((start + setup + hold, start, hold) for start, setup, hold in calls)
    moments = ((ORIGIN + timedelta(seconds=s), ORIGIN + timedelta(seconds=e), h) for e, s, h in rows)
    return b"".join(record(line, s, e, h * 1000) + b"\n" for s, e, h in moments)


def named(profile):
    return {each["name"]: each for each in profile["assumptions"]}


def steady(hours, every=10, begin=0):
    """Yield a call every so many seconds; each second one fails."""
    for i, second in enumerate(range(begin, begin + hours * 3600, every)):
        yield second, 5, 60 * (i % 2)


def test_a_daily_surge_is_carried_into_the_profile(line, summarise):
    surges = [(day * 86400 + 36000 + i // 4, 5, 60) for day in range(3) for i in range(1200)]
    profile = build_profile(summarise(archive(line, [*steady(72), *surges])))
    peaks, found = profile["peaks"], named(profile)
    assert peaks["days"] == 3
    assert peaks["calls"]["max"] == profile["concurrency"]["attempts"]["peak"]
    assert abs(peaks["calls"]["p95"]["value"] / peaks["calls"]["max"] - 1) < 0.1
    assert peaks["cps_minute"]["max"] == pytest.approx(4.1, abs=0.01)
    cps, setup, asr, acd = (found[f"traffic.{name}"]["value"] for name in ("cps", "setup_time", "asr", "acd"))
    calls = found["traffic.peak_calls_ratio"]
    assert ceil(calls["value"] * cps * (setup + asr * acd)) == peaks["calls"]["p95"]["value"]
    # What the busy hour leaves uncertain is no part of it.
    assert calls["low"] <= calls["value"] <= calls["high"]
    assert calls["value"] > 5
    assert "scatter assumed (5.0% or so beside chance)" in calls["source"]
    for kind, over in (("minute", 60), ("second", 1)):
        ratio = found[f"traffic.peak_cps{'_second' * (over == 1)}_ratio"]["value"]
        assert ceil(ratio * cps * over) == pytest.approx(peaks[f"cps_{kind}"]["p95"]["value"] * over)
    # What the ratios are over goes with them; of a surge, chance makes but the scatter.
    beside = {name: found[f"traffic.{name}"]["value"] for name in ("peaks_at_erlangs", "peaks_at_cps")}
    assert beside == {"peaks_at_erlangs": pytest.approx(cps * (setup + asr * acd)), "peaks_at_cps": cps}
    assert found["traffic.peak_deviations"]["value"] == pytest.approx(1.645 * 0.76, abs=0.01)
    assert peaks["above_mean"]["minute"] > 5


def monday(day, hour):
    """Return 60 attempts an hour around the clock, and on Mondays 600 more within ten minutes."""
    return 60 + 600 * (day % 7 == 0 and hour == 10)


DAYS = {
    "mondays": (21, monday, 660, 1440 + 600 / 7),
    "four days": (4, monday, 660, 1440 + 600 / 4),
    "weekends": (14, lambda day, hour: (60 + 60 * (hour == 10)) * (0.5 if day % 7 > 4 else 1), 120, 1500 * 6 / 7),
    "holidays": (28, lambda day, hour: (40 + 20 * (hour == 10)) * (0.2 if day > 20 else 1), 60, 980),
    "growth": (35, lambda day, hour: 20 * 1.01**day * (1 + (hour == 10)), 40 * 1.01**34, 500 * 1.01**34),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_mean_day_of_today_fills_disks_and_the_busiest_hour_servers(line, summarise, name):
    days, hourly, busiest, mean = DAYS[name]
    calls = []
    for hour in range(24 * days):
        count = round(hourly(hour // 24, hour % 24))
        calls += [(hour * 3600 + int(i * (1 if count > 200 else 3600 / count)), 1, i % 2) for i in range(count)]
    profile = build_profile(summarise(archive(line, calls)))
    assert max(named(profile)["traffic.busy_hour_profile"]["value"]) * 3600 == pytest.approx(busiest, rel=0.02)
    planned = size(Deployment(), profile=profile)["traffic.attempts_per_day"].range.typical
    assert planned == pytest.approx(mean, rel=0.02)


PLANNED = """\
traffic: {cps: 0.05, asr: 50%, acd: 60s}
softswitch: {SS_MAXCPS: 3}
"""


@pytest.fixture
def surged(tmp_path, line, summarise):
    """Return a deployment file for a tenth of what was measured, and the profile's file."""
    surges = [(day * 86400 + 36000 + i // 4, 5, 60) for day in range(3) for i in range(1200)]
    profile = build_profile(summarise(archive(line, [*steady(72), *surges])))
    (tmp_path / "profile.json").write_text(profile_json(profile))
    (tmp_path / "plan.yaml").write_text(PLANNED)
    return tmp_path / "plan.yaml", tmp_path / "profile.json"


def test_what_was_measured_is_said_beside_what_is_planned(surged):
    plan, profile = surged
    document = json.loads(run("size", plan, "--profile", profile, "--format", "json")[1])
    measured = json.loads(profile.read_text())
    first = document["notes"][0]["text"]
    assert f"Measured: {measured['cps']['hour']['peak']:.4g} attempts per second in the busiest hour" in first
    assert f"{measured['concurrency']['attempts']['peak']} calls at once" in first
    assert "You plan for 0.05 per second" in first
    # A tenth of the calls is planned, and half of the attempts of the busiest second are let in.
    said = {each["rule"]: (each["severity"], each["basis"]) for each in document["findings"]}
    assert said["measured-calls-above-plan"] == ("warning", "measured")
    assert said["attempt-limit-below-measured"] == ("warning", "measured")


def test_validate_takes_the_measured_traffic(surged):
    plan, profile = surged
    code, output = run("validate", plan, "--profile", profile, "--format", "json", "--fail-on", "warning")
    found = {each["rule"]: each for each in json.loads(output)["findings"]}
    assert code == 1
    # What was measured tells more than what comes at random around the mean, and asks for more.
    assert found["attempt-limit-below-measured"]["line"] == 2
    assert "attempt-limit-below-traffic" not in found
    assert found["measured-calls-above-plan"]["line"] == 1
    high = json.loads(profile.read_text())["peaks"]["calls"]["p95"]["value"]
    assert f"{high:.0f} calls at once were measured" in found["measured-calls-above-plan"]["message"]
    assert json.loads(run("validate", plan, "--format", "json")[1])["findings"] == []


def test_a_plan_made_of_the_profile_is_below_nothing_that_was_measured(surged):
    _, profile = surged
    document = json.loads(run("size", "--profile", profile, "--codec", "g729", "--format", "json")[1])
    assert document["findings"] == []
    assert (
        document["figures"]["traffic.concurrent_calls_peak"]["value"]
        >= json.loads(profile.read_text())["concurrency"]["attempts"]["peak"]
    )


@pytest.mark.parametrize("wait", [2, 60, 590])
def test_a_call_tried_again_is_one_call_wherever_the_clock_stands(line, summarise, wait):
    rows = []
    for i in range(1500):
        number = b"1202555%05d" % i
        for start in (i * 7, i * 7 + wait) if i % 3 else (i * 7,):
            fields = record(line, ORIGIN + timedelta(seconds=start), ORIGIN + timedelta(seconds=start + 1), 0).split(
                b"|"
            )
            rows.append((start, b"|".join([number, *fields[1:]])))
    retries = build_profile(summarise(b"".join(row + b"\n" for _, row in sorted(rows))))["retries"]
    assert not retries["sampled"]
    assert (retries["calls"], retries["attempts"], retries["retried"]) == (1500, 2500, 1000)


def night(line, around, zone="Europe/Berlin"):
    """Return a flat day of calls as a server in a zone writes it, in the order in which they end."""

    def local(utc):
        return utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    begin = datetime.fromisoformat(around).astimezone(ZoneInfo("UTC")) - timedelta(hours=8)
    calls = [(begin + timedelta(seconds=second), 5 + 60 * (i % 2)) for i, second in enumerate(range(0, 57600, 2))]
    ended = sorted((start + timedelta(seconds=lasts), start, lasts) for start, lasts in calls)
    return b"".join(record(line, local(s), local(e), 1000 * (lasts - 5)) + b"\n" for e, s, lasts in ended)


def test_the_hour_a_clock_repeats_counts_in_no_peak(line, summarise):
    data = night(line, "2026-10-25T02:30:00+01:00")
    for zone, how in (("Europe/Berlin", "zone"), (None, "stop before start")):
        profile = build_profile(summarise(data), timezone=zone)
        assert profile["cps"]["hour"]["peak"] == pytest.approx(0.5)
        assert profile["concurrency"]["attempts"]["peak"] < 21
        assert named(profile)["traffic.cps"]["value"] == pytest.approx(0.5)
        clock = profile["clock"]
        assert [each["from"] for each in clock["repeated"]] == ["2026-10-25 02:00:00"]
        assert (clock["repeated"][0]["attempts"], clock["how"]) == (3600, how)
        assert profile["peaks"]["cps_minute"]["max"] == pytest.approx(0.5)


@pytest.mark.parametrize("zone", ["Antarctica/Troll", None])
def test_two_hours_that_a_clock_repeats_count_in_no_peak(line, summarise, zone):
    profile = build_profile(summarise(night(line, "2026-10-25T02:30:00+00:00", "Antarctica/Troll")), timezone=zone)
    assert [each["from"] for each in profile["clock"]["repeated"]] == ["2026-10-25 01:00:00", "2026-10-25 02:00:00"]
    assert profile["concurrency"]["attempts"]["peak"] < 21
    assert named(profile)["traffic.cps"]["value"] == pytest.approx(0.5)


@pytest.mark.parametrize("low", [(5, 6), (4, 5), (6,)])
def test_one_week_tells_weekends_from_working_days(low):
    days = range(739_676, 739_683)  # from a Monday on
    values = [(50 if day % 7 in low else 100) + day % 3 for day in days]
    found = Fit.of(days, values, trend=False).quantile(0.95)
    assert 101 < found.value < found.high < 125
    alike = Fit.of(days, [100 + day % 3 for day in days], trend=False)
    assert max(alike.groups) == 0


@pytest.mark.parametrize(("days", "high"), [(2, {1}), (7, {0}), (10, {3}), (7, {1, 4})])
def test_a_surge_on_one_weekday_is_no_scatter_of_all(rng, days, high):
    values = [(200 if day % 7 in high else 100) * np.exp(rng.normal(0, 0.02)) for day in range(days)]
    found = Fit.of(range(days), values, trend=False).quantile(0.95)
    assert 190 < found.value < found.high < 260


KINDS = {
    "every second day": lambda day: day % 2,
    "four of 56": lambda day: day % 14 == 5,
    "a part": lambda day: day % 9 < 3,
}


@pytest.mark.parametrize("name", KINDS)
def test_of_two_kinds_of_days_the_higher_decide(rng, name):
    level = np.array([1000 if KINDS[name](day) else 400 for day in range(56)]) * np.exp(rng.normal(0, 0.03, 56))
    found = Fit.of(range(56), level, trend=False, drift=NormalDist(0, 0.1 / 30.4375)).quantile(0.95)
    assert 960 < found.value < found.high < 1250


@pytest.mark.parametrize("rise", [1, 2])
def test_the_level_that_traffic_rose_to_is_what_is_planned_for(rng, rise):
    summary = Summary()
    for day in range(56):
        # A week of holidays, the fourth, is left again for the level of before: no rise.
        level = (rise if day >= 28 else 0.3 if day >= 21 and rise == 1 else 1) * 0.5
        start = np.repeat(np.arange(3600), rng.poisson(level, 3600)) + 63_881_568_000 + 86400 * day + 36000
        summary.seconds.add({STARTS: (start,), ENDS: (start + 60,)}, {})
    times = Times(summary)
    found = measure_days(times).peaks["calls"]["p95"]
    highest = [level for level, _ in times.days.calls.values()]
    assert found["high"] < 1.15 * max(highest)
    assert found["high"] > 0.95 * np.quantile(highest[28:], 0.95)


def test_growth_goes_on_through_a_last_week_of_holidays(rng):
    summary = Summary()
    for day in range(42):
        level = 3 * 1.01**day * (0.3 if day >= 35 else 1)
        start = np.repeat(np.arange(3600), rng.poisson(level, 3600)) + 63_881_568_000 + 86400 * day + 36000
        summary.seconds.add({STARTS: (start,), ENDS: (start + 60,)}, {})
    times = Times(summary)
    trend = {"shown": True, "change_points": []}
    usual = np.median([level for level, _ in times.days.calls.values()][28:35])
    # Ten days behind the middle of the last usual week.
    assert 1.06 * usual < day_peaks(times, fit_attempts(times, trend))["calls"]["p50"]["value"] < 1.13 * usual


@pytest.mark.parametrize("weekend", [1, 0.5])
@pytest.mark.parametrize("week", [0, 3, 7])
def test_a_week_of_holidays_is_no_scatter_of_the_others(rng, week, weekend):
    of_week = np.array([1, 1, 1, 1, 1, weekend, weekend])
    level = 100 * np.tile(of_week, 8) * np.exp(rng.normal(0, 0.03, 56))
    level[7 * week : 7 * week + 7] *= 0.2
    found = Fit.of(range(56), level, trend=False, drift=NormalDist(0, 0.1 / 30.4375)).quantile(0.95)
    assert 100 < found.value < found.high < 118


@pytest.mark.parametrize("days", [14, 21, 27])
def test_growth_that_days_are_too_few_to_show_is_carried_all_the_same(rng, days):
    scatter, grown = 0.04, 0.15 / 30.4375
    truth, found = 1000 * np.exp(1.6449 * scatter), []
    for _ in range(200):
        values = 1000 * np.exp(rng.normal(0, scatter, days) - grown * np.arange(days)[::-1])
        fit = Fit.of(range(days), values, trend=False, chances=[scatter] * days, drift=NormalDist(0, 0.1 / 30.4375))
        found.append(fit.quantile(0.95).high >= truth)
    assert np.mean(found) >= 0.88


@pytest.mark.parametrize(("load", "surge"), [(60, 0), (0.7, 0), (60, 60), (60, 300), (60, 1800)])
def test_the_scatter_of_a_days_highest_is_known_before_it_is_measured(rng, load, surge):
    hold, peaks = 60, []
    for _ in range(80):
        # Calls of some hours, or of minutes that stand far above them; Poisson arrivals, exponential times.
        seconds = surge or 6 * 3600
        start = rng.uniform(0, seconds, rng.poisson(load / hold * seconds))
        moments = np.bincount(start.astype(int), minlength=seconds)[:seconds]
        ended = (start + rng.exponential(hold, start.size)).astype(int)
        peaks.append(np.cumsum(moments - np.bincount(ended[ended < seconds], minlength=seconds)).max())
    around = Around((5.0 if surge else load) / hold, surge, surged=surge > 0)
    alike = usual_scatter(float(np.median(peaks)), around, hold)
    assert 0.75 < alike / np.std(np.log(peaks)) < 1.35


@pytest.mark.parametrize("again", [0.0, 0.3])
def test_attempts_that_come_together_are_counted_as_fewer(rng, again):
    summary = Summary()
    rate = np.repeat([0.2, 1.0, 3.0, 0.5], 21600)
    rate[36000:36300] *= 5
    start = np.repeat(np.arange(86400), rng.poisson(rate / (1 + again)))
    both = np.sort(np.concatenate((start, start[rng.random(start.size) < again] + 5))) + 63_881_568_000
    summary.seconds.add({STARTS: (both,), ENDS: (both + 60,)}, {})
    found = clustered(Times(summary))
    assert found["cps_minute"] == pytest.approx(1 + 2 * again / (1 + again), abs=0.15)
    assert (found["cps_second"], found["calls"]) == (1.0, 1.0)  # none was answered


def quiet(rng, days, rate, hold=60):
    """Return the sum of days of an hour each, of so many attempts a second by day."""
    summary = Summary()
    for day in range(days):
        start = np.repeat(np.arange(3600), rng.poisson(rate(day), 3600)) + 63_881_568_000 + 86400 * day + 36000
        summary.seconds.add({STARTS: (start,), ENDS: (start + hold,)}, {})
    return summary


def test_a_surge_of_few_calls_is_known_by_the_minutes_around_it():
    summary = Summary()
    surge = np.arange(36_000, 36_300, 2)
    start = np.sort(np.concatenate((np.arange(0, 86_400, 5), surge))) + 63_881_568_000
    summary.seconds.add({STARTS: (start,), ENDS: (start + 20,)}, {})
    peak = measure_days(Times(summary)).peaks["calls"]
    # By its load alone, chance would make half a call more of it.
    assert peak["p50"]["value"] + 0.5 == pytest.approx(peak["max"], rel=0.01)


def test_peaks_below_an_attempt_in_two_seconds_are_measured_as_they_are(rng):
    times = Times(quiet(rng, 14, lambda _: 0.05))
    peaks = measure_days(times).peaks
    for kind, each in (("cps_minute", times.days.minute), ("cps_hour", times.hours)):
        truth = np.median(list(each.values())) / {"cps_minute": 60, "cps_hour": 3600}[kind]
        assert peaks[kind]["p50"]["value"] == pytest.approx(truth, rel=0.12), kind


def test_peaks_of_few_calls_grow_as_attempts_do(rng):
    ratios = {1.0: [], 1.01: []}
    for growth, found in ratios.items():
        for _ in range(8):
            times = Times(quiet(rng, 20, lambda day, growth=growth: 4 * growth**day, hold=1))
            level = float(np.mean([high for high, _ in times.days.calls.values()]))
            found.append((measure_days(times).peaks["calls"]["p50"]["value"] + 0.5) / level)
    # The last day is 9.5 days behind the middle, and such growth is held for unlikely: calls alone show 2 %.
    assert 1.045 < np.mean(ratios[1.01]) / np.mean(ratios[1.0]) < 1.1


def test_the_scatter_of_attempts_tells_that_of_peaks(rng):
    peaks = [20, 21, 22, 20.5]
    spread = []
    for scatter in (0.01, 0.1):
        days = Fit.of(range(14), 1e5 * np.exp(rng.normal(0, scatter, 14)), trend=False)
        fit = Fit.of(range(4), peaks, trend=False, chances=[0.06] * 4)
        found = replace(fit, attempts=days.scatters()).quantile(0.95)
        spread.append(found.high)
    assert spread[1] > 1.03 * spread[0]


def test_weekdays_that_were_not_seen_are_as_those_that_were():
    found = Fit.of([0, 1], [100, 200], trend=False)
    assert found.quantile(0.4).value < 120
    assert found.quantile(0.6).value > 180


def test_a_weekday_of_surges_stays_apart_though_chance_moves_surges_more():
    values = [9, 8, 10, 9, 13, 9, 9, 8, 10, 9, 9, 16, 8, 9, 9, 9, 10, 8, 14, 9, 9]
    chances = [0.2 if day % 7 == 4 else 0.09 for day in range(21)]
    found = Fit.of(range(21), values, trend=False, chances=chances)
    assert max(found.groups) == 1
    assert found.groups[4] == 1
    assert found.kept.size == 21


def test_growth_is_known_from_before_a_last_week_of_holidays(rng):
    values = 60_000 * np.exp(0.2 / 30.4375 * np.arange(35) + rng.normal(0, 0.03, 35))
    values[28:] *= 0.3
    growth = find_trend(Fake(values))["growth_per_month"]
    assert growth["low"] < np.expm1(0.2) < growth["high"] < 0.5


def test_bounds_of_peaks_are_whole_counts(rng):
    peaks = build_profile(quiet(rng, 3, lambda _: 0.3))["peaks"]
    for kind, over in (("calls", 1), ("cps_minute", 60), ("cps_second", 1), ("cps_hour", 3600)):
        for each in ("low", "value", "high"):
            assert peaks[kind]["p95"][each] * over == pytest.approx(round(peaks[kind]["p95"][each] * over), abs=1e-6)


BUSY = {
    "flat": [3.0] * 24,
    "one hour": [5.0] * 10 + [40.0] + [5.0] * 13,
    "working day": [0.3] * 9 + [12.0] * 9 + [2.0] * 6,
}


@pytest.mark.parametrize("steady", [True, False])
@pytest.mark.parametrize("name", BUSY)
def test_the_loads_of_hours_tell_what_chance_makes_of_a_day(rng, name, steady):
    hold, loads, peaks = 60, np.array(BUSY[name]), []
    for _ in range(60):
        start = np.repeat(np.arange(86400), rng.poisson(np.repeat(loads / hold, 3600)))
        end = start + (hold if steady else np.ceil(rng.exponential(hold, start.size)).astype(int))
        moments = np.bincount(start, minlength=90000)[:90000] - np.bincount(end[end < 90000], minlength=90000)
        peaks.append(np.cumsum(moments).max())
    for share in (0.5, 0.8413):
        found = highest_by_chance(loads[None, :], hold, share)
        assert found[0] == pytest.approx(np.quantile(peaks, share), rel=0.08)


def test_one_day_is_known_by_its_hours_as_much_as_by_its_peak(rng):
    """Of days alike the plan differs less than their peaks do."""
    peaks, highs = [], []
    for _ in range(12):
        summary = Summary()
        start = np.repeat(np.arange(14400), rng.poisson(0.2, 14400)) + 63_881_568_000
        end = start + np.ceil(rng.exponential(60, start.size)).astype(int)
        summary.seconds.add({STARTS: (start,), ENDS: (end,)}, {})
        found = measure_days(Times(summary)).peaks["calls"]
        peaks.append(found["max"])
        highs.append(found["p95"]["high"])
    assert np.std(np.log(highs)) < 0.75 * np.std(np.log(peaks))


FORWARD = [
    ("Europe/Berlin", "2026-03-29T02:30:00+02:00", "2026-03-29 02:00:00"),
    ("America/Santiago", "2026-09-06T00:30:00-03:00", "2026-09-06 00:00:00"),
    ("Africa/Casablanca", "2026-03-22T03:30:00+01:00", "2026-03-22 02:00:00"),
    ("Australia/Lord_Howe", "2026-10-04T02:40:00+11:00", "2026-10-04 02:00:00"),
]


@pytest.mark.parametrize(("zone", "around", "skipped"), FORWARD, ids=[zone for zone, *_ in FORWARD])
def test_the_hour_a_clock_skips_is_no_gap_and_lengthens_no_call(line, summarise, zone, around, skipped):
    data = night(line, around, zone)
    profile = build_profile(summarise(data), timezone=zone)
    assert profile["gaps"]["without_record"]["hours"] == 0
    assert named(profile)["traffic.setup_time"]["value"] == pytest.approx(5, abs=0.02)
    assert [each["from"] for each in profile["clock"]["skipped"]] == [skipped]
    assert profile["concurrency"]["attempts"]["mean"] == pytest.approx(17.5, rel=0.02)


SKIPPED = int((ORIGIN.replace(month=9, day=6, hour=0) - ORIGIN.min).total_seconds()) // 3600
MISSING = [
    (["2026090523", "2026090601", "2026090602"], 0),
    (["202609052330", "202609052345", "202609060100", "202609060115"], 0),
    (["2026090523", "2026090601", "2026090603"], 1),
    (["2026090400", "2026090500", "2026090600", "2026090800"], 24),
]


@pytest.mark.parametrize(("names", "hours"), MISSING)
def test_no_file_is_missing_where_the_clock_skips_the_hour(names, hours):
    day = FileFacts(first_stop=0, last_stop=86_399)
    gaps = find_gaps(set(), {f"{name}.txt": day if hours == 24 else FileFacts() for name in names}, [SKIPPED])
    assert gaps["without_file"]["hours"] == hours


@pytest.mark.parametrize(
    "stray", [("2026-02-01 00:00:00", "2026-03-03 12:00:00", 0), ("9999-12-31 23:59:58", "9999-12-31 23:59:59", 0)]
)
def test_one_stray_line_moves_nothing(line, summarise, stray):
    data = archive(line, steady(48, every=2))
    sound = build_profile(summarise(data))
    for zone in (None, "Asia/Dhaka"):
        profile = build_profile(summarise(data + record(line, *stray) + b"\n"), timezone=zone)
        for name, entry in named(sound).items():
            if name != "traffic.busy_hour_profile":
                # An attempt that lasts for days is one more in progress, of twenty.
                off = 0.06 if name == "traffic.peak_calls_ratio" else 1e-3
                assert named(profile)[name]["value"] == pytest.approx(entry["value"], rel=off), name
        assert profile["span"]["seconds"] == sound["span"]["seconds"]
        assert profile["gaps"]["without_record"]["hours"] == 0
        assert profile["clock"]["strays"] == 1
    if stray[0] < "9":
        assert profile["suspicious"]["counts"]["implausible_duration"] == 1
        assert profile["suspicious"]["examples"]["implausible_duration"][0]["line"] == 86401
        assert profile["calls"]["moved_by_largest"]["setup_time"] > 10


@pytest.mark.parametrize("failed", [0, 1, 30])
def test_a_few_failed_records_make_no_archive_of_every_attempt(line, summarise, failed):
    calls = [(second, 5, 60) for second in range(0, 7200, 2)] + [(i * 100, 5, 0) for i in range(failed)]
    profile = build_profile(summarise(archive(line, calls)))
    assert profile["calls"]["answered_only"]
    assert set(named(profile)) == {"traffic.acd", "cdr.line_bytes"}
    assert f"{failed} of {3600 + failed:,} records failed" in profile["calls"]["attempts_unknown"]
    with pytest.raises(ImpossibleInput, match=f"SS_CDR_RECORD_NONCONNECT Off: {failed} of"):
        size(Deployment(), profile=profile)


def test_calls_that_all_fail_but_few_are_an_archive_of_every_attempt(line, summarise):
    calls = [(second, 5, 60 * (second % 20 == 0)) for second in range(0, 7200, 2)]
    profile = build_profile(summarise(archive(line, calls)))
    assert profile["calls"]["attempts_unknown"] is None
    assert named(profile)["traffic.asr"]["value"] == pytest.approx(0.1, abs=0.001)


def test_a_switch_turned_midway_is_seen(line, summarise):
    before = [(second, 5, 60) for second in range(0, 7200, 4)]
    profile = build_profile(summarise(archive(line, [*before, *steady(2, every=2, begin=7200)])))
    said = profile["calls"]["attempts_unknown"]
    assert "SS_CDR_RECORD_NONCONNECT was turned On at 2026-03-02 02:00:00" in said
    assert "2 of 4 hours" in said
    assert "traffic.cps" not in named(profile)


class Fake:
    """Times of which only the days are known."""

    def __init__(self, attempts):
        self.days = self
        self.attempts = dict(enumerate(attempts))
        self.clock = type("Clock", (), {"window": (0, len(attempts) * 86400)})

    def whole(self, _):
        return sorted(self.attempts)


WEEK = np.array([1.0, 1.05, 1.1, 1.05, 1.2, 0.6, 0.4])


def days_of(weeks, monthly, rng, scatter=0.03):
    at = np.arange(7 * weeks)
    return 1e5 * (1 + monthly) ** (at / 30.4375) * WEEK[at % 7] * np.exp(rng.normal(0, scatter, at.size))


def test_growth_is_found_with_an_interval_that_holds(rng):
    inside = [find_trend(Fake(days_of(8, 0.4, rng)))["growth_per_month"] for _ in range(100)]
    assert 88 <= sum(each["low"] <= 0.4 <= each["high"] for each in inside) <= 100
    assert np.median([each["high"] - each["low"] for each in inside]) < 0.1
    weekday = find_trend(Fake(days_of(8, 0.4, rng)))["weekday"]
    assert weekday == pytest.approx(WEEK / WEEK.mean(), rel=0.1)


def test_the_days_of_the_week_are_shown_by_their_names(line, summarise):
    of_day = [40, 44, 48, 44, 52, 24, 16]
    calls = [(day * 86400 + 36000 + 60 * i, 5, 60) for day in range(29) for i in range(of_day[day % 7])]
    profile = build_profile(summarise(archive(line, [*calls, (29 * 86400 - 1, 1, 0), (0, 1, 0)])))
    assert profile["trend"]["weekday"] == pytest.approx([7 * n / sum(of_day) for n in of_day], rel=0.05)
    [shown] = [each for each in render_table(profile, width=300).splitlines() if each.startswith("days of the week")]
    named = ", ".join(
        f"{day} {factor:.2f}"
        for day, factor in zip(
            ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), profile["trend"]["weekday"], strict=True
        )
    )
    assert shown.split(maxsplit=4)[4] == f"{named} of a mean day"


def test_steady_traffic_shows_no_growth(rng):
    shown = [find_trend(Fake(days_of(8, 0.0, rng)))["shown"] for _ in range(100)]
    assert sum(shown) <= 12
    assert find_trend(Fake(days_of(3, 0.4, rng))) is None


def test_a_step_is_a_change_and_no_growth(rng):
    values = days_of(8, 0.0, rng)
    values[30:] *= 1.6
    trend = find_trend(Fake(values))
    assert [each["at"] for each in trend["change_points"]] == ["0001-01-31 00:00:00"]
    assert not trend["shown"]
    assert not find_trend(Fake(days_of(8, 0.4, rng)))["change_points"]


@pytest.mark.parametrize(
    ("days", "scatter"), [(1, 0.04), (3, 0.04), (7, 0.04), (7, 0.08), (14, 0.04), (14, 0.08), (28, 0.04), (56, 0.1)]
)
def test_the_peak_of_a_high_day_lies_in_its_interval(rng, days, scatter):
    level = 1000.0
    truth = level * np.exp(1.6449 * scatter)
    fits = [
        replace(fit, attempts=fit.scatters()).quantile(0.95)
        for fit in (Fit.of(range(days), level * np.exp(rng.normal(0, scatter, days)), trend=False) for _ in range(200))
    ]
    assert np.mean([fit.high >= truth for fit in fits]) >= (0.92 if scatter < 0.08 else 0.87)
    assert np.mean([fit.low <= truth for fit in fits]) >= 0.92
    assert np.mean([fit.high < 1.25 * truth for fit in fits]) >= 0.8
