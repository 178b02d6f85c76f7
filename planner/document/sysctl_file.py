"""sysctl.conf and sysctl.d files: every assignment with its place, as `sysctl` reads them.

A line is `key = value`; a line that begins with `#` or `;` is a comment; everything after `=` is the value, a
trailing comment included. Keys are compared by `canonical` name: dots separate, a slash stands for a dot
inside an interface name (`net.ipv4.conf.eth0/100.rp_filter`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import fault
from planner.document.model import Entry, Mapping, Scalar
from planner.document.sysctl_lines import Line, split
from planner.document.sysctl_reader import PROCPS
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.decoding import Decoded
    from planner.document.sysctl_reader import SysctlReader
    from planner.finding import Finding

_SLASHES = re.compile(r"/(?:\.?/)+")
_GLOB = re.compile(r"[*?\[]")
_COMMENT = re.compile(r"(?:^|[ \t])[ \t]*([#;].*)$")
_COMMANDS = re.compile(r"(?:sysctl|ulimit|echo|modprobe|sudo|service|systemctl|cat|EOF)\b")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line that sets a key. `value` is None where the line only excludes the key from globs (`-key`)."""

    name: str
    key: Scalar
    value: Scalar | None
    ignore_failure: bool = False

    @property
    def is_glob(self) -> bool:
        """Tell whether the name stands for several keys."""
        return _GLOB.search(self.name) is not None


def canonical(key: str) -> str:
    """Return the dotted name of a key written with either separator; the first separator decides."""
    first = re.search(r"[./]", key)
    path = _swapped(key) if first and first[0] == "." else key
    return _swapped(_SLASHES.sub("/", path).removeprefix("/"))


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


def _swapped(key: str) -> str:
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
    return _valued(line, reader, key, (name, after, dashed > 0))


def _dashes(written: str, reader: SysctlReader) -> int:
    """Return how many dashes in front of a key a program drops."""
    most = reader.dashes if reader.dash else 0
    return min(len(written) - len(written.lstrip("-")), most)


def _valued(line: Line, reader: SysctlReader, key: Scalar, parts: tuple[str, str, bool]) -> Assignment | Finding:
    name, after, dashed = parts
    text = after.strip(reader.space)
    start = line.text.index("=") + 1 + len(after) - len(after.lstrip(reader.space))
    if not text and not reader.empty:
        message = wording("{name} has no value; {reader} drops the line", name=name, reader=reader.name)
        return fault("not-an-assignment", key.span, message)
    return Assignment(name, key, Scalar(text, text, line.span(start, len(text)), key.pointer), dashed)


def _no_assignment(span: Span, text: str) -> Finding:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    hint = wording("Write `key = value`, or begin the line with # to make it a comment.")
    if _COMMANDS.match(text):
        hint = wording("Remove the line: this is a shell command, which belongs into a script, not among settings.")
    if text.split() == ["sysctl", "-p"]:
        hint = wording(
            "Remove the line, a shell command; and apply with `sysctl --system`: `sysctl -p` reads no file "
            "but /etc/sysctl.conf."
        )
    return fault("not-an-assignment", span, wording("not an assignment: {line}", line=repr(shown)), hint=hint)


_SHOWN = 60
