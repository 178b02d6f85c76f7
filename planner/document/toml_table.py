"""Tables of a TOML file while it is read: a table may be added to from several places of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planner.document.budget import escape
from planner.document.model import Entry, Mapping, Sequence

if TYPE_CHECKING:
    from planner.document.lines import Lines
    from planner.document.model import Node, Scalar


class Table:
    """One table: where it begins and ends so far, and its members in the order of first mention."""

    def __init__(self, pointer: str, key: Scalar | None, start: int) -> None:
        self.pointer, self.key = pointer, key
        self._start, self._end = start, start
        self._members: dict[str, tuple[Scalar, Node | Unfinished]] = {}

    def touch(self, end: int) -> None:
        """Extend the table to an offset of the text."""
        self._end = max(self._end, end)

    def add(self, key: Scalar, node: Node) -> None:
        """Add a finished value."""
        self._members[key.text] = (self._own(key), node)

    def child(self, key: Scalar) -> Unfinished:
        """Return the table or the array of tables under a key; a new table where there is none."""
        if key.text not in self._members:
            own = self._own(key)
            self._members[key.text] = (own, Table(own.pointer, own, 0))
        member = self._members[key.text][1]
        if not isinstance(member, Table | Tables):
            raise TypeError(f"{key.pointer} is no table")
        return member

    def tables(self, key: Scalar) -> Tables:
        """Return the array of tables under a key; a new one where there is none."""
        own = self._own(key)
        member = self._members.setdefault(key.text, (own, Tables(own.pointer)))[1]
        if not isinstance(member, Tables):
            raise TypeError(f"{key.pointer} is no array of tables")
        return member

    def _own(self, key: Scalar) -> Scalar:
        """Return a key with its pointer below this table, the last of its array if there are several."""
        return key._replace(pointer=f"{self.pointer}/{escape(key.text)}")

    def located(self, lines: Lines) -> Mapping:
        """Return the finished table."""
        entries = tuple(
            Entry(name, key, member.located(lines) if isinstance(member, Table | Tables) else member)
            for name, (key, member) in self._members.items()
        )
        start = self._start if self.key is None else lines.offset(self.key.span.line, self.key.span.column)
        ends = (lines.offset(entry.node.span.end_line, entry.node.span.end_column) for entry in entries)
        return Mapping(entries, lines.span(start, max(self._end, start, *ends)), self.pointer)


class Tables:
    """An array of tables: `[[name]]` once for each."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        self.items: list[Table] = []
        self._start = 0

    def begin(self, start: int) -> Table:
        """Return a new table at the end of the array, whose header stands at offset `start`."""
        self._start = self._start if self.items else start
        self.items.append(Table(f"{self.pointer}/{len(self.items)}", None, start))
        return self.items[-1]

    def located(self, lines: Lines) -> Sequence:
        """Return the finished array."""
        items = tuple(item.located(lines) for item in self.items)
        last = items[-1].span
        first = items[0].span
        span = type(first)(first.path, first.line, first.column, last.end_line, last.end_column)
        return Sequence(items, span, self.pointer)


Unfinished: TypeAlias = "Table | Tables"
