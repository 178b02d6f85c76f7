"""Calls as they are collected while reading, and the events in them, second by second."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.summary.block import ANSWERED, ATTEMPTS
from planner.cdr.summary.changes import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from planner.cdr.summary.calls import Calls

    Integers = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]

_NEAR = 4
_CHUNK = 1 << 14
"""Hours from a batch's middle that count as near it, and how many events are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls by the codes of their spans; times in seconds, `hold` in ms.

    `answer` and `stop` are those of answered calls alone, which `talking` numbers.
    """

    route: Small
    billing: Small
    prefix: Small
    hold: Small
    start: Integers
    end: Integers
    talking: Integers
    answer: Integers
    stop: Integers

    @classmethod
    def of(cls, calls: Calls) -> Batch:
        """Return what is kept of a window's calls."""
        some = calls.records
        return cls(
            route=some.route.astype(np.int32),
            billing=some.billing.astype(np.int32),
            prefix=some.prefix.astype(np.int32),
            hold=some.hold.astype(np.int32),
            start=some.start,
            end=calls.end,
            talking=calls.talking,
            answer=calls.answer,
            stop=calls.stop,
        )

    @classmethod
    def joined(cls, parts: list[Batch]) -> Batch:
        """Return the calls of all parts."""
        columns = {c.name: np.concatenate([getattr(part, c.name) for part in parts]) for c in fields(cls)}
        sizes = np.array([part.start.size for part in parts])
        columns["talking"] += np.repeat(np.cumsum(sizes) - sizes, [part.talking.size for part in parts])
        return cls(**columns)

    def times(self) -> Iterator[tuple[Integers, Integers, int, bool]]:
        """Yield calls, times and kind of every sort of event, and whether it makes calls in progress more."""
        every = np.arange(self.start.size)
        yield every, self.start, ATTEMPTS, True
        yield every, self.end, ATTEMPTS, False
        yield self.talking, self.answer, ANSWERED, True
        yield self.talking, self.stop, ANSWERED, False


@dataclass(frozen=True, slots=True)
class Events:
    """Events of one kind and direction: whose calls they are of, in which hour and which second of it."""

    calls: Integers
    kind: int
    rises: bool
    hours: Integers
    seconds: Integers


@dataclass(frozen=True, slots=True)
class Period:
    """`count` events within some hours from hour `origin` on."""

    origin: int
    hours: int
    count: int
    events: tuple[Events, ...]

    @classmethod
    def of(cls, events: list[Events]) -> Period | None:
        """Return the period of events whose hours count from year 1, None of none."""
        filled = [(int(some.hours.min()), int(some.hours.max()), some) for some in events if some.hours.size]
        if not filled:
            return None
        origin = min(low for low, _, _ in filled)
        hours = max(high for _, high, _ in filled) - origin + 1
        moved = tuple(replace(some, hours=(some.hours - origin).astype(np.int32)) for _, _, some in filled)
        return cls(origin, hours, sum(some.hours.size for some in moved), moved)

    def pieces(self) -> Iterator[Events]:
        """Yield the events, so few at a time that work on them stays in the processor's cache."""
        for some in self.events:
            for begin in range(0, some.hours.size, _CHUNK):
                part = slice(begin, begin + _CHUNK)
                yield replace(some, calls=some.calls[part], hours=some.hours[part], seconds=some.seconds[part])


def periods_of(batch: Batch) -> list[Period]:
    """Return the events near the middle of a batch, and apart from them all others.

    Together in one array, a damaged date would stretch it over years.
    """
    near, far = [], []
    middle = int(batch.start[batch.start.size // 2]) // HOUR
    for calls, times, kind, rises in batch.times():
        hours = times // HOUR
        events = Events(calls, kind, rises, hours, (times - hours * HOUR).astype(np.int16))
        close = np.abs(hours - middle) <= _NEAR
        near.append(_some(events, close))
        far.append(_some(events, ~close))
    return [period for group in (near, far) if (period := Period.of(group))]


def _some(events: Events, which: Flags) -> Events:
    if which.all():
        return events
    kept = np.flatnonzero(which)
    columns = {name: getattr(events, name).take(kept) for name in ("calls", "hours", "seconds")}
    return replace(events, **columns)
