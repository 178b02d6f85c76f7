"""Totals per key: attempts, answered calls, hold time, and the changes of their concurrency.

With more keys than the limit, those with the smallest fingerprints stay. A key that stays at the end was
never dropped on the way, so what is kept is exact in any order of merging; the rest is known as a remainder.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from planner.cdr.step.coder import fingerprint
from planner.cdr.summary.changes import Changes


@dataclass(slots=True)
class Row:
    """One key's totals."""

    attempts: int = 0
    answered: int = 0
    hold_ms: int = 0

    def add(self, other: Row) -> None:
        """Add the other row's totals."""
        self.attempts += other.attempts
        self.answered += other.answered
        self.hold_ms += other.hold_ms


class Table:
    """Rows by key, at most `limit` of them, and the changes of all of them."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.rows: dict[bytes, Row] = {}
        self.changes = Changes()

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
            self.changes.keep_keys(self.rows)

    def merge(self, other: Table) -> None:
        """Add the other table's rows."""
        for key, row in other.rows.items():
            self.add(key, row)
        self.changes.merge(other.changes)
