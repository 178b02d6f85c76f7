"""Sysctl files as each program reads them: line length, `-` and globs, empty values, what ends a line.

Behaviour as read from their sources and compared with the programs themselves: systemd 219 as Red Hat
Enterprise Linux 7 ships it, systemd since 245, procps 3.3.10 (CentOS 7) and procps 4 (Debian 12).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from planner.document.model import Entry, Mapping, Scalar
from planner.document.text import Decoded, escape, fault
from planner.finding import Finding, Span
from planner.wording import wording

_UNLIMITED = 1 << 20


class SysctlReader(NamedTuple):
    """One program's reading of a sysctl file.

    `longest_line` is in bytes, its end included; what follows is read as a line of its own.
    `ends` are the characters beside the line feed that end a line. `dash` tells whether a leading `-` means
    "ignore errors", `dashes` how many of them are dropped, `globs` whether `*` stands for several keys,
    `empty` whether `key =` writes an empty value, `exclusion_unsets` whether `-key` undoes what the key was set
    to before, `lenient_keys` whether blanks behind a leading `-` and a separator at the end of a key are dropped,
    `repeats_stay` whether a line that repeats an earlier one is passed over, so that a glob keeps its place among
    the others. A glob behind `-` excludes nothing: that came with procps 4.0.5, which none of the profiles has.
    """

    name: str
    longest_line: int = _UNLIMITED
    ends: str = ""
    space: str = " \t\n\r"
    dash: bool = True
    globs: bool = True
    empty: bool = True
    dashes: int = 1
    exclusion_unsets: bool = False
    lenient_keys: bool = False
    repeats_stay: bool = False


SYSTEMD_219 = SysctlReader("systemd-sysctl 219", 2047, dash=False, globs=False)
SYSTEMD = SysctlReader("systemd-sysctl", ends="\r\0", exclusion_unsets=True, lenient_keys=True, repeats_stay=True)
PROCPS_3 = SysctlReader("sysctl (procps 3.3.10)", 4095, dash=False, globs=False, empty=False)
PROCPS = SysctlReader("sysctl (procps)", space=" \t\n\v\f\r", dashes=2)


# The lines of a sysctl file as one program sees them: its own line ends and its own longest line.

_WIDEST = 4
"""Bytes of the longest character in UTF-8."""


class Line(NamedTuple):
    """One line as a program sees it, and where it begins in the file."""

    text: str
    path: str
    number: int
    column: int = 1

    def span(self, start: int, length: int) -> Span:
        """Return the span of `length` characters, which may be 0, from offset `start` of the line."""
        column = self.column + start
        return Span(self.path, self.number, column, self.number, column + length)


def split(decoded: Decoded, path: str, reader: SysctlReader) -> tuple[list[Line], list[Finding]]:
    """Return the lines of a file as `reader` sees them, and what it loses in doing so."""
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, text in enumerate(decoded.text.split("\n"), 1):
        if number == 1 and decoded.bom:
            findings.append(_marked(text, path))
            continue
        if "\0" in text:
            findings.append(_cut(text, path, number))
        lines.extend(_seen(Line(text, path, number), reader))
        if len(text) >= reader.longest_line // _WIDEST and len(text.encode()) >= reader.longest_line:
            findings.append(_overlong(Line(text, path, number), reader))
    return lines, findings


def _seen(line: Line, reader: SysctlReader) -> Iterator[Line]:
    """Yield the pieces a program makes of one line."""
    column = 1
    for part in re.split(f"([{reader.ends}])", line.text) if reader.ends else (line.text,):
        for piece in _pieces(part, reader.longest_line):
            yield Line(piece.partition("\0")[0], line.path, line.number, column)
            column += len(piece)


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Yield a line in pieces of at most `longest` bytes."""
    if len(text) < longest // _WIDEST:
        yield text
        return
    data = text.encode()
    for start in range(0, max(len(data), 1), longest):
        yield data[start : start + longest].decode(errors="replace")


def _marked(text: str, path: str) -> Finding:
    message = wording("the file begins with a byte-order mark: its first line is lost, as setting or as comment")
    return fault("byte-order-mark", Span(path, 1, 1, 1, len(text.rstrip("\r")) + 1), message)


def _cut(text: str, path: str, number: int) -> Finding:
    column = text.index("\0") + 1
    message = wording("a NUL byte: what follows on the line is lost")
    return fault("ignored-line", Span.at(path, number, column), message)


def _overlong(line: Line, reader: SysctlReader) -> Finding:
    message = wording(
        "the line is longer than the {most} bytes {reader} reads at once", most=reader.longest_line, reader=reader.name
    )
    return fault("overlong-line", line.span(0, len(line.text)), message)


# sysctl.conf and sysctl.d files: every assignment with its place, as `sysctl` reads them.
#
# A line is `key = value`; a line that begins with `#` or `;` is a comment; everything after `=` is the value, a
# trailing comment included. Keys are compared by `canonical` name: dots separate, a slash stands for a dot
# inside an interface name (`net.ipv4.conf.eth0/100.rp_filter`).

