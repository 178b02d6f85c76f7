"""Calls in progress, by a sweep line over their events: every start adds one, every end takes one away.

Intervals are half open and given as two arrays of seconds; all results are whole numbers and exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Seconds = NDArray[np.int64]


@dataclass(slots=True)
class Level:
    """What a sweep saw: the peak, the first second that reached it, and the seconds each level lasted."""

    peak: int = 0
    at: int | None = None
    seconds: dict[int, int] = field(default_factory=dict)

    def merge(self, other: Level) -> None:
        """Take in what another sweep saw over other seconds."""
        later = other.at is not None and self.at is not None and other.at > self.at
        if other.peak > self.peak or (other.peak == self.peak and other.at is not None and not later):
            self.peak, self.at = other.peak, other.at
        for level, lasted in other.seconds.items():
            self.seconds[level] = self.seconds.get(level, 0) + lasted


def sweep(begin: Seconds, end: Seconds, low: int, high: int) -> Level:
    """Sweep over the seconds from `low` to before `high`; intervals may reach beyond either."""
    some = (begin < end) & (begin < high) & (end > low)
    ups = np.maximum(begin[some], low)
    downs = end[some]
    events = np.concatenate((ups, downs[downs < high]))
    changes = np.ones(events.size, dtype=np.int64)
    changes[ups.size :] = -1
    order = np.argsort(events, kind="stable")
    events, levels = events[order], np.cumsum(changes[order])
    # Of several events in one second only the level after the last one lasts.
    last = (
        np.flatnonzero(np.append(np.diff(events) > 0, True)) if events.size else np.empty(0, dtype=np.int64)
    )
    return _level(events[last], levels[last], high)


def _level(instants: Seconds, levels: Seconds, high: int) -> Level:
    if not (instants.size and levels.max() > 0):
        return Level()
    lasted = np.diff(np.append(instants, high))
    found, inverse = np.unique(levels, return_inverse=True)
    totals = np.zeros(found.size, dtype=np.int64)
    np.add.at(totals, inverse, lasted)
    top = int(np.argmax(levels))
    seconds = {int(level): int(total) for level, total in zip(found, totals, strict=True) if level > 0}
    return Level(int(levels[top]), int(instants[top]), seconds)


def at_full_minutes(begin: Seconds, end: Seconds, keys: Seconds, low: int, high: int) -> dict[int, int]:
    """Return per key the most intervals in progress at any hh:mm:00 from `low` to before `high`.

    Lists, for every interval, each full minute it contains.
    """
    first = -(-np.maximum(begin, low) // 60)
    beyond = -(-np.minimum(end, high) // 60)
    count = np.maximum(beyond - first, 0)
    owner = np.repeat(np.arange(begin.size), count)
    minutes = first[owner] + np.arange(owner.size) - np.repeat(np.cumsum(count) - count, count)
    pairs, busy = np.unique(keys[owner] * (1 << 40) + minutes, return_counts=True)
    found: dict[int, int] = {}
    for key, calls in zip((pairs >> 40).tolist(), busy.tolist(), strict=True):
        found[key] = max(found.get(key, 0), calls)
    return found
