"""The peak concurrency of every key: a sweep over its changes, second by second; exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.cdr.profile.clock import written
from planner.cdr.summary.block import ANSWERED, ATTEMPTS, KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import numpy.typing as npt

    from planner.cdr.summary.changes import Changes, Chunk

    Integers = npt.NDArray[np.int64]


class Peak(NamedTuple):
    """The most calls in progress, and the first second they were; None where there were none."""

    level: int = 0
    at: str | None = None


class Sweep:
    """Levels and peaks by row, from chunks in the order of time."""

    def __init__(self, rows: int) -> None:
        self.levels = np.zeros(rows, np.int64)
        self.peaks = np.zeros(rows, np.int64)
        self.times = np.zeros(rows, np.int64)

    def add(self, chunk: Chunk) -> None:
        """Take in the changes of a stretch of time."""
        if not chunk.rows.size:
            return
        begin = np.cumsum(chunk.sizes) - chunk.sizes
        levels = np.cumsum(chunk.changes, dtype=np.int64)
        ends = levels[begin + chunk.sizes - 1]
        # The running sum goes on from row to row: what a row begins with is taken off again.
        base = np.concatenate(([0], ends[:-1])) - self.levels[chunk.rows]
        highest = np.maximum.reduceat(levels, begin) - base
        self.levels[chunk.rows] = ends - base
        for i in np.flatnonzero(highest > self.peaks[chunk.rows]).tolist():
            row, first = chunk.rows[i], int(begin[i])
            self.peaks[row] = highest[i]
            self.times[row] = chunk.times[first + int(np.argmax(levels[first : first + chunk.sizes[i]]))]

    def peak(self, row: int) -> Peak:
        """Return a row's peak."""
        level = int(self.peaks[row])
        return Peak(level, written(int(self.times[row]))) if level else Peak()


def _swept(chunks: Iterable[Chunk], rows: int) -> Sweep:
    sweep = Sweep(rows)
    for chunk in chunks:
        sweep.add(chunk)
    return sweep


def find_peaks(changes: Changes, keys: Collection[bytes]) -> dict[bytes, tuple[Peak, Peak]]:
    """Return each key's peaks of attempts and of answered calls."""
    ordered = sorted(keys)
    sweep = _swept(changes.chunks(ordered), len(KINDS) * len(ordered))
    return {
        key: (sweep.peak(len(KINDS) * i + ATTEMPTS), sweep.peak(len(KINDS) * i + ANSWERED))
        for i, key in enumerate(ordered)
    }
