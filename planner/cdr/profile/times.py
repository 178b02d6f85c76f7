"""When calls ran: local clocks and zones, gaps, and the concurrency of every key, second by second."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.profile.rates import HOUR, UNITS, Hours, Rate, by_unit, ranks, written, written_range
from planner.cdr.summary.changes import ANSWERED, ATTEMPTS, KINDS, Changes, Sweep
from planner.cdr.summary.samples import Piece
from planner.cdr.summary.summary import BACKWARDS, ENDS, STARTS, TALKING, Summary, named_time, usual_interval

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


class Peak(NamedTuple):
    """The most calls in progress, and the first second they were; None where there were none."""

    level: int = 0
    at: str | None = None


def _peak(sweep: Sweep, row: int) -> Peak:
    level = int(sweep.peaks[row])
    return Peak(level, written(int(sweep.times[row]))) if level else Peak()


def find_peaks(changes: Changes, keys: Collection[bytes]) -> dict[bytes, tuple[Peak, Peak]]:
    """Return each key's peaks of attempts and of answered calls."""
    ordered = sorted(keys)
    sweep = Sweep(len(KINDS) * len(ordered))
    for chunk in changes.chunks(ordered):
        sweep.add(chunk)
    return {
        key: (_peak(sweep, len(KINDS) * i + ATTEMPTS), _peak(sweep, len(KINDS) * i + ANSWERED))
        for i, key in enumerate(ordered)
    }


# Concurrency: how many attempts, and how many answered calls, were in progress in every second; exact.
#
# One pass over the changes in the order of time: between two changes the level stays, and costs nothing.

_HOUR = 3600
_DAY = 24 * _HOUR
_MONTH = 31 * 24 * _HOUR
_SHOWN = ("p50", "p90", "p95", "p99", "p999")


