"""One line of a CDR file, and the choices behind the measures, as data with their sources."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS


@cache
def measures() -> dict[str, Any]:
    """Return `schemas/cdr-measures.json`."""
    read: dict[str, Any] = json.loads((SCHEMAS / "cdr-measures.json").read_text(encoding="utf-8"))
    return read


def setting(name: str) -> float:
    """Return one choice as a number in its stated unit."""
    return float(measures()["settings"][name]["value"])


def limit(name: str) -> int:
    """Return one choice that is a whole number."""
    return int(setting(name))


# The text CDR of VOS3000: what a line is, and when it is a record.
#
# Everything that reads, measures, writes or simulates CDRs follows this page; names and limits are data
# (`schemas/cdr-format.json`).
#
# Lines
#     A file is bytes. A UTF-8 byte order mark at its very beginning is dropped. Lines end with LF; one CR
#     before the LF belongs to the line end. A last line without LF is a line if it holds at least one byte.
#     Quotes, backslashes, `#` and lone CRs are ordinary characters. Line numbers start at 1; the byte
#     offset of a line is that of its first byte in the (decompressed) file, a byte order mark counted.
#
# Accepted or rejected
#     Every line is one or the other: `accepted + rejected = lines`. The one reason is the first of
#     `REASONS` that holds: `empty` (no bytes), `length` (more than `LINE_BYTES` before the LF), `encoding`
#     (not strict UTF-8, or a NUL), `fields` (not 17, 18 or 19), `start_time`, `stop_time`, `hold_time`,
#     `pdd`. A last line without LF that fails any of them is `truncated` instead. An accepted line is a
#     record, or a header: the column names (any case, either spelling of columns 14 and 15), 17 or 19 of
#     them; `accepted = records + headers`.
#
# Fields
#     Instants are exactly 19 ASCII bytes `YYYY-MM-DD HH:MM:SS`, a day of the Gregorian calendar from year 1
#     to 9999, 00:00:00 to 23:59:59: no 24:00:00, no leap second. holdTime is 1 to 9 ASCII digits, callerPdd
#     and calleePdd are empty or 1 to 9 ASCII digits; leading zeros are digits. All other fields are text
#     and never rejected.
#
# Time
#     Instants are in the server's local zone, which the file does not tell. Seconds are counted from
#     0001-01-01 00:00:00 of that local clock, without a zone (86,400 a day). A record
#     - is an *attempt* that holds resources during [start, max(start, stop)), and counts in CPS at `start`;
#     - is *answered* if hold_ms > 0, and then talks during [stop - ceil(hold_ms / 1000), stop), whatever
#       `start` says.
#     Concurrency in a second is the number of intervals that contain it; a peak is the largest value, at
#     the first second that reaches it. CPS per minute and hour are counts in clock minutes and hours
#     divided by 60 and 3,600.


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type (`text`, `instant`, `integer`, `optional integer`), unit, labels of codes."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    alias: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A reason to reject a line, or a suspicion about a record: name, meaning, and what would be right."""

    name: str
    meaning: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """The documented format as data.

    `limits` holds `line_bytes`, `integer_digits` and `key_bytes`; `headers` the lower-case header lines a
    file may carry; `file_name` the pattern of a file's stem.
    """

    columns: tuple[Column, ...]
    reasons: tuple[Condition, ...]
    suspicions: tuple[Condition, ...]
    limits: Mapping[str, int]
    field_counts: frozenset[int]
    headers: frozenset[bytes]
    file_name: re.Pattern[str]

    def index(self, name: str) -> int:
        """Return the position of a column, counted from 0."""
        return next(i for i, column in enumerate(self.columns) if column.name == name)


def _column(raw: dict[str, object]) -> Column:
    labels = raw.get("labels", {})
    assert isinstance(labels, dict)  # noqa: S101  the file is ours; this narrows the type
    plain = {key: str(value) for key, value in raw.items() if key != "labels"}
    return Column(**plain, labels=tuple(labels.items()))


def _headers(columns: tuple[Column, ...], counts: list[int]) -> frozenset[bytes]:
    spellings = [[column.name for column in columns], [column.alias or column.name for column in columns]]
    return frozenset("|".join(names[:count]).lower().encode() for names in spellings for count in counts)


