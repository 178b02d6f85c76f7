"""JSON (RFC 8259) to located nodes, strict, with an explicit stack; and documents this program saved, checked."""

from __future__ import annotations

import json
import json.decoder
import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from planner.catalogue.units import LARGEST
from planner.document.model import Entry, Mapping, Node, Scalar, Sequence, overlong, resolve
from planner.document.text import Budget, Decoded, Lines, escape, fault, refuse
from planner.finding import Finding, Related, Span
from planner.wording import wording

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


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


# JSON that the program wrote and reads back: profiles, sizings, reports and baselines, checked before use.
#
# Such a file may come from anywhere. Its size, depth and numbers are bounded, and it is held against the
# published schema of its kind, so that whoever uses it meets the types the schema promises.

LARGEST_FILE = 64 << 20
"""Bytes of the largest saved document that is read: a report page carries 5 MB of drawing code."""

DEEPEST = 64
"""Levels of nesting; a report has nine."""

_SHOWN = 60


class SavedError(ValueError):
    """A saved document that cannot be used; the message says where and why."""


def parse(raw: bytes | str, schema: str = "", *, whole: bool = False) -> dict[str, Any]:
    """Return the object in the JSON of a saved document, checked against a schema where one is named.

    Raises SavedError. `whole` is what `check` calls so.
    """
    if len(raw) > LARGEST_FILE:
        raise SavedError(f"it is larger than the {LARGEST_FILE >> 20} MiB that are read")
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except RecursionError:
        raise SavedError(f"values are nested more than {DEEPEST} levels deep") from None
    except SavedError:
        raise
    except ValueError as error:
        raise SavedError(f"this is no JSON: {_clipped(str(error))}") from None
    _measure(value, sys.float_info.max)
    if not isinstance(value, dict):
        raise SavedError("a JSON object is expected")
    if schema:
        check(value, schema, whole=whole)
    return value


def check(value: dict[str, Any], schema: str, *, whole: bool = False) -> None:
    """Hold a document against a published schema. Raises SavedError naming the first place that differs.

    Members may be missing, but for those of an assumption, unless the document must be whole: a profile may hold
    assumptions alone, and a report leaves figures of its sizing out.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415  heavy, and few commands read such files

    from planner.catalogue.data import bundle  # noqa: PLC0415  the same

    if value.get("schema") != schema:
        raise SavedError(f'the document must say "schema": "{schema}"')
    _measure(value, LARGEST)
    for error in Draft202012Validator(bundle(schema)).iter_errors(value):
        if whole or not _lacks(error):
            raise SavedError(_said(error))


def _lacks(error: ValidationError) -> bool:
    """Tell whether all that is wrong is that members are missing, but for those of an assumption."""
    if error.validator == "required":
        return "assumptions" not in error.absolute_path
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0], []).append(each)
    return any(all(map(_lacks, branch)) for branch in branches.values())


def _said(error: ValidationError) -> str:
    pointer = "".join(f"/{escape(str(part))}" for part in error.absolute_path)
    if error.validator in {"type", "const", "enum", "minimum", "maximum", "pattern"}:
        wanted = f"{error.validator} {_clipped(json.dumps(error.validator_value))}"
        what = f"{_clipped(repr(error.instance))} is not what the schema asks for: {wanted}"
    else:
        what = _clipped(error.message, 3 * _SHOWN)
    return f"{_clipped(pointer, 3 * _SHOWN) or '/'}: {what}"


def _measure(value: Any, largest: float) -> None:  # noqa: ANN401  any JSON value
    """Walk through a value without recursion, and refuse what no reader can use."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise SavedError(f"values are nested more than {DEEPEST} levels deep")
        if isinstance(node, dict | list):
            waiting.extend((each, depth + 1) for each in _parts(node))
        elif isinstance(node, str):
            _check_text(node)
        elif isinstance(node, int | float) and not _usable(node, largest):
            said = f"{node:.6g}" if isinstance(node, float) else "a number of hundreds of digits"
            raise SavedError(f"{said} is no number a plan can use")


def _parts(node: dict[str, Any] | list[Any]) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node
        yield from node.values()
    else:
        yield from node


def _usable(number: float, largest: float) -> bool:
    return abs(number) <= largest and (isinstance(number, int) or math.isfinite(number))


def _check_text(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise SavedError("a text holds half a character (a lone surrogate)") from None


def _refuse_constant(name: str) -> NoReturn:
    raise SavedError(f"{name} is no JSON number")


def _clipped(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}..."
