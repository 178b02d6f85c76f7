"""Aliases: a value repeated below another pointer, counted so that it cannot explode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.budget import ALIAS_WEIGHT, Budget, escape
from planner.document.model import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from planner.document.model import Node
    from planner.finding import Span


@dataclass(frozen=True, slots=True)
class Repeater:
    """Repeats nodes at the expense of one file's budget; `span` is the place of the alias or merge key."""

    budget: Budget
    span: Span

    def repeat(self, node: Node, pointer: str, depth: int) -> Node:
        """Return the node as it stands below `pointer`; raises `RefusedError` where that is too much."""
        self.budget.spend(self.span, pointer, depth, ALIAS_WEIGHT)
        match node:
            case Scalar():
                return node._replace(pointer=pointer)
            case Sequence():
                items = (self.repeat(n, f"{pointer}/{i}", depth + 1) for i, n in enumerate(node.items))
                return node._replace(items=tuple(items), pointer=pointer)
            case Mapping():
                entries = (self._entry(entry, pointer, depth + 1) for entry in node.entries)
                return node._replace(entries=tuple(entries), pointer=pointer)

    def _entry(self, entry: Entry, pointer: str, depth: int) -> Entry:
        below = f"{pointer}/{escape(entry.name)}"
        key = entry.key._replace(pointer=below)
        return Entry(entry.name, key, self.repeat(entry.node, below, depth))
