"""TOML 1.0 to located nodes: scanned, and gathered in tables that several places may add to."""

from __future__ import annotations

import math
import re
from typing import Any, TypeAlias

from planner.document.model import Entry, Mapping, Node, Scalar, Sequence
from planner.document.text import DEEPEST, Budget, Decoded, Lines, escape, refuse
from planner.finding import Finding
from planner.wording import wording


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


# The places of keys and values in a text that is known to be TOML.

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE = re.compile(r"[ \t]*")
_KEY = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|[\w-]+")
_TEXT = re.compile(
    r"\"\"\"(?:\\[\s\S]|(?!\"\"\")[\s\S])*\"{3,5}|'''(?:(?!''')[\s\S])*'{3,5}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'"
)
_BARE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.+Z-]+|[^,\]}\s#]+")


class Scanner:
    """One pass over one text; `values` is what the text means."""

    def __init__(self, lines: Lines, values: dict[str, Any]) -> None:
        self._lines, self._text, self._values = lines, lines.text, values
        self._budget = Budget()
        self._top = Table("", None, 0)
        self._at = 0

    def root(self) -> Mapping:
        """Return the root table."""
        table, values = self._top, self._values
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table, values = self._header()
            else:
                self._assignment(table, values)
            self._skip(_BLANK)
        self._top.touch(len(self._text))
        return self._top.located(self._lines)

    def _header(self) -> tuple[Table, dict[str, Any]]:
        start = self._at
        is_array = self._text.startswith("[[", self._at)
        self._at += 1 + is_array
        keys = self._keys(self._top)
        self._at += 1 + is_array
        table, values = self._enter(self._top, self._values, keys if is_array else [*keys, None])
        if is_array:
            key = keys[-1]
            assert key is not None  # noqa: S101  a header names at least one key
            tables = table.tables(key)
            table, values = tables.begin(start), values[key.text][len(tables.items) - 1]
        table.touch(self._at)
        return table, values

    def _enter(self, table: Table, values: dict[str, Any], keys: list[Scalar | None]) -> tuple[Table, dict[str, Any]]:
        """Return the table, with its values, that holds the last of the keys."""
        for key in keys[:-1]:
            assert key is not None  # noqa: S101  only the last may stand for the table itself
            below: Any = values[key.text]
            child = table.child(key)
            if isinstance(child, Tables):
                below = below[len(child.items) - 1]
                child = child.items[-1]
            self._budget.spend(key.span, child.pointer, child.pointer.count("/"))
            table, values = child, below
        return table, values

    def _assignment(self, table: Table, values: dict[str, Any]) -> None:
        keys = self._keys(table)
        owner, held = self._enter(table, values, keys)
        last = keys[-1]
        assert last is not None  # noqa: S101  an assignment names a key
        self._at += 1  # the equals sign
        self._skip(_INLINE)
        pointer = f"{owner.pointer}/{escape(last.text)}"
        owner.add(last, self._value(held[last.text], pointer))
        for touched in (table, owner):
            touched.touch(self._at)

    def _keys(self, table: Table) -> list[Scalar | None]:
        """Return the parts of a dotted key, and stand behind it and the blanks after it."""
        keys: list[Scalar | None] = []
        pointer = table.pointer
        while True:
            self._skip(_INLINE)
            start = self._at
            self._skip(_KEY)
            written = self._text[start : self._at]
            name = _unquoted(written)
            pointer = f"{pointer}/{escape(name)}"
            keys.append(Scalar(name, name, self._lines.span(start, self._at), pointer, name != written))
            self._skip(_INLINE)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _value(self, value: Any, pointer: str) -> Node:  # noqa: ANN401  what tomllib gives
        start = self._at
        self._budget.spend(self._lines.span(start, start + 1), pointer, pointer.count("/"))
        if isinstance(value, list):
            return self._array(value, pointer)
        if isinstance(value, dict):
            return self._inline_table(value, pointer)
        if isinstance(value, str):
            self._skip(_TEXT)
            return Scalar(value, value, self._lines.span(start, self._at), pointer, quoted=True)
        self._skip(_BARE)
        text = self._text[start : self._at].rstrip()
        self._at = start + len(text)
        is_plain = isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))
        return Scalar(value if is_plain else text, text, self._lines.span(start, self._at), pointer)

    def _array(self, values: list[Any], pointer: str) -> Sequence:
        start = self._at
        self._at += 1
        items: list[Node] = []
        for value in values:
            self._skip(_BLANK)
            items.append(self._value(value, f"{pointer}/{len(items)}"))
            self._separator()
        self._skip(_BLANK)
        self._at += 1
        return Sequence(tuple(items), self._lines.span(start, self._at), pointer)

    def _inline_table(self, values: dict[str, Any], pointer: str) -> Mapping:
        table = Table(pointer, None, self._at)
        self._at += 1
        self._skip(_BLANK)
        while not self._text.startswith("}", self._at):
            self._assignment(table, values)
            self._separator()
            self._skip(_BLANK)
        self._at += 1
        table.touch(self._at)
        return table.located(self._lines)

    def _separator(self) -> None:
        self._skip(_BLANK)
        self._at += self._text.startswith(",", self._at)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at


