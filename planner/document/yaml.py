"""YAML 1.2 to located nodes, and what would be right where a file does not parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as Several
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, NamedTuple

from planner.document.model import LONGEST_NUMBER, Entry, Mapping, Node, Scalar, Sequence, overlong, resolve
from planner.document.text import ALIAS_WEIGHT, Budget, Decoded, Lines, escape, fault, refuse
from planner.finding import Finding, Related, Span
from planner.wording import wording

_WIDE_COLON = "\uff1a"
_TEMPLATES = ("{{", "{%", "<%", "${")


def yaml_hint(said: str, lines: Lines, number: int) -> str:
    """Return what would be right, given what the parser said of a line."""
    if "'\\t'" in said or "cannot start any token" in said:
        return _bad_start(_line(lines.text, number))
    if "mapping values are not allowed" in said:
        return _no_colon(lines, number) or wording("Quote a value that holds ': ', and align the keys of one mapping.")
    if "could not find expected ':'" in said:
        return _wide(_line(lines.text, number)) or wording("Write `key: value`, with a space after the colon.")
    return wording("Close the quote that opens here.") if "quoted scalar" in said else ""


def template_hint(line: str) -> str:
    """Return what to do with a line of a template; empty where it is none."""
    if any(mark in line for mark in _TEMPLATES):
        return wording("This is a template: validate what it renders to.")
    return ""


def _line(text: str, number: int) -> str:
    found = text.split("\n")[number - 1 : number]
    return found[0] if found else ""


def _bad_start(line: str) -> str:
    if line.lstrip(" ").startswith("\t"):
        return wording("Indent with spaces, not tabs.")
    return template_hint(line) or wording("Quote a value that begins with %, @ or `, and indent with spaces, not tabs.")


def _no_colon(lines: Lines, number: int) -> str:
    """Return a hint where the line above holds the beginning of a value that this one seems to go on with."""
    above = [(at, text) for at, text in enumerate(lines.text.split("\n")[: number - 1], 1) if _said(text)]
    if not above:
        return ""
    at, text = above[-1]
    shown = _said(text)
    if ": " in shown or shown.endswith(":"):
        return ""
    return _wide(shown) or wording(
        "Line {line}, `{text}`, has no colon and a space behind its key: write `key: value`.", line=at, text=shown[:60]
    )


def _said(text: str) -> str:
    return "" if text.lstrip().startswith("#") else text.strip()


def _wide(text: str) -> str:
    return (
        wording("Write the colon as `:`, not as the full-width `{character}`.", character=_WIDE_COLON)
        if _WIDE_COLON in text
        else ""
    )


# Where YAML events stand in the file, by this program's notion of a line.

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_ODD_BREAKS = ("\x85", "\u2028", "\u2029")

_new = tuple.__new__
"""Makes a node or a span in half the time its own constructor takes: from one tuple, unchecked."""


class Places:
    """Turns the parser's marks into spans.

    The parser also ends lines where no file has one (a lone carriage return, U+0085, U+2028, U+2029); in a
    text with any of these its offsets are used instead of its lines.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._by_offset = _has_odd_breaks(text)
        self._end = (text.count("\n") + 1, len(text) - text.rfind("\n"))
        self._sure = 0 if self._by_offset else self._end[0]

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text, for places given as offsets."""
        return Lines(self.text, self.path)

    def of(self, event: Any) -> Span:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Return the span of an event as the parser has it."""
        start, end = event.start_mark, event.end_mark
        end_line = end.line + 1
        if end_line < self._sure:
            return _new(Span, (self.path, start.line + 1, start.column + 1, end_line, end.column + 1))
        if self._by_offset:
            return self.lines.span(start.index, end.index)
        # The parser puts what is not there behind a last line without line feed.
        begin, finish = (start.line + 1, start.column + 1), (end_line, end.column + 1)
        return Span(self.path, *min(begin, self._end), *min(finish, self._end))

    def bare(self, event: Any, span: Span) -> Span:  # noqa: ANN401
        """Return the span of a scalar without the anchor and the tag in front of it."""
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self.text, start, end)
        return span if properties is None else self.lines.span(properties.end(), end)


def _has_odd_breaks(text: str) -> bool:
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return True
    return not text.isascii() and any(character in text for character in _ODD_BREAKS)


