"""How sure a measured number is: intervals at the confidence the settings state."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from planner.cdr.settings import setting

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured value with the bounds of its confidence interval, and the method in words."""

    value: float
    low: float
    high: float
    method: str


def quantile(comparisons: int = 1) -> float:
    """Return how many standard errors the interval reaches; more for the largest of several."""
    miss = (1 - setting("confidence")) / (2 * comparisons)
    return NormalDist().inv_cdf(1 - miss)


def _words(method: str) -> str:
    return f"{setting('confidence'):.1%} confidence, {method}"


def share(successes: int, trials: int) -> Interval:
    """Return a share with its Wilson score interval (E. B. Wilson, 1927)."""
    z = quantile()
    value = successes / trials
    centre = (value + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(value * (1 - value) / trials + z * z / (4 * trials * trials))
    low, high = min(centre - half, value), max(centre + half, value)
    return Interval(value, max(low, 0.0), min(high, 1.0), _words("Wilson score interval"))


def ratio(parts: Integers, wholes: Integers) -> Interval:
    """Return what `parts` are of `wholes` together, each pair being one of a sample, with its interval.

    The error is that of a ratio estimator: samples vary in both numbers (W. G. Cochran, 1977, section 2.11).
    """
    whole = float(wholes.sum())
    value = float(parts.sum()) / whole
    spread = sqrt(float(((parts - value * wholes) ** 2).sum())) / whole
    half = quantile() * spread
    # None seen among so many does not say that there are none.
    high = max(value + half, share(0, wholes.size).high)
    return Interval(value, max(value - half, 0.0), min(high, 1.0), _words("ratio estimator"))


def mean(value: float, deviation: float, samples: int) -> Interval:
    """Return a mean with its normal interval."""
    half = quantile() * deviation / sqrt(samples)
    return Interval(value, max(value - half, 0.0), value + half, _words("normal interval of the mean"))


def busiest_rate(count: int, seconds: int, error: float, choices: int) -> Interval:
    """Return the rate of the busiest of `choices` periods; `error` is the standard error of its count.

    The busiest of many equal periods is above their mean by chance alone, so the interval covers all of them
    together (Bonferroni).
    """
    half = quantile(choices) * error / seconds
    value = count / seconds
    return Interval(value, max(value - half, 0.0), value + half, _words(f"busiest of {choices}, Bonferroni"))
