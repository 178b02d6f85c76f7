"""What is counted by code while reading, turned into totals and changes per gateway, reason and prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.format import cdr_format
from planner.cdr.summary.batch import Batch, Period, periods_of
from planner.cdr.summary.block import KINDS, SECOND_BITS, tally
from planner.cdr.summary.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from planner.cdr.step.coder import Coder
    from planner.cdr.step.records import Coders
    from planner.cdr.summary.calls import Calls
    from planner.cdr.summary.table import Table

    Integers = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]

MINUTE = 60
_BATCH = 1 << 17


def _cut(text: bytes) -> bytes:
    return text[: cdr_format().limits["key_bytes"]]


def _field(index: int) -> Callable[[bytes], bytes]:
    return lambda span: _cut(span.split(b"|")[index])


def leading_digits(text: bytes) -> bytes:
    """Return the digits a number begins with."""
    return text[: next((i for i, byte in enumerate(text) if not 48 <= byte <= 57), len(text))]  # noqa: PLR2004  0-9


PARTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "endReason": ("route", _field(0)),
    "endDirection": ("route", _field(1)),
    "callerGatewayId": ("route", _field(2)),
    "calleeGatewayId": ("route", _field(3)),
    "billingMode": ("billing", _field(1)),
    "prefix": ("prefix", leading_digits),
}
"""Where each table's key comes from: the coded span, and its part."""


class Parts:
    """The distinct parts of a coder's keys, in order, and for every code the index of its part."""

    def __init__(self, coder: Coder, part: Callable[[bytes], bytes]) -> None:
        self._coder = coder
        self._part = part
        self._index: dict[bytes, int] = {}
        self._seen = np.zeros(0, np.int64)
        self.keys: tuple[bytes, ...] = ()
        self.groups = np.zeros(0, np.int64)

    def update(self) -> None:
        """Take in the codes that are new since the last time."""
        new = self._coder.keys[self._seen.size :]
        if not new:
            return
        seen = [self._index.setdefault(self._part(key), len(self._index)) for key in new]
        self._seen = np.concatenate((self._seen, np.array(seen, np.int64)))
        if len(self._index) > len(self.keys):
            self.keys = tuple(sorted(self._index))
        order = np.empty(len(self.keys), np.int64)
        order[[self._index[key] for key in self.keys]] = np.arange(len(self.keys))
        self.groups = order[self._seen]


class Grouping:
    """Turns one coder's codes into rows and changes of the tables that are parts of its span."""

    def __init__(self, name: str, coder: Coder) -> None:
        self.name = name
        self.coder = coder
        self._parts = {table: Parts(coder, part) for table, (span, part) in PARTS.items() if span == name}

    def drain(self, batch: Batch, periods: list[Period], tables: dict[str, Table]) -> None:
        """Add a batch, and what happens in it, to the tables."""
        codes: Small = getattr(batch, self.name)
        counted = _totals(codes, batch, len(self.coder))
        for name, parts in self._parts.items():
            parts.update()
            totals = [np.bincount(parts.groups, column, len(parts.keys)) for column in counted]
            for key, *total in zip(parts.keys, *(t.astype(np.int64).tolist() for t in totals), strict=True):
                if total[0]:
                    tables[name].add(key, Row(*total))
        for period in periods:
            self._add_changes(codes, period, tables)

    def _add_changes(self, codes: Small, period: Period, tables: dict[str, Table]) -> None:
        hour = len(KINDS) << SECOND_BITS
        sizes = {name: hour * len(parts.keys) for name, parts in self._parts.items()}
        tallies = {name: tally(period.hours * size, period.count) for name, size in sizes.items()}
        rows = {name: parts.groups * hour for name, parts in self._parts.items()}
        for events in period.pieces():
            owners = codes.take(events.calls)
            hours = events.hours.astype(np.int64)
            seconds = events.seconds.astype(np.int64) + (events.kind << SECOND_BITS)
            for name, size in sizes.items():
                cells = hours * size
                cells += seconds
                cells += rows[name].take(owners)
                tallies[name].add(cells, rises=events.rises)
        for name, parts in self._parts.items():
            tables[name].changes.add(parts.keys, period.origin, *tallies[name].netted())


def _totals(codes: Small, batch: Batch, size: int) -> tuple[Integers, ...]:
    """Return attempts, answered calls and hold time (ms) by code.

    Sums of a batch's milliseconds stay far below 2^53: as floating point they are exact.
    """
    attempts = np.bincount(codes, minlength=size)
    answered = np.bincount(codes.take(batch.talking), minlength=size)
    return attempts, answered, np.bincount(codes, batch.hold, size)


class Groupings:
    """The groupings of one set of coders, and the calls they have not been given yet."""

    def __init__(self, coders: Coders) -> None:
        self._groupings = [Grouping(name, getattr(coders, name)) for name in ("route", "billing", "prefix")]
        self._pending: list[Batch] = []
        self._count = 0

    @property
    def full(self) -> bool:
        """Tell whether the pending calls should be worked off."""
        return self._count >= _BATCH

    def add(self, calls: Calls) -> None:
        """Take in a window's calls."""
        self._pending.append(Batch.of(calls))
        self._count += len(calls.records)

    def drain(self, tables: dict[str, Table]) -> None:
        """Move all pending calls into the tables."""
        if self._pending:
            batch = Batch.joined(self._pending)
            self._pending, self._count = [], 0
            periods = periods_of(batch)
            for grouping in self._groupings:
                grouping.drain(batch, periods, tables)
