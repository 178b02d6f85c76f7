"""The clock hours of an archive: traffic by hour of the week and of the day, the busiest, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planner.cdr.profile.clock import written_range
from planner.cdr.summary.stretch import named_time

if TYPE_CHECKING:
    from collections.abc import Iterable

HOUR = 3600
DAY_HOURS = 24
WEEK_HOURS = 168
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Hours:
    """Counts by clock hour (from 0001-01-01): attempts and answered by start, call-seconds by presence."""

    attempts: dict[int, int]
    answered: dict[int, int]
    held: dict[int, int]
    talked: dict[int, int]

    def busiest(self) -> int:
        """Return the first hour with the most attempts."""
        return max(self.attempts, key=lambda hour: (self.attempts[hour], -hour))

    def document(self, hour: int) -> dict[str, Any]:
        """Return one hour: attempts, answered, and mean concurrency of both kinds (erlangs)."""
        return {
            **written_range(hour * HOUR, (hour + 1) * HOUR),
            "attempts": self.attempts.get(hour, 0),
            "answered": self.answered.get(hour, 0),
            "cps": self.attempts.get(hour, 0) / HOUR,
            "attempt_erlangs": self.held.get(hour, 0) / HOUR,
            "answered_erlangs": self.talked.get(hour, 0) / HOUR,
        }

    def span(self) -> tuple[int, int]:
        """Return the first and last hour with an attempt."""
        return min(self.attempts), max(self.attempts)

    def observed(self, cycle: int) -> list[int]:
        """Return how many hours of the span fall on each place of a cycle of hours (a day, a week)."""
        first, last = self.span()
        whole, rest = divmod(last - first + 1, cycle)
        return [whole + ((place - first) % cycle < rest) for place in range(cycle)]

    def folded(self, counts: dict[int, int], cycle: int) -> list[int]:
        """Return counts added up by place in a cycle of hours."""
        summed = [0] * cycle
        for hour, count in counts.items():
            summed[hour % cycle] += count
        return summed

    def week(self) -> dict[str, Any]:
        """Return the hour-of-week matrices: seven rows from Monday, 24 hours each."""
        # 0001-01-01 is a Monday in the Gregorian calendar.
        columns = {"hours": self.observed(WEEK_HOURS), "attempts": self.folded(self.attempts, WEEK_HOURS)}
        columns |= {"answered": self.folded(self.answered, WEEK_HOURS)}
        columns |= {"talk_seconds": self.folded(self.talked, WEEK_HOURS)}
        return {
            name: [row[i : i + DAY_HOURS] for i in range(0, WEEK_HOURS, DAY_HOURS)] for name, row in columns.items()
        }

    def day_shape(self) -> list[float] | None:
        """Return mean attempts per second by hour of the day; None where not every hour was seen in full."""
        first, last = self.span()
        if last - first + 1 < DAY_HOURS:
            return None
        observed = self.observed(DAY_HOURS)
        summed = self.folded(self.attempts, DAY_HOURS)
        return [count / (hours * HOUR) for count, hours in zip(summed, observed, strict=True)]


def _runs(present: Iterable[int]) -> list[tuple[int, int]]:
    """Return the stretches of missing hours between those present, as [from, until)."""
    return [(before + 1, after) for before, after in pairwise(sorted(set(present))) if after > before + 1]


def _gaps(present: Iterable[int]) -> dict[str, Any]:
    runs = _runs(present)
    longest = sorted(runs, key=lambda run: (run[0] - run[1], run))[:_LISTED]
    listed = [{**written_range(begin * HOUR, end * HOUR), "hours": end - begin} for begin, end in sorted(longest)]
    return {"hours": sum(end - begin for begin, end in runs), "gaps": len(runs), "longest": listed}


def find_gaps(hours_with_records: set[int], paths: Iterable[str]) -> dict[str, Any]:
    """Return the hours between the first and the last without a record, and those without a file.

    A record counts in the hours it starts and ends in. Files count where their name tells an hour;
    `without_file` is None where none does.
    """
    named = [time[0] // HOUR for time in map(named_time, paths) if time]
    return {"without_record": _gaps(hours_with_records), "without_file": _gaps(named) if named else None}
