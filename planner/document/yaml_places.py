"""Where YAML events stand in the file, by this program's notion of a line."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planner.document.lines import Lines
from planner.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_ODD_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")


class Places:
    """Turns the parser's marks into spans.

    The parser also ends lines where no file has one (a lone carriage return, U+0085, U+2028, U+2029); in a
    text with any of these its offsets are used instead of its lines.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._by_offset = _ODD_BREAKS.search(text) is not None
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
        span = (start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if span[2:] > self._end:  # the parser puts what is not there behind a last line without line feed
            span = (*min(span[:2], self._end), *self._end)
        return Span(self.path, *span)

    def bare(self, event: Any, span: Span) -> Span:  # noqa: ANN401
        """Return the span of a scalar without the anchor and the tag in front of it."""
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self.text, start, end)
        return span if properties is None else self.lines.span(properties.end(), end)


def extent(start: Span, members: Iterable[Span]) -> Span:
    """Return where a block stands: up to its last member; the parser ends it at the next token.

    Members that an alias repeats stand elsewhere in the file and are left out.
    """
    first = (start.line, start.column)
    ends = [(span.end_line, span.end_column) for span in members if (span.line, span.column) >= first]
    last = max(ends, default=(start.end_line, start.end_column))
    return Span(start.path, *first, *last)