@dataclass(slots=True)
class Concurrency:
    """Levels of one kind of call.

    Seconds outside the window [from, until) and the clock hours left out are no measure of anything. `seconds_at` is
    how many seconds each level lasted, from the first change to the last; `hourly` the call-seconds in every clock
    hour; `daily` each day's highest level and its first second.
    """

    window: tuple[int, int]
    left_out: frozenset[int] = frozenset()
    peak: int = 0
    peak_at: int = 0
    daily: dict[int, tuple[int, int]] = field(default_factory=dict)
    seconds_at: dict[int, int] = field(default_factory=dict)
    hourly: dict[int, int] = field(default_factory=dict)
    _level: int = 0
    _since: int | None = None

    def add(self, slots: Integers, changes: Integers) -> None:
        """Add changes in the order of time, each second once."""
        changed = changes != 0
        slots, changes = slots[changed], changes[changed].astype(np.int64)
        if not slots.size:
            return
        levels = np.cumsum(changes) + self._level
        self._find_peaks(slots, levels)
        begin = slots[:1] if self._since is None else np.array([self._since])
        edges = np.concatenate((begin, slots))
        self._hold(edges, np.concatenate(([self._level], levels[:-1])))
        self._level, self._since = int(levels[-1]), int(slots[-1])

    def _find_peaks(self, slots: Integers, levels: Integers) -> None:
        """Take in the levels from each slot on."""
        counting = (slots >= self.window[0]) & (slots < self.window[1])
        if self.left_out:
            counting &= ~np.isin(slots // _HOUR, sorted(self.left_out))
        slots, levels = slots[counting], levels[counting]
        if not slots.size:
            return
        days = slots // _DAY
        first = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
        for begin, end in zip(first.tolist(), [*first[1:].tolist(), slots.size], strict=True):
            at = begin + int(np.argmax(levels[begin:end]))
            level, second, day = int(levels[at]), int(slots[at]), int(days[begin])
            if level > self.daily.get(day, (0, 0))[0]:
                self.daily[day] = level, second
            if level > self.peak:
                self.peak, self.peak_at = level, second

    def _hold(self, edges: Integers, levels: Integers) -> None:
        """Count level i for the seconds from edge i to edge i + 1."""
        edges = np.clip(edges, *self.window)
        lasting = np.diff(edges)
        for hour in self.left_out:
            ends = np.minimum(edges[1:], (hour + 1) * _HOUR)
            lasting -= np.maximum(ends - np.maximum(edges[:-1], hour * _HOUR), 0)
        distinct, group = np.unique(levels, return_inverse=True)
        seconds = np.bincount(group.reshape(-1), lasting).astype(np.int64)
        for level, length in zip(distinct.tolist(), seconds.tolist(), strict=True):
            if length:
                self.seconds_at[level] = self.seconds_at.get(level, 0) + length
        for hour, load in _by_hour(edges, levels):
            if hour not in self.left_out:
                self.hourly[hour] = self.hourly.get(hour, 0) + load

    def document(self) -> dict[str, Any]:
        """Return peak, mean and percentiles over seconds."""
        every = sorted(self.seconds_at.items())
        if not every:
            return {"peak": 0, "peak_at": None, "mean": 0.0, **dict.fromkeys(_SHOWN, 0)}
        levels = np.array([level for level, _ in every], np.int64)
        seconds = np.array([length for _, length in every], np.int64)
        mean = sum(level * length for level, length in every) / int(seconds.sum())
        return {"peak": self.peak, "peak_at": written(self.peak_at), "mean": mean, **ranks(levels, seconds, _SHOWN)}


def _by_hour(edges: Integers, levels: Integers) -> Iterator[tuple[int, int]]:
    """Yield the call-seconds of each hour that has any, cutting runs at full hours.

    A level that stays for over a month comes from a damaged date, and is left out.
    """
    busy = np.flatnonzero((levels != 0) & (np.diff(edges) <= _MONTH))
    begin, end, level = edges[:-1][busy], edges[1:][busy], levels[busy]
    hours = begin // _HOUR
    while begin.size:
        cut = np.minimum(end, (hours + 1) * _HOUR)
        distinct, group = np.unique(hours, return_inverse=True)
        loads = np.bincount(group.reshape(-1), (cut - begin) * level).astype(np.int64)
        yield from zip(distinct.tolist(), loads.tolist(), strict=True)
        more = np.flatnonzero(end > cut)
        begin, end, level, hours = cut[more], end[more], level[more], hours[more] + 1


# Everything that needs the timeline: which of its hours count, and rates and concurrency over them.

_MINUTE = 60
_MINUTES_AN_HOUR = 60
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Clock:
    """The hours of an archive that count: from `first` to `last`, but for those in which the clock was changed.

    Hours count from 0001-01-01. `repeated` ones were passed twice, as the zone says or as calls that stop before
    they start show; in `skipped` ones nothing could happen. `strays` attempts lie outside.
    """

    first: int
    last: int
    repeated: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    strays: int = 0
    known: bool = False

    @property
    def left_out(self) -> frozenset[int]:
        """The hours between the first and the last that are no measure of anything."""
        return frozenset((*self.repeated, *self.skipped))

    @property
    def window(self) -> tuple[int, int]:
        """The seconds that count, as [from, until)."""
        return self.first * HOUR, (self.last + 1) * HOUR

    def counts(self, hours: Iterable[int]) -> set[int]:
        """Return the hours that count, of some."""
        return {hour for hour in hours if self.first <= hour <= self.last} - self.left_out

    def document(self, attempts: Mapping[int, int]) -> dict[str, Any]:
        """Return the hours left out, and how they are known."""
        repeated = [{**_hour(hour), "attempts": attempts.get(hour, 0)} for hour in self.repeated]
        how = "zone" if self.known else "stop before start"
        return {"repeated": repeated, "skipped": [_hour(h) for h in self.skipped], "how": how, "strays": self.strays}


def _hour(hour: int) -> dict[str, str]:
    return written_range(hour * HOUR, (hour + 1) * HOUR)


def read_clock(attempts: Mapping[int, int], summary: Summary, zone: ZoneInfo | None) -> Clock:
    """Return which hours count, of those with `attempts`."""
    first, last, left = _bounds(_within_files(sorted(attempts.items()), summary.files))
    strays = sum(attempts.values()) - left
    if zone is None:
        return Clock(first, last, tuple(_passed_twice(attempts, summary.tallies)), strays=strays)
    shifts = {hour: _shift(hour, zone) for hour in range(first, last + 1)} if last - first < _MOST_HOURS else {}
    repeated = tuple(hour for hour, shift in shifts.items() if shift < 0)
    return Clock(first, last, repeated, tuple(h for h, shift in shifts.items() if shift > 0), strays, known=True)


_MOST_HOURS = 24 * 366 * 20


def _within_files(hours: list[tuple[int, int]], files: Iterable[str]) -> list[tuple[int, int]]:
    """Return the hours without those a day away from all that the files' names tell, where these hold few attempts."""
    named = [time[0] for time in map(named_time, files) if time]
    if not named:
        return hours
    gap = setting("stray_gap")
    begin, until = min(named) - gap, max(named) + (usual_interval(files) or HOUR) + gap
    inside = [(hour, count) for hour, count in hours if begin <= hour * HOUR < until]
    every, kept = (sum(count for _, count in some) for some in (hours, inside))
    return inside if every - kept <= setting("stray_share_named") * every else hours


def _bounds(hours: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Return the first and last hour without the few attempts far before and behind all others, and what is left."""
    few = setting("stray_share") * sum(count for _, count in hours)
    few = max(few, float(sum(count for _, count in hours) >= limit("stray_records")))
    begin, before = _cut(hours, few)
    end, behind = _cut(hours[::-1], few - before)
    left = sum(count for _, count in hours) - before - behind
    return hours[begin][0], hours[len(hours) - 1 - end][0], left


def _cut(hours: list[tuple[int, int]], few: float) -> tuple[int, int]:
    """Return how many hours to drop from the front, and the attempts in them."""
    found, seen = (0, 0), 0
    for i, ((hour, count), (after, _)) in enumerate(pairwise(hours), start=1):
        seen += count
        if seen > few:
            break
        if abs(after - hour) > setting("stray_gap") / HOUR:
            found = i, seen
    return found


def _passed_twice(attempts: Mapping[int, int], tallies: Mapping[str, int]) -> Iterator[int]:
    """Yield hours in which calls that stop before they start pile up, and which are twice as busy as others.

    Where the clock is put back by two hours, calls begin in the second of them and stop in the first.
    """
    counts = {int(name.removeprefix(BACKWARDS)): n for name, n in tallies.items() if name.startswith(BACKWARDS)}
    every = sum(counts.values())
    for hour, count in sorted(counts.items()):
        if count >= limit("repeated_records") and 2 * count > every:
            yield from next((hours for hours in ([hour], [hour - 1, hour]) if _busier(hours, attempts)), [])


def _busier(hours: Sequence[int], attempts: Mapping[int, int]) -> bool:
    """Tell whether all of some hours are passed twice, as those before and behind show."""
    beside = (attempts.get(hours[0] - 1, 0) + attempts.get(hours[-1] + 1, 0)) / 2
    return all(attempts.get(hour, 0) > setting("repeated_factor") * beside for hour in hours)


def _shift(hour: int, zone: ZoneInfo) -> float:
    """Return by how many seconds a zone's clock is put forward within an hour; below 0 it is put back."""
    begin = datetime(1, 1, 1) + timedelta(hours=hour)  # noqa: DTZ001  the zone comes next
    for minute in (0, 30):
        first = begin.replace(minute=minute, tzinfo=zone)
        before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
        if before != after and before is not None and after is not None:
            return (after - before).total_seconds()
    return 0.0


class Days:
    """The highest of every day (from 0001-01-01): calls in progress, attempts a minute and a second."""

    def __init__(self) -> None:
        self.calls: dict[int, tuple[int, int]] = {}
        self.minute: dict[int, int] = {}
        self.second: dict[int, int] = {}
        self.attempts: dict[int, int] = {}

    def whole(self, window: tuple[int, int]) -> list[int]:
        """Return the days seen from midnight to midnight (but for an hour)."""
        return [
            day
            for day, attempts in sorted(self.attempts.items())
            if attempts and min(window[1], (day + 1) * DAY) - max(window[0], day * DAY) > DAY - HOUR
        ]


class Times:
    """Rates, both concurrencies, and counts by clock minute and hour (from 0001-01-01), of the hours that count.

    `present` are the hours in which any record starts or ends; `within` bounds those that count (first and last).
    """

    def __init__(self, summary: Summary, zone: ZoneInfo | None = None, within: tuple[int, int] | None = None) -> None:
        every, self.present = _hours_of(summary)
        self.clock = read_clock(every, summary, zone) if every else Clock(0, 0)
        if within:
            self.clock = replace(self.clock, first=within[0], last=within[1])
        self.every_hour = every
        about = (self.clock.window, self.clock.left_out)
        self.attempts, self.answered = Concurrency(*about), Concurrency(*about)
        self.rates = {name: Rate(width) for name, width in UNITS.items()}
        self.days = Days()
        counted = self.clock.counts(every)
        self.hours = {hour: count for hour, count in every.items() if hour in counted}
        self.present = self.present & set(range(self.clock.first, self.clock.last + 1)) | set(self.clock.skipped)
        self.minutes: dict[int, int] = {}
        for piece in summary.seconds.pieces():
            self._add(piece)
        self._finish(summary)

    def _add(self, piece: Piece) -> None:
        slots, counts = piece
        self.attempts.add(slots, counts[STARTS] - counts[ENDS])
        self.answered.add(slots, counts[TALKING])
        slots, starts = self._counting(slots, counts[STARTS])
        for rate in self.rates.values():
            rate.add(*by_unit(slots, starts, rate.width))
        units, by_minute = by_unit(slots, starts, _MINUTE)
        self.minutes.update(zip(units.tolist(), by_minute.tolist(), strict=True))
        _highest(self.days.second, slots // DAY, starts)
        _highest(self.days.minute, units // (DAY // _MINUTE), by_minute)
        for day, count in zip(*(part.tolist() for part in by_unit(slots, starts, DAY)), strict=True):
            self.days.attempts[day] = self.days.attempts.get(day, 0) + count

    def _counting(self, slots: Any, starts: Any) -> tuple[Any, Any]:  # noqa: ANN401  arrays
        begin, end = self.clock.window
        if not slots.size or (begin <= slots[0] and slots[-1] < end and not self.clock.left_out):
            return slots, starts
        kept = (slots >= begin) & (slots < end)
        if self.clock.left_out:
            kept &= ~np.isin(slots // HOUR, sorted(self.clock.left_out))
        return slots[kept], starts[kept]

    def _finish(self, summary: Summary) -> None:
        hours_left = len([h for h in self.clock.left_out if self.clock.first <= h <= self.clock.last])
        for rate in self.rates.values():
            rate.left_out = hours_left * HOUR // rate.width
        self.days.calls = self.attempts.daily
        self.answered_minutes = _count(summary.answered_minutes.pieces(), 1)
        answered = _count(summary.answered_minutes.pieces(), _MINUTES_AN_HOUR)
        self.by_hour = Hours(self.hours, answered, self.attempts.hourly, self.answered.hourly)

    def span(self) -> dict[str, Any]:
        """Return the first and last second of attempts, and how many seconds between them count."""
        second = self.rates["second"]
        if second.first is None:
            return {"from": None, "until": None, "seconds": 0}
        return {**written_range(second.first, second.last + 1), "seconds": second.span}

    def peak_at(self, day: int) -> str:
        """Return when the calls of a day were highest."""
        return written(self.days.calls[day][1])


def _highest(into: dict[int, int], days: Any, counts: Any) -> None:  # noqa: ANN401  arrays
    """Keep the highest count of every day; days ascend."""
    if not days.size:
        return
    first = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
    highest = np.maximum.reduceat(counts, first)
    for day, count in zip(days[first].tolist(), highest.tolist(), strict=True):
        into[day] = max(into.get(day, 0), count)


def _hours_of(summary: Summary) -> tuple[dict[int, int], set[int]]:
    """Return attempts by hour, and the hours in which any record starts or ends."""
    attempts: dict[int, int] = {}
    present: set[int] = set()
    for slots, counts in summary.seconds.pieces():
        units, starts = by_unit(slots, counts[STARTS], HOUR)
        attempts.update(zip(units.tolist(), starts.tolist(), strict=True))
        present.update(np.unique(slots[(counts[STARTS] + counts[ENDS]) != 0] // HOUR).tolist())
    return attempts, present


def _count(pieces: Iterable[Piece], width: int) -> dict[int, int]:
    counted: dict[int, int] = {}
    for piece in pieces:
        units, counts = by_unit(piece.slots, piece.counts[0], width)
        counted.update(zip(units.tolist(), counts.tolist(), strict=True))
    return counted