def _unquoted(key: str) -> str:
    """Return the name a key stands for; escapes are those of TOML's basic strings."""
    if not key.startswith('"'):
        return key.strip("'") if key.startswith("'") else key
    import tomllib  # noqa: PLC0415  start-up: only files in TOML need it

    return str(tomllib.loads(f"key = {key}")["key"])


# TOML to located nodes: `tomllib` gives the values, a scanner their places.
#
# The scanner runs over text that is known to be valid, so it only has to find the places. Numbers, switches
# and texts keep the values TOML gives them; dates, times, `inf` and `nan` have no counterpart in JSON and
# stay text.

_LONG_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TABLE = re.compile(r"\((?:'[^']*',? ?)+\)")
_PART = re.compile(r"'([^']*)'")
_END = "(at end of document)"


def read_toml(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root table of a TOML file; raises `RefusedError` where it cannot be read."""
    text = decoded.text
    lines = Lines(text, path)
    long_key = _LONG_KEY.search(text)
    if long_key is not None:
        span = lines.span(long_key.start(), long_key.start() + 1)
        raise refuse("nesting-too-deep", span, wording("a key of more than {most} parts", most=DEEPEST))
    return Scanner(lines, _values(lines)).root(), ()


def _values(lines: Lines) -> dict[str, object]:
    """Return the values of the text; raises `RefusedError` where it is not TOML."""
    import tomllib  # noqa: PLC0415  start-up: only files in TOML need it

    try:
        return tomllib.loads(lines.text)
    except tomllib.TOMLDecodeError as error:
        start = _offset(lines, str(error))
        said = _PLACE.sub("", str(error)).removesuffix(_END).strip()
        end = min(start + 1, len(lines.text))
        raise refuse(
            "syntax-error",
            lines.span(start, end),
            wording("not TOML: {problem}", problem=_plain(said)),
            hint=_hint(said),
        ) from error
    except RecursionError as error:
        raise refuse("nesting-too-deep", lines.span(0, 0), wording("values are nested too deep")) from error
    except ValueError as error:
        raise refuse(
            "number-too-long", lines.span(0, 0), wording("a number has too many digits: {problem}", problem=str(error))
        ) from error


def _plain(said: str) -> str:
    """Return a message of the parser with a table's name as the file has it, not as a tuple of parts."""
    return _TABLE.sub(lambda found: f"[{'.'.join(_PART.findall(found[0]))}]", said)


def _hint(said: str) -> str:
    if said.startswith("Invalid value"):
        return wording("Write a number, true, false, or a text in double quotes.")
    if "twice" in said or "overwrite" in said:
        return wording("Write each table and each key once.")
    return ""


def _offset(lines: Lines, said: str) -> int:
    place = _PLACE.search(said)
    if place is None:
        return len(lines.text)
    return lines.offset(int(place[1]), int(place[2]))
