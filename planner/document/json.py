"""JSON (RFC 8259) to located nodes: strict, with an explicit stack instead of recursion."""

from __future__ import annotations

import json.decoder
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from planner.document.faults import fault, refuse
from planner.document.model import Entry, Mapping, Scalar, Sequence, overlong, resolve
from planner.document.text import Budget, Lines, escape
from planner.finding import Related, Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.document.model import Node
    from planner.document.text import Decoded
    from planner.finding import Finding


_SPACE = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z_.])|(?:true|false|null)\b")
# the standard library reads strings in C, but its type stubs leave the function out
_scan_string: Callable[[str, int, bool], tuple[str, int]] = vars(json.decoder)["scanstring"]
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Open:
    """An object or array whose closing bracket has not come yet."""

    start: int
    pointer: str
    closing: str
    nodes: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, Span] = field(default_factory=dict)
    key: Scalar | None = None


def read_json(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root of a JSON file and what is wrong in it; raises `RefusedError` where there is none."""
    reader = _Reader(decoded.text, path)
    return reader.root(), tuple(reader.findings)


class _Reader:
    """One pass over one text; `_at` is the offset of the next character."""

    def __init__(self, text: str, path: str) -> None:
        self.findings: list[Finding] = []
        self._text = text
        self._lines = Lines(text, path)
        self._stack: list[_Open] = []
        self._budget = Budget()
        self._at = 0

    def root(self) -> Node:
        self._space()
        if self._at == len(self._text):
            return Mapping((), self._lines.span(0, 0), "")
        node = self._value()
        while self._stack:
            node = self._step(node)
        if self._at < len(self._text):
            self._fail(wording("text after the end of the JSON value"))
        assert node is not None  # noqa: S101  the stack is empty, so its last collection is closed
        return node

    def _step(self, node: Node | None) -> Node | None:
        """Give the innermost collection the node just read, then read its next one or close it."""
        top = self._stack[-1]
        after_comma = False
        if node is not None:
            self._place(top, node)
            after_comma = self._next() == ","
            if after_comma:
                self._move()
            elif self._next() != top.closing:
                self._fail(wording("expected ',' or '{closing}'", closing=top.closing))
        if self._next() == top.closing and not after_comma:
            return self._close()
        if top.closing == "}":
            self._key(top)
        return self._value()

    def _value(self) -> Node | None:
        """Return the scalar that stands next, or open a collection and return None."""
        character = self._next()
        pointer = self._pointer()
        if character in ("{", "["):
            self._open(character, pointer)
            return None
        start = self._at
        if character == '"':
            text = self._string()
            return self._scalar(Scalar(text, text, self._lines.span(start, self._at), pointer, quoted=True))
        match = _LITERAL.match(self._text, start)
        if match is None:
            self._fail(wording("expected a JSON value"))
        self._at = match.end()
        span = self._lines.span(start, self._at)
        if overlong(match[0]):
            self.findings.append(
                fault("number-too-long", span, wording("a number of {count} digits is no value", count=len(match[0])))
            )
        return self._scalar(Scalar(resolve(match[0]), match[0], span, pointer))

    def _scalar(self, scalar: Scalar) -> Scalar:
        self._budget.spend(scalar.span, scalar.pointer, len(self._stack))
        self._space()
        return scalar

    def _open(self, character: str, pointer: str) -> None:
        span = self._lines.span(self._at, self._at + 1)
        self._budget.spend(span, pointer, len(self._stack) + 1)
        self._stack.append(_Open(self._at, pointer, "}" if character == "{" else "]"))
        self._move()

    def _close(self) -> Node:
        done = self._stack.pop()
        span = self._lines.span(done.start, self._at + 1)
        self._move()
        if done.closing == "}":
            return Mapping(tuple(done.entries), span, done.pointer)
        return Sequence(tuple(done.nodes), span, done.pointer)

    def _key(self, top: _Open) -> None:
        if self._next() != '"':
            self._fail(wording("expected a key in double quotes"))
        start = self._at
        name = self._string()
        span = self._lines.span(start, self._at)
        top.key = Scalar(name, name, span, f"{top.pointer}/{escape(name)}", quoted=True)
        self._space()
        if self._next() != ":":
            self._fail(wording("expected ':' after the key"))
        self._move()

    def _place(self, top: _Open, node: Node) -> None:
        key, top.key = top.key, None
        if key is None:
            top.nodes.append(node)
            return
        first = top.seen.setdefault(key.text, key.span)
        if first is not key.span:
            related = (Related(wording("first written here"), first),)
            message = wording("the key {key} is written twice in one mapping", key=repr(key.text))
            self.findings.append(fault("duplicate-key", key.span, message, related=related))
        top.entries.append(Entry(key.text, key, node))

    def _string(self) -> str:
        try:
            text, end = _scan_string(self._text, self._at + 1, True)
        except json.JSONDecodeError as error:
            self._at = min(error.pos, len(self._text))
            self._fail(error.msg[:1].lower() + error.msg[1:].removesuffix(" at"))
        if _SURROGATE.search(text):
            self._fail(wording("half of a surrogate pair in a string"))
        self._at = end
        return text

    def _pointer(self) -> str:
        if not self._stack:
            return ""
        top = self._stack[-1]
        return top.key.pointer if top.key else f"{top.pointer}/{len(top.nodes)}"

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _move(self) -> None:
        self._at += 1
        self._space()

    def _space(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _fail(self, message: str) -> NoReturn:
        at = min(self._at, len(self._text))
        span = self._lines.span(at, min(at + 1, len(self._text)))
        raise refuse("syntax-error", span, wording("not JSON: {problem}", problem=message), hint=_hint(self._text, at))


def _hint(text: str, at: int) -> str:
    """Return what would be right where the text is JSON of a laxer kind."""
    if text.startswith(("//", "/*", "#"), at):
        return wording("JSON has no comments: remove it, or write the file in YAML or TOML.")
    if text.startswith("'", at):
        return wording("Write keys and texts in double quotes.")
    if text[at : at + 1] in ("}", "]") and text[:at].rstrip().endswith(","):
        return wording("Remove the comma in front of it: no comma follows the last entry.")
    return ""