# Collections of a YAML file whose end has not come yet.


class Open:
    """What has come so far of one mapping or sequence that begins at `start`.

    `key` waits for its value; `merges` holds what merge keys bring. `end`
    is the end of the last member: there a block ends, which the parser ends at the next token.
    """

    __slots__ = ("anchor", "end", "entries", "flow", "is_mapping", "key", "merges", "nodes", "pointer", "start")

    def __init__(self, start: Span, pointer: str, *, is_mapping: bool, flow: bool) -> None:
        self.start, self.end = start, start[3:]
        self.pointer = pointer
        self.is_mapping, self.flow = is_mapping, flow
        self.anchor: str | None = None
        self.key: Scalar | None = None
        self.nodes: list[Node] = []
        self.entries: list[Entry] = []
        self.merges: list[tuple[Scalar, Node]] = []

    def below(self) -> str:
        """Return the pointer of the value that comes next."""
        return f"{self.pointer}/{len(self.nodes)}" if self.key is None else self.key.pointer

    def put(self, node: Node) -> None:
        """Take the next value."""
        end, key, self.key = node.span[3:], self.key, None
        if end > self.end:  # noqa: PLR1730  `max` is a call; what an alias repeats stands further up
            self.end = end
        if key is None:
            self.nodes.append(node)
        elif (text := key.text) == "<<" and not key.quoted:
            self.merges.append((key, node))
        else:
            self.entries.append(_new(Entry, (text, key, node)))

    def repeated(self) -> Iterator[tuple[Scalar, Scalar]]:
        """Yield each key whose name a key before it has, behind the first of that name."""
        first: dict[str, Scalar] = {}
        if len({name for name, _, _ in self.entries}) < len(self.entries):
            pairs = ((first.setdefault(name, key), key) for name, key, _ in self.entries)
            yield from (pair for pair in pairs if pair[0] is not pair[1])


# YAML merge keys: `<<: *base` brings in what the mapping itself does not set.


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


# Aliases: a value repeated below another pointer, counted so that it cannot explode.


class Repeater(NamedTuple):
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


# Located nodes from YAML events: an explicit stack, bounded aliases, merge keys, duplicate keys.

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({None, *(_CORE + name for name in ("int", "float", "bool", "null"))})
_TEXT_TAGS = frozenset({"!", _CORE + "str"})
_MAPPING_TAGS = frozenset({None, "!", _CORE + "map"})
_SEQUENCE_TAGS = frozenset({None, "!", _CORE + "seq"})