@cache
def cdr_format() -> Format:
    """Return the format, read once from `schemas/cdr-format.json`."""
    raw = json.loads((SCHEMAS / "cdr-format.json").read_text(encoding="utf-8"))
    columns = tuple(_column(column) for column in raw["columns"])
    counts = raw["field_counts"]
    return Format(
        columns=columns,
        reasons=tuple(Condition(**reason) for reason in raw["reasons"]),
        suspicions=tuple(Condition(**suspicion) for suspicion in raw["suspicious"]),
        limits={name: int(limit["value"]) for name, limit in raw["limits"].items()},
        field_counts=frozenset(counts["regular"] + counts["irregular"]),
        headers=_headers(columns, counts["regular"]),
        file_name=re.compile(raw["file_name"]["pattern"]),
    )


# One line, read exactly: what the vectorised step falls back on, and what export is made of.

_DAY = 86_400
_INSTANT = re.compile(rb"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])")
_INSTANT_BYTES = 19


@dataclass(frozen=True, slots=True)
class Record:
    """An accepted record.

    `fields` are the 17 to 19 fields as text; `start_s` and `stop_s` seconds since 0001-01-01 of the local
    clock, `hold_ms` and both PDDs milliseconds, None where the column is absent or empty.
    """

    fields: tuple[str, ...]
    start_s: int
    stop_s: int
    hold_ms: int
    caller_pdd_ms: int | None = None
    callee_pdd_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """An accepted line that names the columns."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no record: its reason, as named in `schemas/cdr-format.json`."""

    reason: str


@lru_cache(maxsize=4096)
def _ordinal(text: bytes) -> int | None:
    try:
        return date(*map(int, text.split(b"-"))).toordinal()
    except ValueError:
        return None


# Times of neighbouring lines repeat: as many as a busy server's calls of some minutes begin and end.
@lru_cache(maxsize=8192)
def _instant(text: bytes) -> int | None:
    shaped = _INSTANT.fullmatch(text)
    day = _ordinal(shaped[1]) if shaped else None
    if shaped is None or day is None:
        return None
    return (day - 1) * _DAY + int(shaped[2]) * 3600 + int(shaped[3]) * 60 + int(shaped[4])


def parse_instant(text: bytes) -> int | None:
    """Return the seconds since 0001-01-01 00:00:00 of `YYYY-MM-DD HH:MM:SS`, None if it is no time."""
    return _instant(text) if len(text) == _INSTANT_BYTES else None


def parse_integer(text: bytes) -> int | None:
    """Return the value of 1 to `integer_digits` ASCII digits, or None where the text is anything else."""
    if not 1 <= len(text) <= cdr_format().limits["integer_digits"] or not text.isdigit():
        return None
    return int(text)


def _text_of(content: bytes) -> str | None:
    try:
        return None if b"\0" in content else content.decode()
    except UnicodeDecodeError:
        return None


def _parse_pdds(fields: list[bytes]) -> list[int | None] | None:
    values = [parse_integer(text) for text in fields[17:]]
    if any(value is None and text for value, text in zip(values, fields[17:], strict=True)):
        return None
    return [*values, None, None][:2]


def _parse_fields(fields: list[bytes], text: str) -> Record | Rejected:
    start, stop, hold = parse_instant(fields[2]), parse_instant(fields[3]), parse_integer(fields[4])
    if start is None:
        return Rejected("start_time")
    if stop is None:
        return Rejected("stop_time")
    if hold is None:
        return Rejected("hold_time")
    pdds = _parse_pdds(fields)
    if pdds is None:
        return Rejected("pdd")
    # A separator is never part of another character's bytes.
    return Record(tuple(text.split("|")), start, stop, hold, pdds[0], pdds[1])


def parse_line(content: bytes) -> Record | Header | Rejected:
    """Return what a line is; `content` is the line without its LF (one CR at its end is dropped here)."""
    known = cdr_format()
    if len(content) > known.limits["line_bytes"]:
        return Rejected("length")
    content = content.removesuffix(b"\r")
    if not content:
        return Rejected("empty")
    text = _text_of(content)
    if text is None:
        return Rejected("encoding")
    fields = content.split(b"|")
    if len(fields) not in known.field_counts:
        return Rejected("fields")
    if content.lower() in known.headers:
        return Header()
    return _parse_fields(fields, text)


class Line(NamedTuple):
    """A line as it stands: content without its LF, number from 1, byte offset; `whole`: it had an LF."""

    content: bytes
    number: int
    offset: int
    whole: bool = True
    overlong: int = 0

    @property
    def raw(self) -> bytes:
        """The line without its line end."""
        return self.content.removesuffix(b"\r")

    def parsed(self) -> Record | Header | Rejected:
        """Return what the line is: a record, a header or why it is rejected."""
        found = Rejected("length") if self.overlong else parse_line(self.content)
        return Rejected("truncated") if isinstance(found, Rejected) and not self.whole else found
