"""The sum of what was read: totals per key, facts of files, and how two sums become one.

With more keys than the limit, those with the smallest fingerprints stay. A key that stays at the end was
never dropped on the way, so what is kept is exact in any order of merging; the rest is known as a remainder.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.format import cdr_format, limit, parse_instant
from planner.cdr.step.fields import fingerprint
from planner.cdr.summary.changes import Changes
from planner.cdr.summary.samples import Histogram, Sample, Timeline

if TYPE_CHECKING:
    import numpy.typing as npt


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


# The piece of work one reader gets: a file, or the lines of it that begin within a range of bytes.

_HOUR = 3600
_DAY = 86_400
_FOREVER = 1 << 62


@dataclass(frozen=True)
class Stretch:
    """The lines of `path` that begin in bytes `begin` to `end` (exclusive; None: to the end of the file).

    `size` is what the stored file measured when it was found, where that is known; `covers` the seconds that a
    file named by an hour covers: an hour, or where files are written less often, a day. With `lines_only` its lines
    are judged, and nothing is measured of the calls.
    """

    path: str
    begin: int = 0
    end: int | None = None
    size: int | None = None
    covers: int = _HOUR
    lines_only: bool = False

    @cached_property
    def named_time(self) -> tuple[int, int] | None:
        """The stop times the file's name announces, [from, until) in seconds; None where it names no hour.

        A name of ten digits means what `covers` says; a longer one only a time before which no call of it ended.
        """
        return named_time(self.path, self.covers)


def named_time(path: str, covers: int = _HOUR) -> tuple[int, int] | None:
    """Return the stop times a file's name announces: see `Stretch.named_time`."""
    found = cdr_format().file_name.match(PurePath(path).name.split(".", 1)[0])
    if found is None:
        return None
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    begin = parse_instant(f"{year}-{month}-{day} {hour}:{minute}:{second}".encode())
    if begin is None:
        return None
    return begin, begin + covers if found.group(5) is None else _FOREVER


def usual_interval(paths: Iterable[str]) -> int | None:
    """Return the most frequent seconds from one named file to the next; None with fewer than two such files."""
    begins = sorted({time[0] for time in map(named_time, paths) if time})
    gaps = Counter(after - before for before, after in pairwise(begins))
    return min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else None


# What is known about each input file, and the first examples of what was wrong in it.


