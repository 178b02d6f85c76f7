"""Located nodes from YAML events: an explicit stack, bounded aliases, merge keys, duplicate keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planner.document.budget import Budget, escape
from planner.document.faults import fault, refuse
from planner.document.model import Mapping, Scalar, Sequence
from planner.document.scalars import overlong, resolve
from planner.document.yaml_alias import Repeater
from planner.document.yaml_hints import template_hint
from planner.document.yaml_merge import merge
from planner.document.yaml_open import Open
from planner.document.yaml_places import Places
from planner.finding import Related, Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.document.model import Node
    from planner.finding import Finding

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({None, *(_CORE + name for name in ("int", "float", "bool", "null"))})
_TEXT_TAGS = frozenset({"!", _CORE + "str"})
_MAPPING_TAGS = frozenset({None, "!", _CORE + "map"})
_SEQUENCE_TAGS = frozenset({None, "!", _CORE + "seq"})

_scalar = partial(tuple.__new__, Scalar)  # in half the time of the class's own constructor


class Builder:
    """Takes the events of one file in order; `root()` gives the result."""

    def __init__(self, text: str, path: str) -> None:
        self.findings: list[Finding] = []
        self._places = Places(text, path)
        self._stack: list[Open] = []
        self._top: Open | None = None
        self._anchors: dict[str, Node | None] = {}
        self._budget = Budget()
        self._root: Node | None = None
        self._documents = 0

    def root(self) -> Node:
        """Return the document's node; an empty file is an empty mapping."""
        return self._root or Mapping((), Span(self._places.path, 1, 1, 1, 1), "")

    def take(self, events: Iterable[Any]) -> None:
        """Take the events; raises `RefusedError` where the file cannot be read any further."""
        for event in events:
            handler = _HANDLERS.get(type(event).__name__)
            if handler is not None:
                handler(self, event)

    def on_document(self, event: Any) -> None:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Open the document; a second one is refused."""
        self._documents += 1
        if self._documents > 1:
            span = self._places.of(event)
            raise refuse("unsupported-yaml", span, wording("the file holds several YAML documents, one is read"))

    def on_scalar(self, event: Any) -> None:  # noqa: ANN401
        """Place a scalar, or hold it as the next key."""
        span = self._places.of(event)
        if event.anchor is not None or event.tag is not None:
            span = self._places.bare(event, span)
        top = self._top
        if top is not None and top.is_mapping and top.key is None:
            node = self._key(top, event, span)
        else:
            node = self._valued(event, span, "" if top is None else top.below())
            self._put(node)
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _valued(self, event: Any, span: Span, pointer: str) -> Scalar:  # noqa: ANN401
        text: str = event.value
        self._budget.spend(span, pointer, len(self._stack))
        if event.style:  # quoted or a block: text by its style
            return _scalar((text, text, span, pointer, True))
        if event.tag is not None:
            if event.tag in _TEXT_TAGS:
                return _scalar((text, text, span, pointer, False))
            if event.tag not in _PLAIN_TAGS:
                self._foreign(event.tag, span)
        if overlong(text):
            self.findings.append(
                fault("number-too-long", span, wording("a number of {count} digits is no value", count=len(text)))
            )
        return _scalar((resolve(text), text, span, pointer, False))

    def _key(self, top: Open, event: Any, span: Span) -> Scalar:  # noqa: ANN401
        text: str = event.value
        top.key = _scalar((text, text, span, f"{top.pointer}/{escape(text)}", bool(event.style)))
        return top.key

    def _foreign(self, tag: str, span: Span) -> None:
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        self.findings.append(fault("unsupported-yaml", span, wording("the tag {tag} is not known here", tag=shown)))

    def on_start(self, event: Any) -> None:  # noqa: ANN401
        """Open a mapping or a sequence."""
        span, top = self._places.of(event), self._top
        if top is not None and top.is_mapping and top.key is None:
            hint = template_hint(self._places.line(span.line))
            raise refuse("unsupported-yaml", span, wording("a list or a mapping cannot be a key"), hint=hint)
        is_mapping = type(event).__name__ == "MappingStartEvent"
        if event.tag is not None and event.tag not in (_MAPPING_TAGS if is_mapping else _SEQUENCE_TAGS):
            self._foreign(event.tag, span)
        pointer = "" if top is None else top.below()
        self._budget.spend(span, pointer, len(self._stack) + 1)
        self._top = Open(span, pointer, is_mapping=is_mapping, flow=bool(event.flow_style))
        self._stack.append(self._top)
        if event.anchor is not None:
            self._top.anchor = event.anchor
            self._anchors[event.anchor] = None

    def on_end(self, event: Any) -> None:  # noqa: ANN401
        """Close the innermost collection and place it."""
        done = self._stack.pop()
        self._top = self._stack[-1] if self._stack else None
        end = self._places.of(event)[3:] if done.flow else done.end
        span = Span(*done.start[:3], *end)
        node: Node
        if done.is_mapping:
            entries = merge(done.entries, done.merges, done.pointer, self._merging)
            node = Mapping(tuple(entries), span, done.pointer)
        else:
            node = Sequence(tuple(done.nodes), span, done.pointer)
        if done.anchor is not None:
            self._anchors[done.anchor] = node
        self._put(node)

    def on_alias(self, event: Any) -> None:  # noqa: ANN401
        """Place a repetition of what the anchor names."""
        span, top, name = self._places.of(event), self._top, event.anchor
        if name not in self._anchors:
            raise refuse(
                "syntax-error", span, wording("the alias *{name} names no anchor that stands before it", name=name)
            )
        target = self._anchors[name]
        if target is None:
            raise refuse(
                "recursive-anchor", span, wording("the alias *{name} stands inside the value &{name} names", name=name)
            )
        if top is None or top.key is not None or not top.is_mapping:
            pointer = "" if top is None else top.below()
            self._put(Repeater(self._budget, span).repeat(target, pointer, len(self._stack)))
        elif isinstance(target, Scalar):
            top.key = target._replace(pointer=f"{top.pointer}/{escape(target.text)}")
        else:
            raise refuse("unsupported-yaml", span, wording("a list or a mapping cannot be a key"))

    def _merging(self, node: Node, pointer: str, span: Span) -> Node:
        return Repeater(self._budget, span).repeat(node, pointer, len(self._stack) + 1)

    def _put(self, node: Node) -> None:
        if self._top is None:
            self._root = node
            return
        repeated = self._top.put(node)
        if repeated is not None:
            first, key = repeated
            related = (Related(wording("first written here"), first.span),)
            message = wording("the key {key} is written twice in one mapping", key=repr(key.text))
            self.findings.append(fault("duplicate-key", key.span, message, related=related))


_HANDLERS = {
    "DocumentStartEvent": Builder.on_document,
    "ScalarEvent": Builder.on_scalar,
    "MappingStartEvent": Builder.on_start,
    "SequenceStartEvent": Builder.on_start,
    "MappingEndEvent": Builder.on_end,
    "SequenceEndEvent": Builder.on_end,
    "AliasEvent": Builder.on_alias,
}
