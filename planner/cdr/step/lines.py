"""Where lines and fields stand in a window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.step.words import Positions
    from planner.cdr.windows import Window

    Bytes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]

_SEPARATOR = ord("|")
_LF = ord("\n")
_CR = ord("\r")
_FIRST_HIGH = 128


@dataclass(frozen=True)
class Lines:
    """The lines of one window, as positions in its buffer.

    `begin` and `end` bound each line without its LF, `first` is the index of its first separator in
    `separators` (the line's own LF counts as one), `fields` the number of its fields.
    """

    buffer: bytearray
    separators: Positions
    first: Positions
    begin: Positions
    end: Positions
    fields: Positions

    @cached_property
    def carriage_returns(self) -> Flags:
        """Which lines have a CR before their LF."""
        octets = np.frombuffer(self.buffer, np.uint8)
        found: Flags = (octets.take(self.end - 1) == _CR) & (self.end > self.begin)
        return found

    @cached_property
    def any_carriage_return(self) -> bool:
        """Whether any line has one."""
        return bool(self.carriage_returns.any())

    @cached_property
    def content_end(self) -> Positions:
        """Where each line ends without the CR of its line end."""
        return self.end - self.carriage_returns

    def content(self, line: int) -> bytes:
        """Return one line without its LF."""
        return bytes(self.buffer[self.begin[line] : self.end[line]])


def split_lines(window: Window) -> Lines:
    """Find the lines of a window; an unterminated last line is given an LF in the room behind it."""
    high = window.high
    if not window.terminated:
        window.buffer[high] = _LF
        high += 1
    octets = np.frombuffer(window.buffer, np.uint8)[:high]
    marks = octets == _SEPARATOR
    marks |= octets == _LF
    marks[: window.low] = False
    separators = np.flatnonzero(marks)
    last = np.flatnonzero(octets.take(separators) == _LF)
    end = separators.take(last)
    first = np.empty_like(last)
    begin = np.empty_like(end)
    first[:1], first[1:] = 0, last[:-1] + 1
    begin[:1], begin[1:] = window.low, end[:-1] + 1
    return Lines(window.buffer, separators, first, begin, end, last - first + 1)


def _holding(lines: Lines, positions: Positions) -> Positions:
    return np.unique(np.searchsorted(lines.end, positions))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def find_damaged_text(window: Window, lines: Lines) -> Positions:
    """Return the lines that hold a NUL, or bytes that are not UTF-8 (an LF is never part of a sequence)."""
    octets = np.frombuffer(window.buffer, np.uint8)[window.low : window.high]
    damaged = [np.empty(0, np.int64)]
    if octets.size and octets.min() == 0:
        damaged.append(_holding(lines, np.flatnonzero(octets == 0) + window.low))
    if octets.size and octets.max() >= _FIRST_HIGH and not _is_utf8(octets.tobytes()):
        suspects = _holding(lines, np.flatnonzero(octets >= _FIRST_HIGH) + window.low)
        wrong = [line for line in suspects.tolist() if not _is_utf8(lines.content(line))]
        damaged.append(np.array(wrong, np.int64))
    return np.concatenate(damaged)
