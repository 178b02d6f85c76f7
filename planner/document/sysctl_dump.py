"""What `sysctl -a` prints: `key = value`, values verbatim, a key repeated for each line of its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import fault
from planner.document.model import Entry, Mapping, Scalar
from planner.document.sysctl_file import canonical
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.decoding import Decoded
    from planner.finding import Finding

_FROM_STANDARD_ERROR = "sysctl: "


def read_sysctl_dump(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the settings of a dump as one mapping; messages of `sysctl` between them are passed over."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    lines = decoded.text.split("\n")
    for number, text in enumerate(lines, 1):
        line = text.rstrip("\r")
        if not line.strip() or line.startswith((_FROM_STANDARD_ERROR, "#")):
            continue
        entry = _entry(line, path, number)
        if entry is None:
            span = Span.at(path, number, 1, len(line))
            findings.append(fault("ignored-line", span, wording("no `key = value`: {line}", line=repr(line[:60]))))
        elif entries and entries[-1].name == entry.name:
            entries[-1] = _joined(entries[-1], entry)
        else:
            entries.append(entry)
    return Mapping(tuple(entries), Span(path, 1, 1, len(lines), len(lines[-1]) + 1), ""), tuple(findings)


def _entry(line: str, path: str, number: int) -> Entry | None:
    written, equals, after = line.partition("=")
    name = canonical(written.strip())
    if not equals or not name:
        return None
    key_text = written.strip()
    pointer = f"/{escape(name)}"
    key = Scalar(key_text, key_text, Span.at(path, number, line.index(key_text) + 1, len(key_text)), pointer)
    text = after.strip()
    column = len(line.rstrip()) - len(text) + 1
    span = Span(path, number, column, number, column + len(text))
    return Entry(name, key, Scalar(text, text, span, pointer))


def _joined(first: Entry, more: Entry) -> Entry:
    """Return one entry of a value that the kernel gives on several lines."""
    one, two = first.node, more.node
    if not isinstance(one, Scalar) or not isinstance(two, Scalar):
        return more
    text = f"{one.text}\n{two.text}"
    span = Span(one.span.path, one.span.line, one.span.column, two.span.end_line, two.span.end_column)
    return Entry(first.name, first.key, Scalar(text, text, span, one.pointer))
