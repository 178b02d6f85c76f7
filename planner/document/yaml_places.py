"""Where YAML events stand in the file, by this program's notion of a line."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import Any

from planner.document.lines import Lines
from planner.finding import Span

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_ODD_BREAKS = ("\x85", "\u2028", "\u2029")

_span = partial(tuple.__new__, Span)
"""Makes a span in half the time its name takes: from one tuple, unchecked."""


class Places:
    """Turns the parser's marks into spans.

    The parser also ends lines where no file has one (a lone carriage return, U+0085, U+2028, U+2029); in a
    text with any of these its offsets are used instead of its lines.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._by_offset = _has_odd_breaks(text)
        self._end = (text.count("\n") + 1, len(text) - text.rfind("\n"))

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text, for places given as offsets."""
        return Lines(self.text, self.path)

    def line(self, number: int) -> str:
        """Return the text of a line."""
        found = self.text.split("\n")[number - 1 : number]
        return found[0] if found else ""

    def of(self, event: Any) -> Span:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Return the span of an event as the parser has it."""
        start, end = event.start_mark, event.end_mark
        if self._by_offset:
            return self.lines.span(start.index, end.index)
        end_line = end.line + 1
        if end_line < self._end[0]:
            return _span((self.path, start.line + 1, start.column + 1, end_line, end.column + 1))
        # The parser puts what is not there behind a last line without line feed.
        begin, finish = (start.line + 1, start.column + 1), (end_line, end.column + 1)
        return Span(self.path, *min(begin, self._end), *min(finish, self._end))

    def bare(self, event: Any, span: Span) -> Span:  # noqa: ANN401
        """Return the span of a scalar without the anchor and the tag in front of it."""
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self.text, start, end)
        return span if properties is None else self.lines.span(properties.end(), end)


def _has_odd_breaks(text: str) -> bool:
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return True
    return not text.isascii() and any(character in text for character in _ODD_BREAKS)
