"""What `sysctl -a` and `SHOW GLOBAL VARIABLES` print, as located nodes."""

import re

from planner.document.model import Entry, Mapping, Scalar
from planner.document.options import underscored
from planner.document.sysctl import canonical
from planner.document.text import Decoded, escape, fault
from planner.finding import Finding, Span
from planner.wording import wording

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


# What `SHOW VARIABLES` prints: a box, a table of tabs (`mysql -B`), CSV, or record by record (`\G`).
#
# The table at the end of `mysqld --verbose --help` is read too: what a server would run with.

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
            entries.append(_variable(_key(row, path, number), row, number))
        elif (named := _RECORD_NAME.fullmatch(line)) is not None:
            name = _key(named, path, number)
        elif name is not None and (valued := _RECORD_VALUE.fullmatch(line)) is not None:
            entries.append(_variable(name, valued, number))
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


def _variable(key: Scalar, row: re.Match[str], number: int) -> Entry:
    text = row["value"]
    column = row.start("value") + 1
    span = Span(key.span.path, number, column, number, column + len(text))
    text = text.replace('""', '"') if row.re is _CSV and row["mark"] else text
    return Entry(underscored(key.text), key, Scalar(text, text, span, key.pointer))
