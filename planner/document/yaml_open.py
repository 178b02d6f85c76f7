"""Collections of a YAML file whose end has not come yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.document.model import Entry

if TYPE_CHECKING:
    from planner.document.model import Node, Scalar
    from planner.finding import Span

_entry = partial(tuple.__new__, Entry)  # in half the time of the class's own constructor


class Open:
    """What has come so far of one mapping or sequence that begins at `start`.

    `key` waits for its value; `first` holds the first key of each name, `merges` what merge keys bring. `end`
    is the end of the last member: there a block ends, which the parser ends at the next token.
    """

    __slots__ = (
        "anchor",
        "end",
        "entries",
        "first",
        "flow",
        "is_mapping",
        "key",
        "merges",
        "nodes",
        "pointer",
        "start",
    )

    def __init__(self, start: Span, pointer: str, *, is_mapping: bool, flow: bool) -> None:
        self.start, self.end = start, start[3:]
        self.pointer = pointer
        self.is_mapping, self.flow = is_mapping, flow
        self.anchor: str | None = None
        self.key: Scalar | None = None
        self.nodes: list[Node] = []
        self.entries: list[Entry] = []
        self.first: dict[str, Scalar] = {}
        self.merges: list[tuple[Scalar, Node]] = []

    def below(self) -> str:
        """Return the pointer of the value that comes next."""
        return f"{self.pointer}/{len(self.nodes)}" if self.key is None else self.key.pointer

    def put(self, node: Node) -> tuple[Scalar, Scalar] | None:
        """Take the next value; return the first key of its name and its own, where these are two."""
        end = node.span[3:]
        if end > self.end:  # noqa: PLR1730  `max` is a call; what an alias repeats stands further up
            self.end = end
        key, self.key = self.key, None
        if key is None:
            self.nodes.append(node)
        elif key.text == "<<" and not key.quoted:
            self.merges.append((key, node))
        else:
            self.entries.append(_entry((key.text, key, node)))
            first = self.first.setdefault(key.text, key)
            return None if first is key else (first, key)
        return None
