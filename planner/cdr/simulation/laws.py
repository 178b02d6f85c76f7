"""Samples of a law of times, in whole milliseconds."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.workload import MILLISECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.workload import Law


def sample(law: Law, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return `count` times (ms) with the law's mean.

    A log-normal law of mean m and spread s has the median m / exp(s^2 / 2).
    """
    mean = law.mean * MILLISECONDS
    if law.shape == "deterministic" or mean == 0:
        return np.full(count, round(mean), dtype=np.int64)
    if law.shape == "exponential":
        times = rng.exponential(mean, count)
    else:
        times = rng.lognormal(log(mean / exp(law.spread**2 / 2)), law.spread, count)
    # Beyond a year the caller's limit cuts anyway; above 2^63 the conversion would wrap.
    return np.rint(np.minimum(times, 3.2e10)).astype(np.int64)
