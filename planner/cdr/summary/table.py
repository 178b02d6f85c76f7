"""Totals per key: attempts, answered calls, hold time, and concurrency at full minutes.

With more keys than the limit, those with the smallest fingerprints stay. A key that stays at the end was
never dropped on the way, so what is kept is exact in any order of merging; the rest is known as a remainder.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.step.coder import fingerprint

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

_PENDING = 1 << 12


class Marks:
    """By how much the answered calls of one key grew at full minutes (counted from 0001-01-01)."""

    __slots__ = ("_parts", "_pending")

    def __init__(self) -> None:
        self._parts: list[tuple[Integers, Integers]] = []
        self._pending = 0

    def add(self, minutes: Integers, changes: Integers) -> None:
        """Add changes in any order."""
        if minutes.size:
            self._parts.append((minutes, changes))
            self._pending += minutes.size
            if self._pending > _PENDING + 2 * self._parts[0][0].size:
                self.changes()

    def changes(self) -> tuple[Integers, Integers]:
        """Return the minutes with a change, ascending, each once, and the changes."""
        if not self._parts:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        self._parts = [_summed(self._parts)]
        self._pending = 0
        return self._parts[0]

    def merge(self, other: Marks) -> None:
        """Add the other marks' changes."""
        for minutes, changes in other._parts:
            self.add(minutes, changes)


def _summed(parts: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    minutes = np.concatenate([part[0] for part in parts])
    changes = np.concatenate([part[1] for part in parts])
    order = np.argsort(minutes, kind="stable")
    minutes, changes = minutes[order], changes[order]
    first = np.flatnonzero(np.diff(minutes, prepend=minutes[:1] - 1))
    summed = np.add.reduceat(changes, first)
    changed = summed != 0
    return minutes[first][changed], summed[changed]


@dataclass(slots=True)
class Row:
    """One key's totals."""

    attempts: int = 0
    answered: int = 0
    hold_ms: int = 0
    marks: Marks = field(default_factory=Marks)

    def add(self, other: Row) -> None:
        """Add the other row's totals."""
        self.attempts += other.attempts
        self.answered += other.answered
        self.hold_ms += other.hold_ms
        self.marks.merge(other.marks)


class Table:
    """Rows by key, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.rows: dict[bytes, Row] = {}

    def add(self, key: bytes, row: Row) -> None:
        """Add totals to a key's row."""
        found = self.rows.get(key)
        if found is None:
            found = self.rows[key] = Row()
            if len(self.rows) > 2 * self.limit:
                self.trim()
        found.add(row)

    def trim(self) -> None:
        """Drop the keys beyond the limit."""
        if len(self.rows) > self.limit:
            kept = heapq.nsmallest(self.limit, self.rows, key=lambda key: (fingerprint(key), key))
            self.rows = {key: self.rows[key] for key in kept}

    def merge(self, other: Table) -> None:
        """Add the other table's rows."""
        for key, row in other.rows.items():
            self.add(key, row)
