r"""What `SHOW VARIABLES` prints, as a box, as a table of tabs (`mysql -B`) or record by record (`\G`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import fault
from planner.document.model import Entry, Mapping, Scalar
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.decoding import Decoded
    from planner.finding import Finding

_BOX = re.compile(r"\|\s*(?P<key>[^|\s]+)\s*\| ?(?P<value>.*?)\s*\|?\s*")
_TABS = re.compile(r"(?P<key>[\w.-]+)\t(?P<value>.*?)\s*")
_RECORD_NAME = re.compile(r"\s*Variable_name: (?P<key>\S+)\s*", re.IGNORECASE)
_RECORD_VALUE = re.compile(r"\s*Value: ?(?P<value>.*?)\s*", re.IGNORECASE)
_FRAME = re.compile(r"\+[-+]+\+|\*{5,}.*|\d+ rows? in set.*|Query OK.*|\s*")
_HEADER = "variable_name"


def read_variables(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the variables of a dump as one mapping, names in lower case, values as text."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    name: Scalar | None = None
    lines = decoded.text.split("\n")
    for number, text in enumerate(lines, 1):
        line = text.rstrip("\r")
        row = _BOX.fullmatch(line) or _TABS.fullmatch(line)
        if row is not None and row["key"].lower() != _HEADER:
            entries.append(_entry(_key(row, path, number), row, number))
        elif (named := _RECORD_NAME.fullmatch(line)) is not None:
            name = _key(named, path, number)
        elif name is not None and (valued := _RECORD_VALUE.fullmatch(line)) is not None:
            entries.append(_entry(name, valued, number))
            name = None
        elif row is None and not _FRAME.fullmatch(line):
            message = wording("no row of SHOW VARIABLES: {line}", line=repr(line[:60]))
            findings.append(fault("ignored-line", Span.at(path, number, 1, len(line)), message))
    return Mapping(tuple(entries), Span(path, 1, 1, len(lines), len(lines[-1]) + 1), ""), tuple(findings)


def _key(row: re.Match[str], path: str, number: int) -> Scalar:
    text = row["key"]
    span = Span.at(path, number, row.start("key") + 1, len(text))
    return Scalar(text, text, span, f"/{escape(text.lower())}")


def _entry(key: Scalar, row: re.Match[str], number: int) -> Entry:
    text = row["value"]
    column = row.start("value") + 1
    span = Span(key.span.path, number, column, number, column + len(text))
    return Entry(key.text.lower(), key, Scalar(text, text, span, key.pointer))
