"""Values that know where they stand: the one shape every file format is read into, and its scalars.

YAML, JSON, TOML, sysctl.conf and MySQL option files all become a `Document` of located nodes. A node keeps
the text as written beside the value it stands for, so that a rule can quote the user and an edit can
replace it. Nodes are named tuples: a file has hundreds, and these are made fastest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from planner.finding import Finding, Span

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


class Scalar(NamedTuple):
    """A single value.

    `value` follows the JSON types: only `true`/`false` are booleans, only plain decimal numbers are numbers.
    `On`, `Off`, `yes`, `010`, `12:30`, `1e400` stay text; what they mean is the parameter's business. In
    sysctl files, option files and dumps every value is text, and None stands for an option without `=`.
    `text` is the value as written, without quotes and escapes; `span` covers the quotes too.
    """

    value: bool | int | float | str | None
    text: str
    span: Span
    pointer: str
    quoted: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span
    pointer: str


class Entry(NamedTuple):
    """A key with its node. `key.text` is the name as written, `name` the one it is looked up by."""

    name: str
    key: Scalar
    node: Node


class Mapping(NamedTuple):
    """Keys with nodes in file order; a repeated key stands in `entries` as often as in the file."""

    entries: tuple[Entry, ...]
    span: Span
    pointer: str

    def entry(self, name: str) -> Entry | None:
        """Return the entry that is in force under `name`: the last one."""
        return next((entry for entry in reversed(self.entries) if entry.name == name), None)

    def get(self, name: str) -> Node | None:
        """Return the node that is in force under `name`."""
        entry = self.entry(name)
        return entry.node if entry else None


Node: TypeAlias = "Scalar | Sequence | Mapping"


class Document(NamedTuple):
    """One file as read: its nodes and what was wrong with it. `root` is None where nothing could be read."""

    path: str
    format: str
    text: str
    root: Node | None
    findings: tuple[Finding, ...] = ()

    @property
    def readable(self) -> bool:
        """Tell whether the file could be parsed."""
        return self.root is not None


def plain(node: Node) -> Plain:
    """Return the node's value without places; of a repeated key the last value is in force."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.name: plain(entry.node) for entry in node.entries}


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and every node below it, in file order, without recursion."""
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        match current:
            case Sequence():
                stack.extend(reversed(current.items))
            case Mapping():
                stack.extend(entry.node for entry in reversed(current.entries))
            case Scalar():
                pass


# Which plain words are values of the JSON types: `true`, `null` and plain decimal numbers, nothing else.
#
# YAML 1.1 reads `On` as true, `010` as 8, `12:30` as 750 and `1_000` as 1000. A telephone prefix, a time of
# day and a softswitch switch are none of these, so all of them stay text until a parameter says what it
# means.

Simple: TypeAlias = "bool | int | float | str | None"

LONGEST_NUMBER = 64
"""Digits beyond which a number is text: 2^64 has 20, the widest kernel value 19."""

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "false": False,
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LEADS = frozenset("-0123456789")


def resolve(text: str) -> Simple:
    """Return the value a plain (unquoted) word stands for; text where it is neither word nor plain number."""
    if text[:1] in _LEADS and 0 < len(text) <= LONGEST_NUMBER:
        return _number(text)
    return _WORDS.get(text, text)


def overlong(text: str) -> bool:
    """Tell whether a plain word is a number of more digits than any value has."""
    return len(text) > LONGEST_NUMBER and text.lstrip("-").isdecimal()


@lru_cache(maxsize=4096)
def _number(text: str) -> int | float | str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match[1] is None and match[2] is None:
        return int(text)
    value = float(text)
    return value if math.isfinite(value) else text
