"""What a measurement may differ by from a true prediction: bounds that hold as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from planner.cdr.comparison import compare, covered_seconds, declared_by, highest_level, rate_interval
from planner.cdr.engine.local import run_here
from planner.cdr.engine.run import measure
from planner.cdr.profile.assumptions import _cps
from planner.cdr.profile.document import build_profile
from planner.cdr.profile.rates import Hours
from planner.cdr.simulation.options import Options, read_workload
from planner.cdr.simulation.writer import simulate
from planner.cdr.sources import find_sources
from planner.deployment import Deployment
from planner.sizing import size
from planner.sizing.result import as_document


def highest_of_an_hour(rng, rate, draw):
    """Return the highest number of calls in progress in an hour of settled Poisson traffic."""
    count = rng.poisson(rate * 7200)
    begin = rng.uniform(-3600, 3600, count)
    end = begin + draw(count)
    moments = np.concatenate((begin, end))
    steps = np.repeat([1, -1], count)[np.argsort(moments)]
    levels = np.cumsum(steps)
    return int(levels[np.searchsorted(np.sort(moments), 0) :].max())


@pytest.mark.parametrize("law", ["exponential", "deterministic", "mixed"])
def test_the_highest_level_of_an_hour_is_met_as_often_as_said(rng, law):
    draw = {
        "exponential": lambda n: rng.exponential(30, n),
        "deterministic": lambda n: np.full(n, 30.0),
        "mixed": lambda n: np.where(rng.random(n) < 0.4, rng.exponential(60, n), 6.0) * 30 / 27.6,
    }[law]
    highest = np.array([highest_of_an_hour(rng, 8, draw) for _ in range(80)])
    below = {chance: float(np.mean(highest <= highest_level(240, 120, chance))) for chance in (0.1, 0.5, 0.9)}
    # The formula is a limit for high levels: at an hour's it errs to the safe side.
    assert all(-0.15 < share - chance < 0.3 for chance, share in below.items()), below
    assert highest.max() < highest_level(240, 120, 0.9999)
    assert highest.min() > highest_level(240, 120, 0.0001)


@pytest.mark.parametrize("shape", [[1.0] + 23 * [0.4], 8 * [1.0] + 16 * [0.5]], ids=["one hour", "eight alike"])
def test_the_interval_of_the_busiest_hour_holds_its_rate_as_often_as_it_says(shape):
    rng, rates, held = np.random.default_rng(7), 2 * np.tile(shape, 7), []
    for _ in range(600):
        counts = dict(enumerate(rng.poisson(rates * 3600).tolist()))
        told = _cps(Hours(counts, {}, {}, {}), {}, 7 * 86400)
        held.append(told["low"] <= 2 <= told["high"])
    assert 0.93 <= np.mean(held) <= 0.99


def test_a_longer_time_and_a_higher_chance_reach_higher():
    levels = [highest_level(100, periods, chance) for periods in (1, 10, 100) for chance in (0.1, 0.5, 0.9)]
    assert levels[0] < levels[4] < levels[8]
    assert highest_level(100, 100, 0.1) < highest_level(100, 100, 0.9)
    assert highest_level(0.0, 10, 0.5) >= 0


WORKLOADS = {
    "an hour and a half": {"cps": 6, "hours": 1.5},
    "five minutes": {"cps": 10, "hours": 1 / 12},
    "across two clock hours": {"cps": 5, "hours": 1, "start": "2026-04-26 10:30:00"},
    "calls as long as a quarter of the archive": {"cps": 1.5, "hours": 1, "acd": "15m"},
    "log-normal calls cut at the longest": {"cps": 3, "hours": 1, "acd": "5m", "hold_law": "lognormal:1.5"},
}


def profile_of(folder, **options):
    workload = read_workload(Options(seed=17, damage=("all=0.1%",), **options))
    simulate(workload, folder, 1)
    return build_profile(measure(find_sources([str(folder)])[0], run=run_here).summary), workload


@pytest.mark.parametrize("name", WORKLOADS)
def test_a_simulated_workload_is_recovered_and_the_backtest_says_so(tmp_path, name):
    profile, workload = profile_of(tmp_path, **WORKLOADS[name])
    known = {"traffic.cps": workload.traffic.cps, "traffic.asr": 0.4, "traffic.setup_time": 6}
    known["traffic.acd"] = workload.timing.hold.mean
    found = {each["name"]: each for each in profile["assumptions"]}
    assert [n for n, value in known.items() if not found[n]["low"] <= value <= found[n]["high"]] == []
    sizing = size(Deployment().override(declared_by(profile)), profile=profile)
    compared = compare(profile, as_document(sizing)["figures"])
    assert [(each.figure, each.low, each.measured, each.high) for each in compared if each.within is False] == []
    assert {"traffic.concurrent_calls_peak", "cdr.bytes_per_day"} <= {each.figure for each in compared}


def test_a_surge_that_was_measured_is_planned_and_told(tmp_path):
    profile, _ = profile_of(tmp_path, cps=2, hours=1, bursts=("00:30,2m,30",))
    sizing = size(Deployment().override(declared_by(profile)), profile=profile)
    rows = {each.figure: each for each in compare(profile, as_document(sizing)["figures"])}
    peak, load = rows["traffic.concurrent_calls_peak"], rows["traffic.offered_erlangs"]
    assert peak.predicted >= peak.measured > 5 * load.predicted


def test_the_busy_hour_counts_by_what_the_archive_covers():
    span = {"from": "2026-04-26 10:30:00", "until": "2026-04-26 11:10:00"}
    busy = {"from": "2026-04-26 10:00:00", "until": "2026-04-26 11:00:00"}
    assert covered_seconds({"span": span, "busy_hour": busy}) == 1800
    assert rate_interval({"assumptions": []}) == (1.0, 1.0)
