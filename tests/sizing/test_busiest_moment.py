"""Simulated busy hours against the figure for their highest concurrency."""

from __future__ import annotations

import numpy as np
import pytest

from planner import Deployment, size
from planner.sizing.functions import busiest

HOUR, RUNS = 3600.0, 200
# 99.9 % of 200 fair coins fall within this share of half of them.
MARGIN = 0.12


def highest(random, cps, durations):
    """Return the highest concurrency of an hour that calls ran into before it began."""
    warm_up = 12 * durations.mean()
    count = random.poisson(cps * (HOUR + warm_up))
    begin = random.uniform(-warm_up, HOUR, count)
    end = begin + random.choice(durations, count)
    times = np.concatenate((begin, end))
    change = np.repeat((1, -1), count)
    order = np.argsort(times)
    level = np.cumsum(change[order])
    inside = (times[order] >= 0) & (times[order] < HOUR)
    return level[inside].max()


@pytest.mark.parametrize(("mean", "hold"), [(30, 20), (300, 60), (900, 36)])
@pytest.mark.parametrize("law", ["exponential", "fixed"])
def test_half_of_the_busy_hours_stay_below_their_busiest_moment(mean, hold, law):
    random = np.random.default_rng(7)
    durations = random.exponential(hold, 100_000) if law == "exponential" else np.full(1, float(hold))
    peaks = np.array([highest(random, mean / hold, durations) for _ in range(RUNS)])
    expected = busiest(mean, hold, 0.5)
    # A level is a whole number: half of the hours lie between those strictly below and those at most at it.
    assert np.mean(peaks < expected - 1) <= 0.5 + MARGIN
    assert np.mean(peaks <= expected + 1) >= 0.5 - MARGIN
    assert abs(np.median(peaks) / expected - 1) < 0.02


@pytest.mark.parametrize(("cps", "hold"), [(0.8, 30), (3, 30), (3, 90)])
def test_peaks_measured_at_a_tenth_of_the_load_carry_the_whole_and_little_more(cps, hold):
    """The ratio alone was a quarter to a half too many: chance lifts a large load less, as a share of it."""
    random = np.random.default_rng(2)
    durations = random.exponential(hold, 100_000)
    measured, truth = (np.quantile([highest(random, rate, durations) for _ in range(60)], 0.95)
                       for rate in (cps, 10 * cps))  # fmt: skip
    known = {
        "traffic.peak_calls_ratio": measured / (cps * hold),
        "traffic.peaks_at_erlangs": cps * hold,
        "traffic.peak_deviations": 3.2 + 1.645 * 0.42,
        "traffic.setup_time": 0,
        "traffic.asr": 1,
        "traffic.acd": hold,
    }
    own, whole = (size(Deployment().override({**known, "traffic.cps": each})) for each in (cps, 10 * cps))
    assert own.value("traffic.concurrent_calls_peak") == np.ceil(measured - 1e-6)
    assert 0.96 < whole.value("traffic.concurrent_calls_peak") / truth < 1.06
    assert known["traffic.peak_calls_ratio"] * 10 * cps * hold > 1.1 * truth
