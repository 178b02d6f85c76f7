"""Located nodes from YAML events: an explicit stack, bounded aliases, merge keys, duplicate keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planner.document.budget import Budget, escape
from planner.document.faults import fault, refuse
from planner.document.model import Entry, Mapping, Scalar, Sequence
from planner.document.scalars import overlong, resolve
from planner.document.yaml_alias import Repeater
from planner.document.yaml_hints import template_hint
from planner.document.yaml_merge import merge
from planner.document.yaml_places import Places, extent
from planner.finding import Related, Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.model import Node
    from planner.finding import Finding

_CORE = "tag:yaml.org,2002:"
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

    def extent(self, end: Span) -> Span:
        """Return where the collection stands; `end` is the place of the event that closes it."""
        if self.flow:
            return Span(end.path, self.start.line, self.start.column, end.end_line, end.end_column)
        nodes = (*self.nodes, *(entry.node for entry in self.entries), *(node for _, node in self.merges))
        return extent(self.start, [node.span for node in nodes])


class Builder:
    """Takes the events of one file in order; `root()` gives the result."""

    def __init__(self, text: str, path: str) -> None:
        self.findings: list[Finding] = []
        self._places = Places(text, path)
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._budget = Budget()
        self._root: Node | None = None
        self._documents = 0

    def root(self) -> Node:
        """Return the document's node; an empty file is an empty mapping."""
        return self._root or Mapping((), Span(self._places.path, 1, 1, 1, 1), "")

    def take(self, event: Any) -> None:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Take the next event; raises `RefusedError` where the file cannot be read any further."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def on_document(self, event: Any) -> None:  # noqa: ANN401
        """Open the document; a second one is refused."""
        self._documents += 1
        if self._documents > 1:
            span = self._places.of(event)
            raise refuse(
                "unsupported-yaml", span, wording("the file holds several YAML documents, one is read")
            )

    def on_scalar(self, event: Any) -> None:  # noqa: ANN401
        """Place a scalar, or hold it as the next key."""
        span = self._places.of(event)
        if event.anchor is not None or event.tag is not None:
            span = self._places.bare(event, span)
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
                fault(
                    "number-too-long",
                    span,
                    wording("a number of {count} digits is no value", count=len(text)),
                )
            )
        return Scalar(resolve(text), text, span, pointer)

    def _foreign(self, tag: str, span: Span) -> None:
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        self.findings.append(
            fault("unsupported-yaml", span, wording("the tag {tag} is not known here", tag=shown))
        )

    def _take_key(self, event: Any, span: Span) -> None:  # noqa: ANN401
        top = self._stack[-1]
        quoted = bool(event.style)
        top.key = Scalar(event.value, event.value, span, f"{top.pointer}/{escape(event.value)}", quoted)
        self._keep(event.anchor, top.key)

    def on_start(self, event: Any) -> None:  # noqa: ANN401
        """Open a mapping or a sequence."""
        span = self._places.of(event)
        if self._expects_key():
            hint = template_hint(self._places.line(span.line))
            raise refuse("unsupported-yaml", span, wording("a list or a mapping cannot be a key"), hint=hint)
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
        span = done.extent(self._places.of(event))
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
        span = self._places.of(event)
        name = event.anchor
        if name not in self._anchors:
            raise refuse(
                "syntax-error",
                span,
                wording("the alias *{name} names no anchor that stands before it", name=name),
            )
        target = self._anchors[name]
        if target is None:
            raise refuse(
                "recursive-anchor",
                span,
                wording("the alias *{name} stands inside the value &{name} names", name=name),
            )
        if not self._expects_key():
            self._place(Repeater(self._budget, span).repeat(target, self._pointer(), len(self._stack)))
        elif isinstance(target, Scalar):
            self._stack[-1].key = target._replace(pointer=f"{self._stack[-1].pointer}/{escape(target.text)}")
        else:
            raise refuse("unsupported-yaml", span, wording("a list or a mapping cannot be a key"))

    def _merging(self, node: Node, pointer: str, span: Span) -> Node:
        return Repeater(self._budget, span).repeat(node, pointer, len(self._stack) + 1)

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
            related = (Related(wording("first written here"), first.key.span),)
            message = wording("the key {key} is written twice in one mapping", key=repr(entry.name))
            self.findings.append(fault("duplicate-key", entry.key.span, message, related=related))
        top.entries.append(entry)


_HANDLERS = {
    "DocumentStartEvent": Builder.on_document,
    "ScalarEvent": Builder.on_scalar,
    "MappingStartEvent": Builder.on_start,
    "SequenceStartEvent": Builder.on_start,
    "MappingEndEvent": Builder.on_end,
    "SequenceEndEvent": Builder.on_end,
    "AliasEvent": Builder.on_alias,
}
