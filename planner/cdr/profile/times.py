"""Everything that needs the timeline, from one pass over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cdr.profile.concurrency import Concurrency
from planner.cdr.profile.hours import HOUR, Hours
from planner.cdr.profile.rates import by_unit, measure_rates
from planner.cdr.summary.summary import ENDS, STARTS, TALKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.cdr.summary.summary import Summary
    from planner.cdr.summary.timeline import Piece

_MINUTE = 60
_MINUTES_AN_HOUR = 60


class Times:
    """Rates, both concurrencies, and counts by clock minute and hour (from 0001-01-01).

    `present` are the hours in which any record starts or ends.
    """

    def __init__(self, summary: Summary) -> None:
        self.attempts, self.answered = Concurrency(), Concurrency()
        self.minutes: dict[int, int] = {}
        self.hours: dict[int, int] = {}
        self.present: set[int] = set()
        self.rates = measure_rates(self._walk(summary.seconds.pieces()), STARTS)
        self.answered_minutes = _count(summary.answered_minutes.pieces(), 1)
        answered_hours = _count(summary.answered_minutes.pieces(), _MINUTES_AN_HOUR)
        self.by_hour = Hours(self.hours, answered_hours, self.attempts.hourly, self.answered.hourly)

    def _walk(self, pieces: Iterable[Piece]) -> Iterable[Piece]:
        for piece in pieces:
            slots, counts = piece
            self.attempts.add(slots, counts[STARTS] - counts[ENDS])
            self.answered.add(slots, counts[TALKING])
            for width, into in ((_MINUTE, self.minutes), (HOUR, self.hours)):
                units, starts = by_unit(slots, counts[STARTS], width)
                into.update(zip(units.tolist(), starts.tolist(), strict=True))
            self.present.update((slots[(counts[STARTS] + counts[ENDS]) != 0] // HOUR).tolist())
            yield piece


def _count(pieces: Iterable[Piece], width: int) -> dict[int, int]:
    counted: dict[int, int] = {}
    for piece in pieces:
        units, counts = by_unit(piece.slots, piece.counts[0], width)
        counted.update(zip(units.tolist(), counts.tolist(), strict=True))
    return counted
