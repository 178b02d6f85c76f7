"""Totals per code while reading, turned into totals per gateway, reason and prefix now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.format import cdr_format
from planner.cdr.summary.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from planner.cdr.step.coder import Coder
    from planner.cdr.step.records import Records
    from planner.cdr.summary.table import Table

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

MINUTE = 60
_MARKS = 1 << 17
_DENSE_CELLS = 1 << 22


class CodeTotals:
    """Attempts, answered calls and hold time by code, and changes of concurrency at full minutes."""

    def __init__(self) -> None:
        self.totals = np.zeros((3, 0), np.int64)
        self._marks: list[tuple[Integers, Integers, Integers]] = []
        self.marked = 0

    def add(self, codes: Integers, answered: Flags, hold: Integers) -> None:
        """Count one row of codes; `hold` in ms."""
        size = max(int(codes.max()) + 1, self.totals.shape[1])
        if size > self.totals.shape[1]:
            grown = np.zeros((3, size + size // 2), np.int64)
            grown[:, : self.totals.shape[1]] = self.totals
            self.totals = grown
        attempts = np.bincount(codes)
        self.totals[0, : attempts.size] += attempts
        codes, hold = codes[answered], hold[answered]
        talked = np.bincount(codes)
        self.totals[1, : talked.size] += talked
        # A window's sum of milliseconds stays far below 2^53: the float is exact.
        self.totals[2, : talked.size] += np.bincount(codes, hold).astype(np.int64)

    def mark(self, codes: Integers, begin: Integers, end: Integers) -> None:
        """Note answered calls that are in progress at the full minutes `begin` to `end` (exclusive)."""
        self._marks.append((codes, begin, end))
        self.marked += codes.size

    @property
    def full(self) -> bool:
        """Tell whether the marks should be worked off."""
        return self.marked >= _MARKS

    def drain(self) -> tuple[Integers, Integers, Integers]:
        """Return codes, first and last minutes of the marks so far, and forget them."""
        empty = np.empty(0, np.int64)
        columns = zip(*self._marks, (empty, empty, empty), strict=True)
        codes, begin, end = (np.concatenate(column) for column in columns)
        self._marks, self.marked = [], 0
        return codes, begin, end


class Parts:
    """The distinct parts of a coder's keys, and for every code the index of its part."""

    def __init__(self, coder: Coder, part: Callable[[bytes], bytes]) -> None:
        self._coder = coder
        self._part = part
        self._index: dict[bytes, int] = {}
        self._groups = np.zeros(0, np.int64)

    def update(self) -> tuple[list[bytes], Integers]:
        """Take in the codes that are new since the last time."""
        new = self._coder.keys[self._groups.size :]
        groups = [self._index.setdefault(self._part(key), len(self._index)) for key in new]
        self._groups = np.concatenate((self._groups, np.array(groups, np.int64)))
        return list(self._index), self._groups


def drain_marks(marks: tuple[Integers, Integers, Integers], groups: Integers, rows: list[Row]) -> None:
    """Add the marks to the rows their codes belong to."""
    codes, begin, end = marks
    if not codes.size:
        return
    first = int(begin.min())
    span = int(end.max()) - first + 1
    cells = groups[codes] * span - first
    if span * len(rows) > _DENSE_CELLS:
        _drain_sparsely(np.concatenate((cells + begin, cells + end)), codes.size, (first, span), rows)
        return
    size = span * len(rows)
    changes = np.bincount(cells + begin, minlength=size) - np.bincount(cells + end, minlength=size)
    for row, change in zip(rows, changes.reshape(len(rows), span), strict=True):
        used = np.flatnonzero(change)
        row.marks.add(used + first, change[used])


def _drain_sparsely(cells: Integers, rising: int, frame: tuple[int, int], rows: list[Row]) -> None:
    first, span = frame
    order = np.argsort(cells, kind="stable")
    signs = np.where(np.arange(cells.size) < rising, 1, -1)[order]
    cells = cells[order]
    groups = cells // span
    bounds = np.flatnonzero(np.diff(groups, prepend=-1))
    for begin, end in zip(bounds.tolist(), [*bounds[1:].tolist(), cells.size], strict=True):
        rows[int(groups[begin])].marks.add(cells[begin:end] % span + first, signs[begin:end])


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


class Grouping:
    """Turns one coder's totals into rows of the tables that are parts of its span."""

    def __init__(self, name: str, coder: Coder) -> None:
        self.name = name
        self.coder = coder
        self.totals = CodeTotals()
        self._parts = {table: Parts(coder, part) for table, (span, part) in PARTS.items() if span == name}

    def add(self, records: Records, answered: Flags, talks: tuple[Integers, Integers, Integers]) -> None:
        """Count a window's records; `talks` are those that see a full minute, and which minutes."""
        codes = getattr(records, self.name)
        self.totals.add(codes, answered, records.hold)
        seen, begin, end = talks
        self.totals.mark(codes[seen], begin, end)

    def drain(self, tables: dict[str, Table]) -> None:
        """Move everything counted so far into the tables."""
        marks = self.totals.drain()
        counted = self.totals.totals[:, : len(self.coder)]
        for name, parts in self._parts.items():
            keys, groups = parts.update()
            rows = [Row() for _ in keys]
            drain_marks(marks, groups, rows)
            self._move(counted, groups[: counted.shape[1]], rows)
            for key, row in zip(keys, rows, strict=True):
                if row.attempts:
                    tables[name].add(key, row)
        self.totals.totals = np.zeros((3, len(self.coder)), np.int64)

    @staticmethod
    def _move(counted: Integers, groups: Integers, rows: list[Row]) -> None:
        summed = np.zeros((3, len(rows)), np.int64)
        for total, values in zip(summed, counted, strict=True):
            np.add.at(total, groups, values)
        for row, (attempts, answered, hold) in zip(rows, summed.T.tolist(), strict=True):
            row.attempts, row.answered, row.hold_ms = attempts, answered, hold
