"""Attempts per second, minute and hour with their intervals, and instants of the local clock as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.summary.summary import FileFacts, named_time, usual_interval

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


_EPOCH = datetime(1, 1, 1)  # noqa: DTZ001  the file's clock has no zone
_LAST = int((datetime.max - _EPOCH).total_seconds())  # noqa: DTZ901  the same


def written(second: int) -> str:
    """Return `YYYY-MM-DD HH:MM:SS` of a second counted from 0001-01-01, within the years 1 to 9999."""
    return (_EPOCH + timedelta(seconds=min(max(second, 0), _LAST))).isoformat(" ")


def written_range(begin: int, end: int) -> dict[str, str]:
    """Return both ends of [begin, end) as written."""
    return {"from": written(begin), "until": written(end)}


def in_zone(text: str, zone: str) -> str:
    """Return a written local time as an ISO instant of a zone, the earlier one where the clock repeats."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  only where a zone was given

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()


# Percentiles of counted values: the smallest value that at least that share of all does not exceed.

PERCENTILES = {"p1": 10, "p5": 50, "p25": 250, "p50": 500, "p75": 750, "p90": 900, "p95": 950, "p99": 990, "p999": 999}
"""Names of percentiles, in thousandths."""


def rank(values: Integers, counts: Integers, thousandths: int) -> int:
    """Return the percentile of values that occur `counts` times, ascending."""
    total = int(counts.sum())
    needed = ceil(total * thousandths / 1000) if total < 1 << 40 else -(-total * thousandths // 1000)
    return int(values[np.searchsorted(np.cumsum(counts), max(needed, 1))])


def ranks(values: Integers, counts: Integers, names: tuple[str, ...] = tuple(PERCENTILES)) -> dict[str, int]:
    """Return the named percentiles."""
    return {name: rank(values, counts, PERCENTILES[name]) for name in names}


def usual(values: Integers, counts: Integers, most: int | None) -> tuple[Integers, Integers]:
    """Return the values up to what is plausible, and how often each occurred."""
    kept = slice(0, None if most is None else int(np.searchsorted(values, most, side="right")))
    return values[kept], counts[kept]


def moved_by_largest(values: Integers, counts: Integers) -> float:
    """Return by how much the mean would fall without the largest values, of the share that the settings state."""
    total = int(counts.sum())
    left = int(total * setting("largest_share"))
    if not 0 < left < total:
        return 0.0
    larger = np.cumsum(counts[::-1])[::-1] - counts
    kept = counts - np.clip(left - larger, 0, counts)
    return float((values * counts).sum() / total - (values * kept).sum() / kept.sum())


def mean_and_deviation(values: Integers, counts: Integers) -> tuple[float, float]:
    """Return mean and standard deviation of counted values, from exact sums."""
    total = int(counts.sum())
    first = sum(v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    second = sum(v * v * c for v, c in zip(values.tolist(), counts.tolist(), strict=True))
    variance = (second * total - first * first) / (total * total)
    return first / total, max(variance, 0.0) ** 0.5


# How sure a measured number is: intervals at the confidence the settings state.


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured value with the bounds of its confidence interval, and the method in words."""

    value: float
    low: float
    high: float
    method: str


def quantile(comparisons: int = 1, confidence: str = "confidence") -> float:
    """Return how many standard errors the interval reaches; more for the largest of several."""
    miss = (1 - setting(confidence)) / (2 * comparisons)
    return NormalDist().inv_cdf(1 - miss)


def student(degrees: int) -> float:
    """Return the same where the standard error is itself known from few degrees of freedom (Cornish-Fisher)."""
    z = quantile()
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3


def in_words(method: str) -> str:
    """Return a method with the confidence of its interval."""
    return f"{setting('confidence'):.1%} confidence, {method}"


def share(successes: int, trials: int) -> Interval:
    """Return a share with its Wilson score interval (E. B. Wilson, 1927)."""
    z = quantile()
    value = successes / trials
    centre = (value + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(value * (1 - value) / trials + z * z / (4 * trials * trials))
    low, high = min(centre - half, value), max(centre + half, value)
    return Interval(value, max(low, 0.0), min(high, 1.0), in_words("Wilson score interval"))


def ratio(parts: Integers, wholes: Integers) -> Interval:
    """Return what `parts` are of `wholes` together, each pair being one of a sample, with its interval.

    The error is that of a ratio estimator: samples vary in both numbers (W. G. Cochran, 1977, section 2.11).
    """
    whole = float(wholes.sum())
    value = float(parts.sum()) / whole
    spread = sqrt(float(((parts - value * wholes) ** 2).sum())) / whole
    half = quantile() * spread
    # None seen among so many does not say that there are none.
    high = max(value + half, share(0, wholes.size).high)
    return Interval(value, max(value - half, 0.0), min(high, 1.0), in_words("ratio estimator"))


def mean(value: float, deviation: float, samples: int) -> Interval:
    """Return a mean with its normal interval."""
    half = quantile() * deviation / sqrt(samples)
    return Interval(value, max(value - half, 0.0), value + half, in_words("normal interval of the mean"))


def busiest_rate(count: int, seconds: int, error: float, choices: int) -> Interval:
    """Return the rate of the busiest of `choices` periods; `error` is the standard error of its count.

    The busiest of many equal periods is above their mean by chance alone, so the low end covers all of them together
    (Bonferroni). The period whose true rate is the highest was counted as no more than the busiest: the high end is
    that of one.
    """
    value = count / seconds
    low, high = (value + sign * quantile(of) * error / seconds for sign, of in ((-1, choices), (1, 1)))
    return Interval(value, max(low, 0.0), high, in_words(f"busiest of {choices}, Bonferroni"))


# CPS: attempts per second, clock minute and clock hour, over the time from the first to the last attempt.

UNITS = {"second": 1, "minute": 60, "hour": 3600}


def by_unit(slots: Integers, counts: Integers, width: int) -> tuple[Integers, Integers]:
    """Add counts up by units of `width` slots; units never cross the pieces a timeline yields."""
    used = counts != 0
    units, counts = slots[used] // width, counts[used].astype(np.int64)
    first = np.flatnonzero(np.diff(units, prepend=units[:1] - 1))
    return units[first], np.add.reduceat(counts, first) if first.size else counts


@dataclass(slots=True)
class Rate:
    """How many attempts fell into each unit of `width` seconds; `left_out` units within the span do not count."""

    width: int
    occurrences: dict[int, int] = field(default_factory=dict)
    first: int | None = None
    last: int = 0
    peak: int = 0
    peak_at: int = 0
    left_out: int = 0

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
        idle = max(self.span - self.left_out - sum(self.occurrences.values()), 0)
        every = sorted({**self.occurrences, **({0: idle} if idle else {})}.items())
        return np.array([count for count, _ in every], np.int64), np.array([times for _, times in every], np.int64)

    def document(self) -> dict[str, Any]:
        """Return peak and percentiles in attempts per second, and the count behind the peak."""
        counted = self.counted()
        shares = {name: rank(*counted, thousandths) / self.width for name, thousandths in _SHOWN.items()}
        at = written(self.peak_at * self.width)
        return {"peak": self.peak / self.width, "peak_attempts": self.peak, "peak_at": at, **shares}


_SHOWN = {"p999": 999, "p99": 990, "p95": 950, "p50": 500}


# The clock hours of an archive: traffic by hour of the week and of the day, the busiest, and the gaps.

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


def _gaps(present: Iterable[int], width: int) -> dict[str, Any]:
    """Return the stretches of missing units of `width` seconds between those present."""
    pairs = pairwise(sorted(set(present)))
    runs = [(before + width, after) for before, after in pairs if after > before + width]
    longest = sorted(runs, key=lambda run: (run[0] - run[1], run))[:_LISTED]
    listed = [{**written_range(begin, end), "hours": _hours(end - begin)} for begin, end in sorted(longest)]
    missing = sum(end - begin for begin, end in runs)
    return {"hours": _hours(missing), "gaps": len(runs), "longest": listed}


def _hours(seconds: int) -> float:
    return seconds // HOUR if seconds % HOUR == 0 else seconds / HOUR


def write_interval(files: Mapping[str, FileFacts]) -> int | None:
    """Return the usual seconds between files whose names tell a time; None with fewer than two.

    Hourly files picked from several days, as what they hold shows, are hourly still.
    """
    interval = usual_interval(files)
    longest = max((f.last_stop - (f.first_stop or 0) for f in files.values() if f.last_stop is not None), default=0)
    return HOUR if interval and interval > HOUR > longest else interval


def find_gaps(
    hours_with_records: set[int], files: Mapping[str, FileFacts], skipped: Iterable[int] = ()
) -> dict[str, Any]:
    """Return the hours between the first and the last without a record, and those without a file.

    No file is missing where the clock `skipped` the hour.

    A record counts in the hours it starts and ends in. Files count where their name tells a time;
    `without_file` is None where none does, and else says at what `interval` (s) they are expected.
    """
    records = _gaps((hour * HOUR for hour in hours_with_records), HOUR)
    named = [time[0] for time in map(named_time, files) if time]
    interval = write_interval(files)
    width = interval or HOUR
    never = [at for hour in skipped if width <= HOUR for at in range(hour * HOUR, (hour + 1) * HOUR, width)]
    missing = {**_gaps([*named, *never], width), "interval": interval} if named else None
    return {"without_record": records, "without_file": missing}


# Zero-duration floods: minutes in which the rate multiplies and nearly nothing is answered.

_MINUTE = 60
_FLOODS_LISTED = 50


@dataclass(slots=True)
class _Episode:
    begin: int
    end: int
    attempts: int
    answered: int
    peak: int

    def document(self) -> dict[str, Any]:
        when = written_range(self.begin * _MINUTE, self.end * _MINUTE)
        rate = {"peak_cps": self.peak / _MINUTE}
        return {**when, "minutes": self.end - self.begin, "attempts": self.attempts, "answered": self.answered, **rate}


def _threshold(attempts: dict[int, int]) -> float:
    counts = np.array(sorted(attempts.values()), np.int64)
    usual = rank(counts, np.ones_like(counts), 500)
    return max(setting("flood_factor") * usual, float(limit("flood_attempts")))


def find_floods(attempts: dict[int, int], answered: dict[int, int]) -> dict[str, Any]:
    """Return the episodes of minutes (counted from 0001-01-01) that look like an attack.

    A minute belongs to one if it has at least `flood_attempts` attempts, `flood_factor` times the median of
    the minutes with traffic, and a share of `flood_share` of them stays unanswered.
    """
    if not attempts:
        return {"count": 0, "attempts": 0, "episodes": []}
    enough, share = _threshold(attempts), setting("flood_share")
    episodes: list[_Episode] = []
    for minute in sorted(attempts):
        count, good = attempts[minute], answered.get(minute, 0)
        if count < enough or count - good < share * count:
            continue
        if not episodes or episodes[-1].end != minute:
            episodes.append(_Episode(minute, minute, 0, 0, 0))
        last = episodes[-1]
        last.end, last.peak = minute + 1, max(last.peak, count)
        last.attempts, last.answered = last.attempts + count, last.answered + good
    total = sum(episode.attempts for episode in episodes)
    return {"count": len(episodes), "attempts": total, "episodes": [e.document() for e in episodes[:_FLOODS_LISTED]]}
