"""The lines of a sysctl file as one program sees them: its own line ends and its own longest line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.faults import fault
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded
    from planner.document.sysctl_reader import SysctlReader
    from planner.finding import Finding

_WIDEST = 4
"""Bytes of the longest character in UTF-8."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a program sees it, and where it begins in the file."""

    text: str
    path: str
    number: int
    column: int = 1

    def span(self, start: int, length: int) -> Span:
        """Return the span of `length` characters, which may be 0, from offset `start` of the line."""
        column = self.column + start
        return Span(self.path, self.number, column, self.number, column + length)


def split(decoded: Decoded, path: str, reader: SysctlReader) -> tuple[list[Line], list[Finding]]:
    """Return the lines of a file as `reader` sees them, and what it loses in doing so."""
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, text in enumerate(decoded.text.split("\n"), 1):
        if number == 1 and decoded.bom:
            findings.append(_marked(text, path))
            continue
        if "\0" in text:
            findings.append(_cut(text, path, number))
        lines.extend(_seen(Line(text, path, number), reader))
        if len(text) >= reader.longest_line // _WIDEST and len(text.encode()) >= reader.longest_line:
            findings.append(_overlong(Line(text, path, number), reader))
    return lines, findings


def _seen(line: Line, reader: SysctlReader) -> Iterator[Line]:
    """Yield the pieces a program makes of one line."""
    column = 1
    for part in re.split(f"([{reader.ends}])", line.text) if reader.ends else (line.text,):
        for piece in _pieces(part, reader.longest_line):
            yield Line(piece.partition("\0")[0], line.path, line.number, column)
            column += len(piece)


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Yield a line in pieces of at most `longest` bytes."""
    if len(text) < longest // _WIDEST:
        yield text
        return
    data = text.encode()
    for start in range(0, max(len(data), 1), longest):
        yield data[start : start + longest].decode(errors="replace")


def _marked(text: str, path: str) -> Finding:
    message = wording("the file begins with a byte-order mark: its first line is lost, as setting or as comment")
    return fault("byte-order-mark", Span(path, 1, 1, 1, len(text.rstrip("\r")) + 1), message)


def _cut(text: str, path: str, number: int) -> Finding:
    column = text.index("\0") + 1
    message = wording("a NUL byte: what follows on the line is lost")
    return fault("ignored-line", Span.at(path, number, column), message)


def _overlong(line: Line, reader: SysctlReader) -> Finding:
    message = wording(
        "the line is longer than the {most} bytes {reader} reads at once", most=reader.longest_line, reader=reader.name
    )
    return fault("overlong-line", line.span(0, len(line.text)), message)
