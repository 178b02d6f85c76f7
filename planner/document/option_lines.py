"""The lines of an option file as the server's own reader sees them: bytes, cut where its buffer ends.

Source: mysys/my_default.c (MySQL 5.0 to 8.4 and MariaDB alike). The buffer takes 4,094 bytes at a time, so
a longer line continues as a line of its own. White space is white space of Latin-1: the byte 0xA0 counts,
although it is the second half of `à` and of a no-break space in UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.decoding import byte_text
from planner.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded

SPACE = "\t\n\v\f\r \xa0"
LONGEST = 4094
_CONTINUING = bytes(range(0x80, 0xC0))


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One line, a character for each byte; `before` counts the characters in front of it on its line.

    `ended` tells whether a line feed follows: an include on a line without one loses a character.
    """

    text: str
    path: str
    number: int
    before: int = 0
    ended: bool = True

    def span(self, start: int, end: int) -> Span:
        """Return the place, in characters, of the bytes from `start` up to `end`."""
        return Span(self.path, self.number, self._column(start), self.number, self._column(end))

    def shown(self, start: int, end: int) -> str:
        """Return the bytes from `start` up to `end` as text."""
        piece = self.text[start:end]
        return piece if piece.isascii() else byte_text(piece.encode("latin-1"))

    def _column(self, offset: int) -> int:
        front = self.text[:offset]
        return 1 + self.before + (offset if front.isascii() else len(byte_text(front.encode("latin-1"))))


def option_lines(decoded: Decoded, path: str) -> Iterator[OptionLine]:
    """Yield the lines the reader sees, in file order."""
    physical = decoded.data.decode("latin-1").split("\n")
    for number, text in enumerate(physical, 1):
        ended = number < len(physical)
        if len(text) <= LONGEST:
            whole, cut, _ = text.partition("\0")
            yield OptionLine(whole, path, number, ended=ended and not cut)
            continue
        before = 0
        for start in range(0, len(text), LONGEST):
            piece = text[start : start + LONGEST]
            seen, cut, _ = piece.partition("\0")
            last = ended and start + LONGEST >= len(text)
            yield OptionLine(seen, path, number, before, last and not cut)
            before += _characters(piece)


def _characters(piece: str) -> int:
    """Return how many characters begin in a piece, whose last one the next piece may end."""
    return len(piece.encode("latin-1").translate(None, _CONTINUING))
