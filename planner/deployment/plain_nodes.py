"""Plain mappings as documents, so that library calls and files are read by the same code."""

from __future__ import annotations

import math
from collections.abc import Mapping as PlainMapping
from collections.abc import Sequence as PlainSequence
from typing import TYPE_CHECKING, Any

from planner.document.model import Document, Entry, Mapping, Scalar, Sequence
from planner.finding import Span

if TYPE_CHECKING:
    from planner.document.model import Node

_DEEPEST = 20


def document_of(mapping: PlainMapping[str, Any], path: str) -> Document:
    """Return a mapping as a document whose every place is its beginning; `path` names it."""
    return Document(path, "json", "", _node(mapping, Span.at(path, 1, 1), "", 0))


def _node(value: Any, span: Span, pointer: str, depth: int) -> Node:  # noqa: ANN401  a plain value of any shape
    if depth > _DEEPEST:
        return Scalar("...", "...", span, pointer)
    if isinstance(value, PlainMapping):
        return Mapping(tuple(_entry(key, inner, span, pointer, depth) for key, inner in value.items()), span, pointer)
    if isinstance(value, PlainSequence) and not isinstance(value, (str, bytes)):
        items = (_node(inner, span, f"{pointer}/{at}", depth + 1) for at, inner in enumerate(value))
        return Sequence(tuple(items), span, pointer)
    return Scalar(*_scalar(value), span, pointer)


def _entry(key: object, value: Any, span: Span, pointer: str, depth: int) -> Entry:  # noqa: ANN401  any shape
    name = str(key)
    below = pointer + "/" + name.replace("~", "~0").replace("/", "~1")
    return Entry(name, Scalar(name, name, span, below), _node(value, span, below, depth + 1))


def _scalar(value: object) -> tuple[Any, str]:
    if value is None or isinstance(value, bool):
        return value, {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        # A number of thousands of digits cannot even be printed; a float shows its size.
        return (value, str(value)) if abs(value) < 1 << 1024 else (math.inf, "a number of more than 300 digits")
    return (value, repr(value)) if isinstance(value, float) else (str(value), str(value))
