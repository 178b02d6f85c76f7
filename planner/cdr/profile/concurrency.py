"""The peak concurrency of every key: a sweep over its changes, second by second; exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.cdr.profile.statistics import ranks, written
from planner.cdr.summary.changes import ANSWERED, ATTEMPTS, KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

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


# Concurrency: how many attempts, and how many answered calls, were in progress in every second; exact.
#
# One pass over the changes in the order of time: between two changes the level stays, and costs nothing.

_HOUR = 3600
_DAY = 24 * _HOUR
_MONTH = 31 * 24 * _HOUR
_SHOWN = ("p50", "p90", "p95", "p99", "p999")


@dataclass(slots=True)
class Concurrency:
    """Levels of one kind of call.

    Seconds outside the window [from, until) and the clock hours left out are no measure of anything. `seconds_at` is
    how many seconds each level lasted, from the first change to the last; `hourly` the call-seconds in every clock
    hour; `daily` each day's highest level and its first second.
    """

    window: tuple[int, int]
    left_out: frozenset[int] = frozenset()
    peak: int = 0
    peak_at: int = 0
    daily: dict[int, tuple[int, int]] = field(default_factory=dict)
    seconds_at: dict[int, int] = field(default_factory=dict)
    hourly: dict[int, int] = field(default_factory=dict)
    _level: int = 0
    _since: int | None = None

    def add(self, slots: Integers, changes: Integers) -> None:
        """Add changes in the order of time, each second once."""
        changed = changes != 0
        slots, changes = slots[changed], changes[changed].astype(np.int64)
        if not slots.size:
            return
        levels = np.cumsum(changes) + self._level
        self._find_peaks(slots, levels)
        begin = slots[:1] if self._since is None else np.array([self._since])
        edges = np.concatenate((begin, slots))
        self._hold(edges, np.concatenate(([self._level], levels[:-1])))
        self._level, self._since = int(levels[-1]), int(slots[-1])

    def _find_peaks(self, slots: Integers, levels: Integers) -> None:
        """Take in the levels from each slot on."""
        counting = (slots >= self.window[0]) & (slots < self.window[1])
        if self.left_out:
            counting &= ~np.isin(slots // _HOUR, sorted(self.left_out))
        slots, levels = slots[counting], levels[counting]
        if not slots.size:
            return
        days = slots // _DAY
        first = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
        for begin, end in zip(first.tolist(), [*first[1:].tolist(), slots.size], strict=True):
            at = begin + int(np.argmax(levels[begin:end]))
            level, second, day = int(levels[at]), int(slots[at]), int(days[begin])
            if level > self.daily.get(day, (0, 0))[0]:
                self.daily[day] = level, second
            if level > self.peak:
                self.peak, self.peak_at = level, second

    def _hold(self, edges: Integers, levels: Integers) -> None:
        """Count level i for the seconds from edge i to edge i + 1."""
        edges = np.clip(edges, *self.window)
        lasting = np.diff(edges)
        for hour in self.left_out:
            ends = np.minimum(edges[1:], (hour + 1) * _HOUR)
            lasting -= np.maximum(ends - np.maximum(edges[:-1], hour * _HOUR), 0)
        distinct, group = np.unique(levels, return_inverse=True)
        seconds = np.bincount(group.reshape(-1), lasting).astype(np.int64)
        for level, length in zip(distinct.tolist(), seconds.tolist(), strict=True):
            if length:
                self.seconds_at[level] = self.seconds_at.get(level, 0) + length
        for hour, load in _by_hour(edges, levels):
            if hour not in self.left_out:
                self.hourly[hour] = self.hourly.get(hour, 0) + load

    def document(self) -> dict[str, Any]:
        """Return peak, mean and percentiles over seconds."""
        every = sorted(self.seconds_at.items())
        if not every:
            return {"peak": 0, "peak_at": None, "mean": 0.0, **dict.fromkeys(_SHOWN, 0)}
        levels = np.array([level for level, _ in every], np.int64)
        seconds = np.array([length for _, length in every], np.int64)
        mean = sum(level * length for level, length in every) / int(seconds.sum())
        return {"peak": self.peak, "peak_at": written(self.peak_at), "mean": mean, **ranks(levels, seconds, _SHOWN)}


def _by_hour(edges: Integers, levels: Integers) -> Iterator[tuple[int, int]]:
    """Yield the call-seconds of each hour that has any, cutting runs at full hours.

    A level that stays for over a month comes from a damaged date, and is left out.
    """
    busy = np.flatnonzero((levels != 0) & (np.diff(edges) <= _MONTH))
    begin, end, level = edges[:-1][busy], edges[1:][busy], levels[busy]
    hours = begin // _HOUR
    while begin.size:
        cut = np.minimum(end, (hours + 1) * _HOUR)
        distinct, group = np.unique(hours, return_inverse=True)
        loads = np.bincount(group.reshape(-1), (cut - begin) * level).astype(np.int64)
        yield from zip(distinct.tolist(), loads.tolist(), strict=True)
        more = np.flatnonzero(end > cut)
        begin, end, level, hours = cut[more], end[more], level[more], hours[more] + 1
