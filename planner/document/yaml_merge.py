"""YAML merge keys: `<<: *base` brings in what the mapping itself does not set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import refuse
from planner.document.model import Entry, Mapping, Scalar, Sequence
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Sequence as Several

    from planner.document.model import Node
    from planner.finding import Span


def merge(
    own: list[Entry], merges: Several[tuple[Scalar, Node]], pointer: str, copy: Callable[[Node, str, Span], Node]
) -> list[Entry]:
    """Return a mapping's entries with the merged ones it does not override in front, earlier merges first.

    `copy` repeats a node below another pointer and counts it; raises `RefusedError` for a merge of anything
    else than mappings.
    """
    if not merges:
        return own
    taken = {entry.name for entry in own}
    brought: list[Entry] = []
    for key, node in merges:
        for entry in _sources(key, node):
            if entry.name not in taken:
                taken.add(entry.name)
                below = f"{pointer}/{escape(entry.name)}"
                brought.append(Entry(entry.name, entry.key._replace(pointer=below), copy(entry.node, below, key.span)))
    return brought + own


def _sources(key: Scalar, node: Node) -> Iterator[Entry]:
    """Yield what a merge brings; of a key repeated inside one source the last value counts."""
    sources = node.items if isinstance(node, Sequence) else (node,)
    for source in sources:
        if not isinstance(source, Mapping):
            raise refuse(
                "unsupported-yaml", key.span, wording("<< merges a mapping or a list of mappings, nothing else")
            )
        yield from {entry.name: entry for entry in source.entries}.values()
