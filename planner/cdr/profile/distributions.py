"""Distributions of hold times, setup times, PDD and line lengths; and which law the hold times follow."""

from __future__ import annotations

from math import erf, exp, log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.profile.ranks import mean_and_deviation, ranks

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from planner.cdr.summary.histogram import Histogram

    Integers = npt.NDArray[np.int64]

_FEWEST = 30
"""Calls below which no law can be told from another."""


def describe(histogram: Histogram, unit: str) -> dict[str, Any] | None:
    """Return samples, mean, deviation, extremes and percentiles; None where nothing was counted."""
    values, counts = histogram.counted()
    if not values.size:
        return None
    mean, deviation = mean_and_deviation(values, counts)
    extremes = {"min": int(values[0]), "max": int(values[-1])}
    samples = int(counts.sum())
    return {"unit": unit, "samples": samples, "mean": mean, "deviation": deviation, **extremes, **ranks(values, counts)}


def bins(histogram: Histogram, most: int = 40) -> list[list[int]]:
    """Return up to `most` [from, until, count] rows of equal width over the usual values, one beyond."""
    values, counts = histogram.counted()
    if not values.size:
        return []
    usual = ranks(values, counts, ("p99",))["p99"]
    width = max(1, -(-(usual + 1) // most))
    places = np.minimum(values // width, usual // width + 1)
    summed = np.bincount(places, counts).astype(np.int64).tolist()
    last = int(values[-1]) + 1
    rows = [[i * width, (i + 1) * width, count] for i, count in enumerate(summed)]
    rows[-1][1] = max(last, rows[-1][0] + 1)
    return rows


def _distance(values: Integers, counts: Integers, law: Callable[[float], float]) -> float:
    """Return the largest gap between the measured share of calls up to each second, and the law's."""
    measured = (np.cumsum(counts) / counts.sum()).tolist()
    gaps = (abs(share - law(second)) for second, share in zip(values.tolist(), measured, strict=True))
    return float(max(gaps))


def _moments_of_logs(values: Integers, counts: Integers) -> tuple[float, float]:
    """Return mean and deviation of ln(hold); a call of n seconds lasted half a second less on average."""
    logs = np.log(values - 0.5)
    mean = float((logs * counts).sum() / counts.sum())
    return mean, sqrt(float(((logs - mean) ** 2 * counts).sum() / counts.sum()))


def _lognormal(mu: float, sigma: float) -> Callable[[float], float]:
    return lambda second: 0.5 * (1 + erf((log(second) - mu) / (max(sigma, 1e-9) * sqrt(2))))


_MEANING = {
    "exponential": "the plan's formulas hold as they are: the mean hold time tells everything",
    "lognormal": "many short and a few very long calls; Erlang B needs only the mean, but averages of short "
    "periods scatter more than the plan's, and the longest calls decide how long a server takes to drain",
}


def fit_hold_times(histogram: Histogram, mean_s: float) -> dict[str, Any] | None:
    """Return both laws with their distance from the measured hold times, and the closer one.

    The distance is Kolmogorov-Smirnov's: the largest gap between the shares of calls up to any second. Hold
    times are known to the started second; `mean_s` is the exact mean.
    """
    values, counts = histogram.counted()
    if not values.size or int(counts.sum()) < _FEWEST:
        return None
    mu, sigma = _moments_of_logs(values, counts)
    laws = {
        "exponential": {"mean": mean_s, "distance": _distance(values, counts, lambda s: 1 - exp(-s / mean_s))},
        "lognormal": {"mu": mu, "sigma": sigma, "distance": _distance(values, counts, _lognormal(mu, sigma))},
    }
    closer = min(laws, key=lambda law: laws[law]["distance"])
    return {**laws, "closer": closer, "meaning": _MEANING[closer]}
