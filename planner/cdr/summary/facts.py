"""The piece of work one reader gets: a file, or the lines of it that begin within a range of bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from planner.cdr.format import cdr_format, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOUR = 3600
_DAY = 86_400
_FOREVER = 1 << 62


@dataclass(frozen=True)
class Stretch:
    """The lines of `path` that begin in bytes `begin` to `end` (exclusive; None: to the end of the file).

    `size` is what the stored file measured when it was found, where that is known; `covers` the seconds that a
    file named by an hour covers: an hour, or where files are written less often, a day.
    """

    path: str
    begin: int = 0
    end: int | None = None
    size: int | None = None
    covers: int = _HOUR

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
        self.first_stop = _least(self.first_stop, other.first_stop)
        self.last_stop = _greatest(self.last_stop, other.last_stop)
        for begin, lines in other.lines_from.items():
            self.lines_from[begin] = self.lines_from.get(begin, 0) + lines
        self.note = max(self.note, other.note)

    def line_number(self, example: Example) -> int:
        """Return an example's line number within the whole file, counted from 1."""
        before = (lines for begin, lines in self.lines_from.items() if begin < example.begin)
        return sum(before) + example.line + 1


def _least(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _greatest(one: int | None, other: int | None) -> int | None:
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
