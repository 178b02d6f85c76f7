"""When attempts arrive: a Poisson process whose rate follows the hour of the day and daily bursts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.clock import to_seconds
from planner.cdr.simulation.workload import DAY, HOUR, MILLISECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.workload import Traffic


def rates(traffic: Traffic, first: int, seconds: int) -> NDArray[np.float64]:
    """Return the expected attempts of each second from `first` (s since 1970, local)."""
    instants = first + np.arange(seconds)
    of_day = instants % DAY
    start = to_seconds(traffic.start)
    open_lines = (instants >= start) & (instants < start + traffic.seconds)
    rate = np.where(open_lines, traffic.cps * np.asarray(traffic.diurnal)[of_day // HOUR], 0.0)
    for burst in traffic.bursts:
        # A burst may run past midnight.
        rate = np.where((of_day - burst.at) % DAY < burst.length, rate * burst.factor, rate)
    return rate


def arrivals(traffic: Traffic, first: int, seconds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the arrival times of `seconds` seconds from `first`, ascending (ms since 1970, local)."""
    counts = rng.poisson(rates(traffic, first, seconds))
    whole = np.repeat((first + np.arange(seconds)) * MILLISECONDS, counts)
    times = whole + rng.integers(0, MILLISECONDS, whole.size)
    times.sort()
    return times
