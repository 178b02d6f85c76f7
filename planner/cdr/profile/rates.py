"""CPS: attempts per second, clock minute and clock hour, over the time from the first to the last attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.profile.clock import written
from planner.cdr.profile.ranks import rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from planner.cdr.summary.timeline import Piece

    Integers = npt.NDArray[np.int64]

UNITS = {"second": 1, "minute": 60, "hour": 3600}


def by_unit(slots: Integers, counts: Integers, width: int) -> tuple[Integers, Integers]:
    """Add counts up by units of `width` slots; units never cross the pieces a timeline yields."""
    used = counts != 0
    units, counts = slots[used] // width, counts[used].astype(np.int64)
    first = np.flatnonzero(np.diff(units, prepend=units[:1] - 1))
    return units[first], np.add.reduceat(counts, first) if first.size else counts


@dataclass(slots=True)
class Rate:
    """How many attempts fell into each unit of `width` seconds."""

    width: int
    occurrences: dict[int, int] = field(default_factory=dict)
    first: int | None = None
    last: int = 0
    peak: int = 0
    peak_at: int = 0

    def add(self, units: Integers, counts: Integers) -> None:
        """Add units in the order of time, each once."""
        if not units.size:
            return
        self.first = int(units[0]) if self.first is None else self.first
        self.last = int(units[-1])
        highest = int(np.argmax(counts))
        if int(counts[highest]) > self.peak:
            self.peak, self.peak_at = int(counts[highest]), int(units[highest])
        for count, times in zip(*(part.tolist() for part in np.unique(counts, return_counts=True)), strict=True):
            self.occurrences[count] = self.occurrences.get(count, 0) + times

    @property
    def span(self) -> int:
        """The number of units from the first to the last with an attempt, both included."""
        return 0 if self.first is None else self.last - self.first + 1

    def counted(self) -> tuple[Integers, Integers]:
        """Return the counts that occurred, ascending, and how many units had each; empty units count as 0."""
        idle = self.span - sum(self.occurrences.values())
        every = sorted({**self.occurrences, **({0: idle} if idle else {})}.items())
        return np.array([count for count, _ in every], np.int64), np.array([times for _, times in every], np.int64)

    def document(self) -> dict[str, Any]:
        """Return peak and percentiles in attempts per second, and the count behind the peak."""
        counted = self.counted()
        shares = {name: rank(*counted, thousandths) / self.width for name, thousandths in _SHOWN.items()}
        at = written(self.peak_at * self.width)
        return {"peak": self.peak / self.width, "peak_attempts": self.peak, "peak_at": at, **shares}


_SHOWN = {"p999": 999, "p99": 990, "p95": 950, "p50": 500}


def measure_rates(pieces: Iterable[Piece], row: int) -> dict[str, Rate]:
    """Return the rate per second, minute and hour of the events counted in `row`."""
    rates = {name: Rate(width) for name, width in UNITS.items()}
    for piece in pieces:
        for rate in rates.values():
            rate.add(*by_unit(piece.slots, piece.counts[row], rate.width))
    return rates
