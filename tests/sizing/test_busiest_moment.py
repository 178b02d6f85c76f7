"""Simulated busy hours against the figure for their highest concurrency."""

from __future__ import annotations

import numpy as np
import pytest

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
