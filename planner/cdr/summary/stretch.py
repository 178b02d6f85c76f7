"""The piece of work one reader gets: a file, or the lines of it that begin within a range of bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from planner.cdr.format import cdr_format
from planner.cdr.line import parse_instant

_HOUR = 3600
_FOREVER = 1 << 62


@dataclass(frozen=True)
class Stretch:
    """The lines of `path` that begin in bytes `begin` to `end` (exclusive; None: to the end of the file).

    `size` is what the stored file measured when it was found, where that is known.
    """

    path: str
    begin: int = 0
    end: int | None = None
    size: int | None = None

    @cached_property
    def named_time(self) -> tuple[int, int] | None:
        """The stop times the file's name announces, [from, until) in seconds; None where it names no hour.

        A name of ten digits means that hour; a longer one only a time before which no call of it ended.
        """
        return named_time(self.path)


def named_time(path: str) -> tuple[int, int] | None:
    """Return the stop times a file's name announces: see `Stretch.named_time`."""
    found = cdr_format().file_name.match(PurePath(path).name.split(".", 1)[0])
    if found is None:
        return None
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    begin = parse_instant(f"{year}-{month}-{day} {hour}:{minute}:{second}".encode())
    if begin is None:
        return None
    return begin, begin + _HOUR if found.group(5) is None else _FOREVER
