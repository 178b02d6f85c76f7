"""The places of keys and values in a text that is known to be TOML."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from planner.document.budget import Budget, escape
from planner.document.model import Scalar, Sequence
from planner.document.toml_table import Table, Tables

if TYPE_CHECKING:
    from planner.document.lines import Lines
    from planner.document.model import Mapping, Node

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
