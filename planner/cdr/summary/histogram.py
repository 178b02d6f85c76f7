"""Exact counts per value: dense for the usual values, single entries for the few beyond."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


class Histogram:
    """How often each whole number of 0 or more occurred; values from `dense` on are kept one by one."""

    def __init__(self, dense: int) -> None:
        self.dense = dense
        self._counts = np.zeros(0, np.int64)
        self._beyond: Counter[int] = Counter()

    def add(self, values: Integers) -> None:
        """Count values; those below 0 are none."""
        if not values.size:
            return
        if int(values.max()) >= self.dense:
            self._beyond.update(values[values >= self.dense].tolist())
            values = values[values < self.dense]
        lowest = int(values.min(initial=0))
        self._add_counts(np.bincount(values - lowest)[-lowest:] if lowest else np.bincount(values))

    def _add_counts(self, counts: Integers) -> None:
        if counts.size > self._counts.size:
            self._counts = np.concatenate((self._counts, np.zeros(counts.size - self._counts.size, np.int64)))
        self._counts[: counts.size] += counts

    def add_counted(self, values: Integers, counts: Integers) -> None:
        """Add `counts[i]` occurrences of `values[i]`."""
        low = values < self.dense
        if low.any():
            dense = np.zeros(int(values[low].max()) + 1, np.int64)
            np.add.at(dense, values[low], counts[low])
            self._add_counts(dense)
        for value, count in zip(values[~low].tolist(), counts[~low].tolist(), strict=True):
            self._beyond[value] += count

    def merge(self, other: Histogram) -> None:
        """Add what the other histogram counted."""
        self._add_counts(other._counts)
        self._beyond.update(other._beyond)

    def counted(self) -> tuple[Integers, Integers]:
        """Return the values that occurred, ascending, and how often each did."""
        low = np.flatnonzero(self._counts)
        high = np.array(sorted(self._beyond), np.int64)
        beyond = np.array([self._beyond[value] for value in high.tolist()], np.int64)
        return np.concatenate((low, high)), np.concatenate((self._counts[low], beyond))
