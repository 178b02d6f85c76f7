"""Samples of a law of times, in whole milliseconds."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import exp, expm1, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.workload import MILLISECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.workload import Law


_EXACT = 1e-9
_DOUBLINGS = 40


def cut_mean(law: Law, longest: float) -> float:
    """Return the mean (s) of a law whose times beyond `longest` s are cut to that."""
    mean, spread = law.mean, law.spread
    if law.shape == "exponential":
        return mean * -expm1(-longest / mean)
    if law.shape == "lognormal" and spread > 0:
        normal, centre = NormalDist(), (log(longest / mean) + spread**2 / 2) / spread
        return mean * normal.cdf(centre - spread) + longest * normal.cdf(-centre)
    return min(mean, longest)


@lru_cache(maxsize=64)
def before_cut(law: Law, longest: float) -> Law:
    """Return the law that has the mean asked for once its times are cut at `longest` s.

    Where the longest time leaves no such law, as for a mean close to it, the nearest is taken.
    """
    if law.mean == 0 or cut_mean(law, longest) >= law.mean * (1 - _EXACT):
        return law
    low, high = law.mean, law.mean * 2.0**_DOUBLINGS
    for _ in range(2 * _DOUBLINGS):
        middle = sqrt(low * high)
        short = cut_mean(replace(law, mean=middle), longest) < law.mean
        low, high = (middle, high) if short else (low, middle)
    return replace(law, mean=high)


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
