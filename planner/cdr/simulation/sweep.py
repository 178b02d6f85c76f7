"""Calls in progress, by a sweep line over their events: every start adds one, every end takes one away.

Intervals are half open and given as two arrays of seconds; all results are whole numbers and exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
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
    last = np.flatnonzero(np.append(np.diff(events) > 0, True)) if events.size else np.empty(0, dtype=np.int64)
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


def peaks_by_key(begin: Seconds, end: Seconds, keys: Seconds, low: int, high: int) -> dict[int, int]:
    """Return per key the most intervals in progress in any second from `low` to before `high`.

    One sweep over the events of all keys, sorted by key and second; intervals may reach beyond either bound.
    """
    some = (begin < end) & (begin < high) & (end > low)
    ups, downs, owners = np.maximum(begin[some], low), end[some], keys[some]
    ending = downs < high
    owner = np.concatenate((owners, owners[ending]))
    changes = np.ones(owner.size, dtype=np.int64)
    changes[ups.size :] = -1
    instants = owner * (1 << 40) + np.concatenate((ups, downs[ending]))
    order = np.argsort(instants, kind="stable")
    instants, changes = instants[order], changes[order]
    last = np.flatnonzero(np.append(np.diff(instants) > 0, instants.size > 0))
    levels, owner = np.cumsum(changes)[last], instants[last] >> 40
    found: dict[int, int] = {}
    before = 0
    for first, beyond in pairwise([*np.flatnonzero(np.diff(owner, prepend=-1)).tolist(), owner.size]):
        found[int(owner[first])] = int(levels[first:beyond].max()) - before
        before = int(levels[beyond - 1])
    return found
