"""Values that know where they stand: the one shape every file format is read into.

YAML, JSON, TOML, sysctl.conf and MySQL option files all become a `Document` of located nodes. A node keeps
the text as written beside the value it stands for, so that a rule can quote the user and an edit can
replace it. Nodes are named tuples: a file has hundreds, and these are made fastest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

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