class Builder:
    """Takes the events of one file in order; `root()` gives the result."""

    def __init__(self, text: str, path: str) -> None:
        self.findings: list[Finding] = []
        self._places = Places(text, path)
        self._place = self._places.of
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
        handlers = _handlers()
        for event in events:
            handlers[type(event)](self, event)

    def on_document(self, event: Any) -> None:  # noqa: ANN401  PyYAML's event classes share no typed base
        """Open the document; a second one is refused."""
        self._documents += 1
        if self._documents > 1:
            span = self._place(event)
            raise refuse("unsupported-yaml", span, wording("the file holds several YAML documents, one is read"))

    def on_scalar(self, event: Any) -> None:  # noqa: ANN401
        """Place a scalar, or hold it as the next key."""
        span, top, text = self._place(event), self._top, event.value
        marked = event.anchor is not None or event.tag is not None
        if marked:
            span = self._places.bare(event, span)
        if top is not None and top.key is None and top.is_mapping:
            node = top.key = _new(Scalar, (text, text, span, f"{top.pointer}/{escape(text)}", bool(event.style)))
        else:
            key = None if top is None else top.key
            pointer = key.pointer if key is not None else "" if top is None else top.below()
            self._budget.spend(span, pointer, len(self._stack))
            if marked or event.style or len(text) > LONGEST_NUMBER:
                node = self._unusual(event, span, pointer)
            else:
                node = _new(Scalar, (resolve(text), text, span, pointer, False))
            if top is None:
                self._root = node
            else:
                top.put(node)
        if marked and event.anchor is not None:
            self._anchors[event.anchor] = node

    def _unusual(self, event: Any, span: Span, pointer: str) -> Scalar:  # noqa: ANN401
        """Return a value that is quoted, tagged or long."""
        text = event.value
        if event.style:  # quoted or a block: text by its style
            return _new(Scalar, (text, text, span, pointer, True))
        if event.tag in _TEXT_TAGS:
            return _new(Scalar, (text, text, span, pointer, False))
        if event.tag not in _PLAIN_TAGS:
            self._foreign(event.tag, span)
        if len(text) > LONGEST_NUMBER and overlong(text):
            self.findings.append(
                fault("number-too-long", span, wording("a number of {count} digits is no value", count=len(text)))
            )
        return _new(Scalar, (resolve(text), text, span, pointer, False))

    def _foreign(self, tag: str, span: Span) -> None:
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        self.findings.append(fault("unsupported-yaml", span, wording("the tag {tag} is not known here", tag=shown)))

    def on_start(self, event: Any) -> None:  # noqa: ANN401
        """Open a mapping or a sequence."""
        span, top = self._place(event), self._top
        if top is not None and top.is_mapping and top.key is None:
            hint = template_hint(_line(self._places.text, span.line))
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
        end = self._place(event)[3:] if done.flow else done.end
        span = _new(Span, done.start[:3] + end)
        node: Node
        if done.is_mapping:
            for first, key in done.repeated():
                self._repeated(first, key)
            entries = merge(done.entries, done.merges, done.pointer, self._merging)
            node = Mapping(tuple(entries), span, done.pointer)
        else:
            node = Sequence(tuple(done.nodes), span, done.pointer)
        if done.anchor is not None:
            self._anchors[done.anchor] = node
        self._put(node)

    def on_alias(self, event: Any) -> None:  # noqa: ANN401
        """Place a repetition of what the anchor names."""
        span, top, name = self._place(event), self._top, event.anchor
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
        else:
            self._top.put(node)

    def _repeated(self, first: Scalar, key: Scalar) -> None:
        related = (Related(wording("first written here"), first.span),)
        message = wording("the key {key} is written twice in one mapping", key=repr(key.text))
        self.findings.append(fault("duplicate-key", key.span, message, related=related))


@cache
def _handlers() -> dict[type, Callable[[Builder, Any], None]]:
    """Return what takes the events of a kind."""
    import yaml  # noqa: PLC0415  start-up: only commands that read YAML pay for it

    silent = dict.fromkeys((yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent), lambda *_: None)
    return silent | {
        yaml.DocumentStartEvent: Builder.on_document,
        yaml.ScalarEvent: Builder.on_scalar,
        yaml.MappingStartEvent: Builder.on_start,
        yaml.SequenceStartEvent: Builder.on_start,
        yaml.MappingEndEvent: Builder.on_end,
        yaml.SequenceEndEvent: Builder.on_end,
        yaml.AliasEvent: Builder.on_alias,
    }


# YAML to located nodes, from the parser's event stream.
#
# The events come one at a time from libyaml (or the pure parser where libyaml is absent), so depth and size
# are bounded while the file is read: nothing recurses over what a user wrote. Plain words keep their spelling
# (see `scalars`).


def read_yaml(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root of a YAML file and what is wrong in it; raises `RefusedError` where there is none."""
    text = decoded.text
    builder = Builder(text, path)
    with _refusing(text, path):
        builder.take(iter(_loader()(text).get_event, None))
    return builder.root(), tuple(builder.findings)


@cache
def _loader() -> Any:  # noqa: ANN401  the loaders of PyYAML are typed per build: with libyaml or without
    import yaml  # noqa: PLC0415  see above

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@contextmanager
def _refusing(text: str, path: str) -> Iterator[None]:
    """Refuse what the parser cannot read, where it says so."""
    import yaml  # noqa: PLC0415  see above

    try:
        yield
    except yaml.MarkedYAMLError as error:
        said = ", ".join(filter(None, (error.context, error.problem)))
        # A quote that is never closed is found at the end of the file; what matters is where it opens.
        unclosed = "quoted scalar" in said and error.context_mark is not None
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        lines = Lines(text, path)
        start = min(mark.index, len(text)) if mark else 0
        span = lines.span(start, min(start + 1, len(text)))
        hint = yaml_hint(said, lines, span.line)
        raise refuse("syntax-error", span, wording("not YAML: {problem}", problem=said), hint=hint) from error
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(
            "syntax-error", Lines(text, path).span(0, 0), wording("not YAML: {problem}", problem=str(error))
        ) from error
