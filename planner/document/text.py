"""The text of a file: decoded, in lines, within bounds, and what can be wrong with it before anybody reads on.

A reader never raises on what a user wrote. Inside a reader `RefusedError` carries the finding that ends the
reading; the interface in `reader` turns it into a document without a root.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from planner.catalogue.data import cited
from planner.catalogue.pages import readers_rule
from planner.finding import Finding, Related, Span
from planner.wording import term, wording


class RefusedError(Exception):
    """Ends the reading of one file; `finding` says why. Never leaves this package."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def fault(rule: str, span: Span, message: str, *, hint: str = "", related: tuple[Related, ...] = ()) -> Finding:
    """Return the finding of one fault at one place; `hint` replaces the rule's general help."""
    kind = readers_rule(rule)
    return Finding(
        rule=rule,
        severity=kind.severity,
        basis=kind.basis,
        message=message,
        span=span,
        help=hint or term(kind.help),
        related=related,
        source=cited(kind.source),
        subject=message,
    )


def refuse(rule: str, span: Span, message: str, *, hint: str = "") -> RefusedError:
    """Return the exception that ends the reading with one finding."""
    return RefusedError(fault(rule, span, message, hint=hint))


# Lines and columns of a text: the one notion of a line that every span in this program uses.
#
# A line ends at a line feed, and a carriage return before it belongs to the end; nothing else ends a line. So
# says `wc -l`, so do the C programs that read sysctl and option files, and so do code hosts.


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a text without their ends (`\n` or `\r\n`); line n is item n-1."""
    return [line.removesuffix("\r") for line in text.split("\n")]


class Lines:
    """The line starts of one text, to turn offsets into places and back. Offsets count characters from 0."""

    def __init__(self, text: str, path: str = "") -> None:
        self.text = text
        self.path = path
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = [0, *accumulate(lengths)][:-1]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and column; places past the end give the end."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from offset `start` up to, not including, `end`."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(self.path, line, column, end_line, end_column)

    def slice(self, span: Span) -> str:
        """Return the text a span covers."""
        start = self.offset(span.line, span.column)
        return self.text[start : self.offset(span.end_line, span.end_column)]

    def __iter__(self) -> Iterator[str]:
        return iter(split_lines(self.text))


# How much one file may ask of the reader: depth and number of values, counted while it is read.
#
# A nested alias or a long key in front of many items costs far more memory than the file is long. The budget
# is spent node by node, so a hostile file is refused long before memory runs out.

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


# Bytes to text, by the format's own rules, with every doubt as a finding that has a line.
#
# YAML and JSON may be UTF-8 or UTF-16; TOML is UTF-8 alone. The programs that read sysctl and option files
# work on bytes: there a byte that is not UTF-8 is kept (shown as the Latin-1 character of the same number)
# and reported.

STRUCTURED = ("yaml", "json", "toml")

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # slow to compile
_BOM = "\ufeff"
_HEAD = 8192
_TEXT = bytes({*range(0x20, 0x7F), *range(0x80, 0x100), *b"\t\n\v\f\r\x1b"})
_MOST_CONTROLS = 20  # a text has less than one control character in twenty
_FEW = 16
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")


class Decoded(NamedTuple):
    """A file's text without byte-order mark, whether it had one, and what was odd about its bytes."""

    text: str
    bom: bool = False
    findings: tuple[Finding, ...] = ()
    source: bytes | None = None

    @property
    def data(self) -> bytes:
        """The bytes of the text, as they stood in the file where it is read byte by byte."""
        return self.text.encode(errors="replace") if self.source is None else self.source


def decode(source: str | bytes, path: str, kind: str) -> Decoded:
    """Return the text of a file of format `kind`; raises `RefusedError` where it is no text."""
    decoded = _unmarked(source) if isinstance(source, str) else _decode_bytes(source, path, kind)
    if kind in STRUCTURED:
        _refuse_controls(decoded.text, path)
    return decoded


def byte_text(data: bytes) -> str:
    """Return bytes as readable text: UTF-8 where valid, else the Latin-1 character of the same number."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(errors="surrogateescape").translate(_LATIN)


_LATIN = {0xDC00 + byte: chr(byte) for byte in range(0x80, 0x100)}


def _unmarked(text: str, findings: tuple[Finding, ...] = ()) -> Decoded:
    return Decoded(text.removeprefix(_BOM), text.startswith(_BOM), findings)


def _decode_bytes(data: bytes, path: str, kind: str) -> Decoded:
    start = Span.at(path, 1, 1)
    if _is_binary(data):
        message = wording("the file is binary data, not text")
        raise refuse("unreadable-file", start, message, hint=wording("Give the settings file itself, unpacked."))
    if data.startswith(_UTF32):
        raise refuse("unreadable-file", start, wording("the file is in UTF-32, which none of its readers accept"))
    for mark, codec in _UTF16.items():
        # Programs that read bytes take two odd ones in front for a part of the first line.
        if data.startswith(mark) and (kind in STRUCTURED or b"\0" in data[:_HEAD]):
            return _decode_utf16(data.removeprefix(mark), codec, path, kind)
    try:
        return _unmarked(data.decode())
    except UnicodeDecodeError as error:
        return _undecodable(data, error, path, kind)


def _is_binary(data: bytes) -> bool:
    """Tell whether these bytes are no text in any encoding: many control characters, or a packed file."""
    head = data[:_HEAD]
    if head.startswith(_PACKED):
        return True
    if head[:2] in _UTF16 or head.startswith(_UTF32):
        return False
    controls = len(head.translate(None, _TEXT))
    return controls > _FEW and controls * _MOST_CONTROLS > len(head)


def _decode_utf16(data: bytes, codec: str, path: str, kind: str) -> Decoded:
    start = Span.at(path, 1, 1)
    if kind not in ("yaml", "json"):
        raise refuse("unreadable-file", start, wording("the file is in UTF-16; its readers on the server expect UTF-8"))
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise refuse(
            "unreadable-file", start, wording("the file claims to be UTF-16 but is not: {reason}", reason=error.reason)
        ) from error
    found = fault("odd-encoding", start, wording("the file is in UTF-16; most tools on a server expect UTF-8"))
    return Decoded(text, bom=True, findings=(found,))


def _undecodable(data: bytes, error: UnicodeDecodeError, path: str, kind: str) -> Decoded:
    before = data[: error.start].decode()
    line, column = Lines(before).position(len(before))
    span = Span.at(path, line, column - before.startswith(_BOM) * (line == 1))
    message = wording("byte 0x{byte} is not UTF-8", byte=f"{data[error.start]:02x}")
    if kind in STRUCTURED:
        raise refuse("unreadable-file", span, message)
    bare = data.removeprefix(codecs.BOM_UTF8)
    findings = (fault("odd-encoding", span, message),)
    return Decoded(byte_text(bare), bare is not data, findings, bare)


def _refuse_controls(text: str, path: str) -> None:
    # Nearly every text is printable but for its line feeds, which is told far faster.
    found = None if text.replace("\n", "").isprintable() else re.search(_FORBIDDEN, text)
    if found is None:
        return
    name = (
        wording("a NUL byte")
        if found[0] == "\0"
        else wording("the control character U+{code}", code=f"{ord(found[0]):04X}")
    )
    span = Lines(text, path).span(found.start(), found.end())
    raise refuse("unreadable-file", span, wording("the text holds {name}, which the format forbids", name=name))
