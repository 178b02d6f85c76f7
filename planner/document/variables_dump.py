r"""What `SHOW VARIABLES` prints: a box, a table of tabs (`mysql -B`), CSV, or record by record (`\G`).

The table at the end of `mysqld --verbose --help` is read too: what a server would run with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import fault
from planner.document.model import Entry, Mapping, Scalar
from planner.document.option_names import underscored
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.decoding import Decoded
    from planner.finding import Finding

_BOX = re.compile(r"\|\s*(?P<key>[^|\s]+)\s*\| ?(?P<value>.*?)\s*\|?\s*")
_TABS = re.compile(r"(?P<key>[\w.-]+)\t(?P<value>.*?)\s*")
_CSV = re.compile(r"(?P<quote>\"?)(?P<key>[\w.-]+)(?P=quote)[,;](?P<mark>\"?)(?P<value>.*)(?P=mark)")
_HELP = re.compile(r"(?P<key>[a-z][\w.-]*) +(?P<value>.*?)(?:\(No default value\))?\s*")
_RECORD_NAME = re.compile(r"\s*Variable_name: (?P<key>\S+)\s*", re.IGNORECASE)
_RECORD_VALUE = re.compile(r"\s*Value: ?(?P<value>.*?)\s*", re.IGNORECASE)
_FRAME = re.compile(
    r"\+[-+]+\+|\*{5,}.*|-{5,}|\d+ rows? in set.*|Query OK.*|Bye|\s*"
    r"|(?:mysql|MariaDB).*> .*|(?:SHOW|SELECT) .*",
    re.IGNORECASE,
)
_HEADER = "variable_name"
_CSV_HEADER = re.compile(r"\A\s*\"?Variable_name\"?[,;]", re.IGNORECASE)
_HELP_TABLE = re.compile(r"^Variables \(--variable-name=value\)", re.MULTILINE)


def read_variables(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the variables of a dump as one mapping, names in lower case, values as text."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    name: Scalar | None = None
    lines = decoded.text.split("\n")
    first, last, forms = _rows(decoded.text, lines)
    for number, text in enumerate(lines[first:last], first + 1):
        line = text.rstrip("\r")
        row = next(filter(None, (form.fullmatch(line) for form in forms)), None)
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


def _rows(text: str, lines: list[str]) -> tuple[int, int, tuple[re.Pattern[str], ...]]:
    """Return the lines that hold the rows, from and up to, and the forms a row may have."""
    if _HELP_TABLE.search(text):
        begin = next(at for at, line in enumerate(lines) if _HELP_TABLE.match(line))
        first = next((at for at in range(begin, len(lines)) if lines[at].startswith("---")), begin) + 1
        last = next((at for at, line in enumerate(lines[first:], first) if not line.strip()), len(lines))
        return first, last, (_HELP,)
    return 0, len(lines), ((_CSV,) if _CSV_HEADER.match(text) else (_BOX, _TABS))


def _key(row: re.Match[str], path: str, number: int) -> Scalar:
    text = row["key"]
    span = Span.at(path, number, row.start("key") + 1, len(text))
    return Scalar(text, text, span, f"/{escape(underscored(text))}")


def _entry(key: Scalar, row: re.Match[str], number: int) -> Entry:
    text = row["value"]
    column = row.start("value") + 1
    span = Span(key.span.path, number, column, number, column + len(text))
    text = text.replace('""', '"') if row.re is _CSV and row["mark"] else text
    return Entry(underscored(key.text), key, Scalar(text, text, span, key.pointer))
