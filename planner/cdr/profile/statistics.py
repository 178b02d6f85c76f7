"""Seconds of the server's local clock as people write them, and the other way round where a zone is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.format import setting

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


_EPOCH = datetime(1, 1, 1)  # noqa: DTZ001  the file's clock has no zone
_LAST = int((datetime.max - _EPOCH).total_seconds())  # noqa: DTZ901  the same


def written(second: int) -> str:
    """Return `YYYY-MM-DD HH:MM:SS` of a second counted from 0001-01-01, within the years 1 to 9999."""
    return (_EPOCH + timedelta(seconds=min(max(second, 0), _LAST))).isoformat(" ")


def written_range(begin: int, end: int) -> dict[str, str]:
    """Return both ends of [begin, end) as written."""
    return {"from": written(begin), "until": written(end)}


def in_zone(text: str, zone: str) -> str:
    """Return a written local time as an ISO instant of a zone, the earlier one where the clock repeats."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only where a zone was given

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()


# Percentiles of counted values: the smallest value that at least that share of all does not exceed.

PERCENTILES = {"p1": 10, "p5": 50, "p25": 250, "p50": 500, "p75": 750, "p90": 900, "p95": 950, "p99": 990, "p999": 999}
"""Names of percentiles, in thousandths."""


def rank(values: Integers, counts: Integers, thousandths: int) -> int:
    """Return the percentile of values that occur `counts` times, ascending."""
    total = int(counts.sum())
    needed = ceil(total * thousandths / 1000) if total < 1 << 40 else -(-total * thousandths // 1000)
    return int(values[np.searchsorted(np.cumsum(counts), max(needed, 1))])


def ranks(values: Integers, counts: Integers, names: tuple[str, ...] = tuple(PERCENTILES)) -> dict[str, int]:
    """Return the named percentiles."""
    return {name: rank(values, counts, PERCENTILES[name]) for name in names}


def usual(values: Integers, counts: Integers, most: int | None) -> tuple[Integers, Integers]:
    """Return the values up to what is plausible, and how often each occurred."""
    kept = slice(0, None if most is None else int(np.searchsorted(values, most, side="right")))
    return values[kept], counts[kept]


def moved_by_largest(values: Integers, counts: Integers) -> float:
    """Return by how much the mean would fall without the largest values, of the share that the settings state."""
    total = int(counts.sum())
    left = int(total * setting("largest_share"))
    if not 0 < left < total:
        return 0.0
    larger = np.cumsum(counts[::-1])[::-1] - counts
    kept = counts - np.clip(left - larger, 0, counts)
    return float((values * counts).sum() / total - (values * kept).sum() / kept.sum())


def mean_and_deviation(values: Integers, counts: Integers) -> tuple[float, float]:
    """Return mean and standard deviation of counted values, from exact sums."""
    total = int(counts.sum())
    first = sum(v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    second = sum(v * v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    variance = (second * total - first * first) / (total * total)
    return first / total, max(variance, 0.0) ** 0.5


# How sure a measured number is: intervals at the confidence the settings state.


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured value with the bounds of its confidence interval, and the method in words."""

    value: float
    low: float
    high: float
    method: str


def quantile(comparisons: int = 1, confidence: str = "confidence") -> float:
    """Return how many standard errors the interval reaches; more for the largest of several."""
    miss = (1 - setting(confidence)) / (2 * comparisons)
    return NormalDist().inv_cdf(1 - miss)


def student(degrees: int) -> float:
    """Return the same where the standard error is itself known from few degrees of freedom (Cornish-Fisher)."""
    z = quantile()
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3


def in_words(method: str) -> str:
    """Return a method with the confidence of its interval."""
    return f"{setting('confidence'):.1%} confidence, {method}"


def share(successes: int, trials: int) -> Interval:
    """Return a share with its Wilson score interval (E. B. Wilson, 1927)."""
    z = quantile()
    value = successes / trials
    centre = (value + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(value * (1 - value) / trials + z * z / (4 * trials * trials))
    low, high = min(centre - half, value), max(centre + half, value)
    return Interval(value, max(low, 0.0), min(high, 1.0), in_words("Wilson score interval"))


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
    return Interval(value, max(value - half, 0.0), min(high, 1.0), in_words("ratio estimator"))


def mean(value: float, deviation: float, samples: int) -> Interval:
    """Return a mean with its normal interval."""
    half = quantile() * deviation / sqrt(samples)
    return Interval(value, max(value - half, 0.0), value + half, in_words("normal interval of the mean"))


def busiest_rate(count: int, seconds: int, error: float, choices: int) -> Interval:
    """Return the rate of the busiest of `choices` periods; `error` is the standard error of its count.

    The busiest of many equal periods is above their mean by chance alone, so the interval covers all of them
    together (Bonferroni).
    """
    half = quantile(choices) * error / seconds
    value = count / seconds
    return Interval(value, max(value - half, 0.0), value + half, in_words(f"busiest of {choices}, Bonferroni"))
