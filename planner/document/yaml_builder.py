"""Located nodes from YAML events: an explicit stack, bounded aliases, merge keys, duplicate keys."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planner.document.budget import ALIAS_WEIGHT, Budget, escape
from planner.document.faults import fault, refuse
from planner.document.lines import Lines
from planner.document.model import Entry, Mapping, Scalar, Sequence
from planner.document.scalars import overlong, resolve
from planner.document.yaml_merge import merge
from planner.finding import Related, Span

if TYPE_CHECKING:
    from planner.document.model import Node
    from planner.finding import Finding

_CORE = "tag:yaml.org,2002:"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_PLAIN_TAGS = frozenset({None, *(_CORE + name for name in ("int", "float", "bool", "null"))})
_TEXT_TAGS = frozenset({"!", _CORE + "str"})
_MAPPING_TAGS = frozenset({None, "!", _CORE + "map"})
_SEQUENCE_TAGS = frozenset({None, "!", _CORE + "seq"})


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    pointer: str
    start: Span
    is_mapping: bool
    flow: bool
    anchor: str | None
    nodes: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, Entry] = field(default_factory=dict)
    merges: list[tuple[Scalar, Node]] = field(default_factory=list)
    key: Scalar | None = None


class Builder:
    """Takes the events of one file in order; `root()` gives the result."""

    def __init__(self, text: str, path: str, lines: Lines | None) -> None:
        self.findings: list[Finding] = []
        self._text, self._path, self._lines = text, path, lines
        self._by_offset = lines
        self._end = (text.count("\n") + 1, len(text) - text.rfind("\n"))
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._budget = Budget()
        self._root: Node | None = None
        self._documents = 0

    def root(self) -> Node:
        """Return the document's node; an empty file is an empty mapping."""
        return self._root or Mapping((), Span(self._path, 1, 1, 1, 1), "")

    def take(self, event: Any) -> None:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Take the next event; raises `RefusedError` where the file cannot be read any further."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def on_document(self, event: Any) -> None:  # noqa: ANN401
        """Open the document; a second one is refused."""
        self._documents += 1
        if self._documents > 1:
            raise refuse(
                "unsupported-yaml", self._span(event), "the file holds several YAML documents, one is read"
            )

    def on_scalar(self, event: Any) -> None:  # noqa: ANN401
        """Place a scalar, or hold it as the next key."""
        span = self._span(event)
        if event.anchor is not None or event.tag is not None:
            span = self._content(event, span)
        if self._expects_key():
            self._take_key(event, span)
            return
        node = self._valued(event, span, self._pointer())
        self._keep(event.anchor, node)
        self._place(node)

    def _valued(self, event: Any, span: Span, pointer: str) -> Scalar:  # noqa: ANN401
        text: str = event.value
        self._budget.spend(span, pointer, len(self._stack))
        if event.style:  # quoted or a block: text by its style
            return Scalar(text, text, span, pointer, quoted=True)
        if event.tag in _TEXT_TAGS:
            return Scalar(text, text, span, pointer)
        if event.tag not in _PLAIN_TAGS:
            self._foreign(event.tag, span)
        if overlong(text):
            self.findings.append(
                fault("number-too-long", span, f"a number of {len(text)} digits is no value")
            )
        return Scalar(resolve(text), text, span, pointer)

    def _foreign(self, tag: str, span: Span) -> None:
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        self.findings.append(fault("unsupported-yaml", span, f"the tag {shown} is not known here"))

    def _take_key(self, event: Any, span: Span) -> None:  # noqa: ANN401
        top = self._stack[-1]
        quoted = bool(event.style)
        top.key = Scalar(event.value, event.value, span, f"{top.pointer}/{escape(event.value)}", quoted)
        self._keep(event.anchor, top.key)

    def on_start(self, event: Any) -> None:  # noqa: ANN401
        """Open a mapping or a sequence."""
        span = self._span(event)
        if self._expects_key():
            raise refuse("unsupported-yaml", span, "a list or a mapping cannot be a key")
        is_mapping = type(event).__name__ == "MappingStartEvent"
        if event.tag not in (_MAPPING_TAGS if is_mapping else _SEQUENCE_TAGS):
            self._foreign(event.tag, span)
        pointer = self._pointer()
        self._budget.spend(span, pointer, len(self._stack) + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(pointer, span, is_mapping, bool(event.flow_style), event.anchor))

    def on_end(self, event: Any) -> None:  # noqa: ANN401
        """Close the innermost collection and place it."""
        done = self._stack.pop()
        span = self._extent(done, self._span(event))
        node: Node
        if done.is_mapping:
            entries = merge(done.entries, done.merges, done.pointer, self._merging)
            node = Mapping(tuple(entries), span, done.pointer)
        else:
            node = Sequence(tuple(done.nodes), span, done.pointer)
        self._keep(done.anchor, node)
        self._place(node)

    def on_alias(self, event: Any) -> None:  # noqa: ANN401
        """Place a repetition of what the anchor names."""
        span = self._span(event)
        name = event.anchor
        if name not in self._anchors:
            raise refuse("syntax-error", span, f"the alias *{name} names no anchor that stands before it")
        target = self._anchors[name]
        if target is None:
            raise refuse("recursive-anchor", span, f"the alias *{name} stands inside the value &{name} names")
        if not self._expects_key():
            self._place(self._copy(target, self._pointer(), len(self._stack), span))
        elif isinstance(target, Scalar):
            self._stack[-1].key = replace(target, pointer=f"{self._stack[-1].pointer}/{escape(target.text)}")
        else:
            raise refuse("unsupported-yaml", span, "a list or a mapping cannot be a key")

    def _copy(self, node: Node, pointer: str, depth: int, span: Span) -> Node:
        self._budget.spend(span, pointer, depth, ALIAS_WEIGHT)
        match node:
            case Scalar():
                return replace(node, pointer=pointer)
            case Sequence():
                items = (self._copy(n, f"{pointer}/{i}", depth + 1, span) for i, n in enumerate(node.items))
                return replace(node, items=tuple(items), pointer=pointer)
            case Mapping():
                entries = (self._copy_entry(entry, pointer, depth + 1, span) for entry in node.entries)
                return replace(node, entries=tuple(entries), pointer=pointer)

    def _copy_entry(self, entry: Entry, pointer: str, depth: int, span: Span) -> Entry:
        below = f"{pointer}/{escape(entry.name)}"
        key = replace(entry.key, pointer=below)
        return Entry(entry.name, key, self._copy(entry.node, below, depth, span))

    def _merging(self, node: Node, pointer: str, span: Span) -> Node:
        return self._copy(node, pointer, len(self._stack) + 1, span)

    def _expects_key(self) -> bool:
        return bool(self._stack) and self._stack[-1].is_mapping and self._stack[-1].key is None

    def _pointer(self) -> str:
        if not self._stack:
            return ""
        top = self._stack[-1]
        return top.key.pointer if top.key else f"{top.pointer}/{len(top.nodes)}"

    def _keep(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _place(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if top.key is None:
            top.nodes.append(node)
            return
        key, top.key = top.key, None
        if key.text == "<<" and not key.quoted:
            top.merges.append((key, node))
        else:
            self._enter(top, Entry(key.text, key, node))

    def _enter(self, top: _Open, entry: Entry) -> None:
        first = top.seen.setdefault(entry.name, entry)
        if first is not entry:
            related = (Related("first written here", first.key.span),)
            message = f"the key {entry.name!r} is written twice in one mapping"
            self.findings.append(fault("duplicate-key", entry.key.span, message, related=related))
        top.entries.append(entry)

    def _span(self, event: Any) -> Span:  # noqa: ANN401
        start, end = event.start_mark, event.end_mark
        if self._lines is not None:
            return self._lines.span(start.index, end.index)
        span = (start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if span[2:] > self._end:  # the parser puts what is not there behind a last line without line feed
            span = (*min(span[:2], self._end), *self._end)
        return Span(self._path, *span)

    def _content(self, event: Any, span: Span) -> Span:  # noqa: ANN401
        """Return the span of a scalar without the anchor and the tag in front of it."""
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self._text, start, end)
        if properties is None:
            return span
        self._by_offset = self._by_offset or Lines(self._text, self._path)
        return self._by_offset.span(properties.end(), end)

    def _extent(self, done: _Open, end: Span) -> Span:
        """Return where a collection stands; the parser ends a block at the next token, comments included."""
        start, last = done.start, end
        if not done.flow:
            ends = [node.span for node in done.nodes] + [entry.node.span for entry in done.entries]
            ends += [node.span for _, node in done.merges]
            ends = [span for span in ends if (span.line, span.column) >= (start.line, start.column)] or [
                start
            ]
            last = max(ends, key=lambda span: (span.end_line, span.end_column))
        return Span(self._path, start.line, start.column, last.end_line, last.end_column)


_HANDLERS = {
    "DocumentStartEvent": Builder.on_document,
    "ScalarEvent": Builder.on_scalar,
    "MappingStartEvent": Builder.on_start,
    "SequenceStartEvent": Builder.on_start,
    "MappingEndEvent": Builder.on_end,
    "SequenceEndEvent": Builder.on_end,
    "AliasEvent": Builder.on_alias,
}
