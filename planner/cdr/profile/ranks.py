"""Percentiles of counted values: the smallest value that at least that share of all does not exceed."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

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


def mean_and_deviation(values: Integers, counts: Integers) -> tuple[float, float]:
    """Return mean and standard deviation of counted values, from exact sums."""
    total = int(counts.sum())
    first = sum(v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    second = sum(v * v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    variance = (second * total - first * first) / (total * total)
    return first / total, max(variance, 0.0) ** 0.5
