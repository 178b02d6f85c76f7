"""How much one file may ask of the reader: depth and number of values, counted while it is read.

A nested alias or a long key in front of many items costs far more memory than the file is long. The budget
is spent node by node, so a hostile file is refused long before memory runs out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.document.faults import refuse
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Span

DEEPEST = 64
"""Levels of nesting; a deployment file has five, and recursive consumers stay far from Python's limit."""

MOST_NODES = 50_000
"""Values in one file: about 40 MB of located nodes; 2,000 gateways need 16,000."""

ALIAS_WEIGHT = 5
"""A value that an alias repeats counts this often: aliases save typing, they are not how a file grows."""

POINTER_CHARACTERS = 24_000_000
"""Characters of all JSON pointers together: long keys in front of many values multiply."""


class Budget:
    """What is left for one file."""

    def __init__(self) -> None:
        self._nodes = MOST_NODES
        self._characters = POINTER_CHARACTERS

    def spend(self, span: Span, pointer: str, depth: int, weight: int = 1) -> None:
        """Count one node `weight` times; raises `RefusedError` where the file asks for too much."""
        if depth > DEEPEST:
            raise refuse(
                "nesting-too-deep", span, wording("values are nested more than {most} levels deep", most=DEEPEST)
            )
        self._nodes -= weight
        self._characters -= len(pointer)
        if self._nodes < 0:
            raise refuse(
                "too-many-values",
                span,
                wording("the file holds or expands to more than {most} values", most=f"{MOST_NODES:,}"),
            )
        if self._characters < 0:
            raise refuse("too-many-values", span, wording("keys this long in front of this many values cannot be kept"))


def escape(key: str) -> str:
    """Return a key as one reference token of a JSON pointer (RFC 6901: `~` is ~0, `/` is ~1)."""
    if "~" in key or "/" in key:
        return key.replace("~", "~0").replace("/", "~1")
    return key
