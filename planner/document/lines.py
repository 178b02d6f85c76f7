"""Lines and columns of a text: the one notion of a line that every span in this program uses.

A line ends at a line feed, and a carriage return before it belongs to the end; nothing else ends a line. So
says `wc -l`, so do the C programs that read sysctl and option files, and so do code hosts.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from planner.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a text without their ends (`\n` or `\r\n`); line n is item n-1."""
    return [line.removesuffix("\r") for line in text.split("\n")]


class Lines:
    """The line starts of one text, to turn offsets into places and back. Offsets count characters from 0."""

    def __init__(self, text: str, path: str = "") -> None:
        self.text = text
        self.path = path
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *accumulate(lengths)][:-1]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and column; places past the end give the end."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from offset `start` up to, not including, `end`."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(self.path, line, column, end_line, end_column)

    def slice(self, span: Span) -> str:
        """Return the text a span covers."""
        start = self.offset(span.line, span.column)
        return self.text[start : self.offset(span.end_line, span.end_column)]

    def __iter__(self) -> Iterator[str]:
        return iter(split_lines(self.text))