@dataclass(slots=True)
class FileFacts:
    """One file's counts. `bytes` are those read, decompressed; times are seconds since 0001-01-01.

    `lines_from` holds the number of lines of each stretch the file was read in, by the stretch's first byte.
    `hold_fits_seconds` counts answered records whose holdTime, read as seconds, fits into stop - start.
    """

    bytes: int = 0
    records: int = 0
    headers: int = 0
    rejected: int = 0
    answered: int = 0
    hold_fits_seconds: int = 0
    first_stop: int | None = None
    last_stop: int | None = None
    lines_from: dict[int, int] = field(default_factory=dict)
    note: str = ""

    @property
    def lines(self) -> int:
        """The number of lines."""
        return sum(self.lines_from.values())

    def merge(self, other: FileFacts) -> None:
        """Add what is known of another stretch of the same file."""
        for name in ("bytes", "records", "headers", "rejected", "answered", "hold_fits_seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first_stop = least(self.first_stop, other.first_stop)
        self.last_stop = greatest(self.last_stop, other.last_stop)
        for begin, lines in other.lines_from.items():
            self.lines_from[begin] = self.lines_from.get(begin, 0) + lines
        self.note = max(self.note, other.note)

    def line_number(self, example: Example) -> int:
        """Return an example's line number within the whole file, counted from 1."""
        before = (lines for begin, lines in self.lines_from.items() if begin < example.begin)
        return sum(before) + example.line + 1


def least(one: int | None, other: int | None) -> int | None:
    """Return the smaller of two, or the one there is."""
    return min((value for value in (one, other) if value is not None), default=None)


def greatest(one: int | None, other: int | None) -> int | None:
    """Return the larger of two, or the one there is."""
    return max((value for value in (one, other) if value is not None), default=None)


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """One line: its file and byte offset, and its place in the stretch (from byte `begin`) that was read.

    `text` is the beginning of the line, `commas` how many commas it holds.
    """

    path: str
    offset: int
    begin: int
    line: int
    text: str = ""
    commas: int = 0


@dataclass(slots=True)
class Examples:
    """The first examples of every kind, in the order of files and offsets."""

    limit: int
    kinds: dict[str, list[Example]] = field(default_factory=dict)

    def wants(self, kind: str, path: str, offset: int) -> bool:
        """Tell whether a line at this place may be among the first of its kind."""
        kept = self.kinds.get(kind, [])
        return len(kept) < self.limit or (path, offset) < (kept[-1].path, kept[-1].offset)

    def add(self, kind: str, example: Example) -> None:
        """Keep an example if it is among the first."""
        kept = self.kinds.setdefault(kind, [])
        kept.append(example)
        kept.sort()
        del kept[self.limit :]

    def merge(self, other: Examples) -> None:
        """Keep the first of both."""
        for kind, examples in other.kinds.items():
            for example in examples:
                self.add(kind, example)


# Everything measured of a set of lines: a commutative, associative sum.

STARTS, ENDS, TALKING = range(3)
"""Rows of `seconds`: attempts that start, attempts that end, and the change in answered calls in progress."""

BACKWARDS = "backwards:"
"""Tallies of records that stop before they start, by the hour (from 0001-01-01) they start in."""

HISTOGRAMS = {
    "hold_s": 1 << 15,
    "setup_s": 1 << 12,
    "caller_pdd_ms": 1 << 17,
    "callee_pdd_ms": 1 << 17,
    "line_bytes": 1 << 12,
}
"""The distributions kept, each with the number of values that are stored densely."""

DIMENSIONS = ("callerGatewayId", "calleeGatewayId", "endReason", "endDirection", "billingMode", "prefix")


OPEN_HOURS = limit("open_hours")
_STRAY_PART = 500


def _between(edges: list[int], apart: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the hours between two edges, those apart left out, as stretches."""
    if edges:
        begin, end = edges
        inner = [hour for hour in apart if begin <= hour < end]
        for start, until in zip([begin, *(hour + 1 for hour in inner)], [*inner, end], strict=True):
            if until > start:
                yield start, until


@dataclass(slots=True)
class Summary:
    """The sum of what was measured.

    `tallies` counts lines by `reason:NAME`, records by `suspicious:NAME` and `fields:N`, and adds up
    `hold_ms`, `duration_s` and `size`; of the `over` records that talk a second longer than they last, by how much
    they do (`over_ms`). `seconds` counts by second (rows `STARTS`, `ENDS`, `TALKING`),
    `answered_minutes` answered calls by the minute they start in. `message` is the whole as bytes, where it came so
    and is what it was.
    """

    tallies: Counter[str] = field(default_factory=Counter)
    files: dict[str, FileFacts] = field(default_factory=dict)
    examples: Examples = field(default_factory=lambda: Examples(limit("examples")))
    seconds: Timeline = field(default_factory=lambda: Timeline(3))
    answered_minutes: Timeline = field(default_factory=lambda: Timeline(1, 1440))
    histograms: dict[str, Histogram] = field(
        default_factory=lambda: {name: Histogram(dense) for name, dense in HISTOGRAMS.items()}
    )
    tables: dict[str, Table] = field(default_factory=lambda: {name: Table(limit("table_keys")) for name in DIMENSIONS})
    sample: Sample = field(default_factory=Sample)
    closed: list[tuple[int, int]] = field(default_factory=list)
    message: bytes = b""

    @property
    def timelines(self) -> dict[str, Timeline]:
        """What is counted by time."""
        return {"seconds": self.seconds, "answered_minutes": self.answered_minutes}

    def reached(self) -> npt.NDArray[np.int64]:
        """Return the hours that something is counted in, and those that are closed."""
        closed = (np.arange(begin, end) for begin, end in self.closed)
        return np.unique(np.concatenate([self.seconds.hours()[0], *closed]))

    def close(self, apart: Iterable[int] = ()) -> None:
        """Close the hours between the first and the last of the traffic: what others count there is then unknown.

        Near both ends other files have calls too, and so they may in the hours `apart`.
        """
        hours, slots = self.seconds.hours()
        if not hours.size:
            return
        self.message = b""
        reached, strays = np.cumsum(slots), int(slots.sum()) // _STRAY_PART
        first, last = np.searchsorted(reached, (strays + 1, reached[-1] - strays)).tolist()
        for begin, end in _between([int(hours[first]) + 1, int(hours[last]) + 1 - OPEN_HOURS], sorted(apart)):
            for table in self.tables.values():
                table.changes.close(begin, end)
            self.closed.append((begin, end))

    def merge(self, other: Summary) -> None:
        """Add another summary; the result is the same in any order and any grouping."""
        self.message = b""
        self.tallies.update(other.tallies)
        for path, facts in other.files.items():
            self.files.setdefault(path, FileFacts()).merge(facts)
        self.examples.merge(other.examples)
        for name, timeline in self.timelines.items():
            timeline.merge(other.timelines[name])
        for name, histogram in self.histograms.items():
            histogram.merge(other.histograms[name])
        for name, table in self.tables.items():
            table.merge(other.tables[name])
        self.sample.merge(other.sample)
        self.closed += other.closed