_SLASHES = re.compile(r"/(?:\.?/)+")
_GLOB = re.compile(r"[*?\[]")
_COMMENT = re.compile(r"(?:^|[ \t])[ \t]*([#;].*)$")
_COMMANDS = re.compile(r"(?:sysctl|ulimit|echo|modprobe|sudo|service|systemctl|cat|EOF)\b")
_LIMIT = re.compile(r"\S+\s+(?:soft|hard|-)\s+[a-z]+\s+\S+")


class Assignment(NamedTuple):
    """One line that sets a key. `value` is None where the line only excludes the key from globs (`-key`)."""

    name: str
    key: Scalar
    value: Scalar | None

    @property
    def is_glob(self) -> bool:
        """Tell whether the name stands for several keys; what holds a blank is no name, and left to the rules."""
        return _GLOB.search(self.name) is not None and len(self.name.split()) == 1


def canonical(key: str) -> str:
    """Return the dotted name of a key written with either separator; the first separator decides."""
    first = re.search(r"[./]", key)
    path = swapped(key) if first and first[0] == "." else key
    return swapped(_SLASHES.sub("/", path).removeprefix("/"))


def trailing_comment(value: Scalar) -> Span | None:
    """Return the place of a comment written behind a value, which the kernel gets as part of the value."""
    found = _COMMENT.search(value.text)
    if found is None or value.span.line != value.span.end_line:
        return None
    return Span.at(value.span.path, value.span.line, value.span.column + found.start(1), len(found[1]))


def read_sysctl(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the assignments of a sysctl file as one mapping, and what its readers drop or refuse."""
    assignments, findings = scan(decoded, path, PROCPS)
    entries = tuple(Entry(item.name, item.key, item.value) for item in assignments if item.value)
    end = entries[-1].node.span if entries else Span(path, 1, 1, 1, 1)
    return Mapping(entries, Span(path, 1, 1, end.end_line, end.end_column), ""), findings


def scan(decoded: Decoded, path: str, reader: SysctlReader) -> tuple[tuple[Assignment, ...], tuple[Finding, ...]]:
    """Return the assignments one program finds in a file, in file order, and what it drops or refuses."""
    lines, findings = split(decoded, path, reader)
    assignments: list[Assignment] = []
    for line in lines:
        found = _assignment(line, reader)
        if isinstance(found, Assignment):
            assignments.append(found)
        elif found is not None:
            findings.append(found)
    return tuple(assignments), tuple(findings)


def swapped(key: str) -> str:
    """Return a name with its dots and slashes exchanged."""
    return key.translate({ord("."): "/", ord("/"): "."})


def _assignment(line: Line, reader: SysctlReader) -> Assignment | Finding | None:
    content = line.text.lstrip(reader.space)
    stripped = content.rstrip(reader.space)
    if stripped[:1] in ("", "#", ";"):
        return None
    written, equals, after = stripped.partition("=")
    start = len(line.text) - len(content)
    dashed = _dashes(written, reader)
    written = written[dashed:].rstrip(reader.space)
    bare = written.lstrip(reader.space) if reader.lenient_keys else written
    start += dashed + len(written) - len(bare)
    written = bare
    name = canonical(written).rstrip("." if reader.lenient_keys else "")
    if (not equals and not dashed) or not name:
        return _no_assignment(line.span(len(line.text) - len(content), len(stripped)), stripped)
    key = Scalar(written, written, line.span(start, len(written)), f"/{escape(name)}")
    if not equals:
        return Assignment(name, key, None)
    return _valued(line, reader, key, (name, after))


def _dashes(written: str, reader: SysctlReader) -> int:
    """Return how many dashes in front of a key a program drops."""
    most = reader.dashes if reader.dash else 0
    return min(len(written) - len(written.lstrip("-")), most)


def _valued(line: Line, reader: SysctlReader, key: Scalar, parts: tuple[str, str]) -> Assignment | Finding:
    name, after = parts
    text = after.strip(reader.space)
    start = line.text.index("=") + 1 + len(after) - len(after.lstrip(reader.space))
    if not text and not reader.empty:
        message = wording("{name} has no value; {reader} drops the line", name=name, reader=reader.name)
        return fault("not-an-assignment", key.span, message)
    return Assignment(name, key, Scalar(text, text, line.span(start, len(text)), key.pointer))


def _no_assignment(span: Span, text: str) -> Finding:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    hint = wording("Write `key = value`, or begin the line with # to make it a comment.")
    if _COMMANDS.match(text):
        hint = wording("Remove the line: this is a shell command, which belongs into a script, not among settings.")
    if _LIMIT.fullmatch(text):
        hint = wording("Move the line into /etc/security/limits.conf, or a file of limits.d.")
    if text.split() == ["sysctl", "-p"]:
        hint = wording(
            "Remove the line, a shell command; and apply with `sysctl --system`: `sysctl -p` reads no file "
            "but /etc/sysctl.conf."
        )
    return fault("not-an-assignment", span, wording("not an assignment: {line}", line=repr(shown)), hint=hint)


_SHOWN = 60
