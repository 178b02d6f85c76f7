"""One line, read exactly: what the vectorised step falls back on, and what export is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planner.cdr.format import cdr_format

_DAY = 86_400
_DIGITS = frozenset(b"0123456789")
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


def _shaped(text: bytes, marks: dict[int, int]) -> bool:
    return all(byte == marks[i] if i in marks else byte in _DIGITS for i, byte in enumerate(text))


_INSTANT_MARKS = {4: 45, 7: 45, 10: 32, 13: 58, 16: 58}


def parse_instant(text: bytes) -> int | None:
    """Return the seconds since 0001-01-01 00:00:00 of `YYYY-MM-DD HH:MM:SS`, None if it is no time."""
    if len(text) != _INSTANT_BYTES or not _shaped(text, _INSTANT_MARKS):
        return None
    day = _ordinal(text[:10])
    hour, minute, second = int(text[11:13]), int(text[14:16]), int(text[17:19])
    if day is None or hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004  the clock's own bounds
        return None
    return (day - 1) * _DAY + hour * 3600 + minute * 60 + second


def parse_integer(text: bytes) -> int | None:
    """Return the value of 1 to `integer_digits` ASCII digits, or None where the text is anything else."""
    if not 1 <= len(text) <= cdr_format().limits["integer_digits"] or not _DIGITS.issuperset(text):
        return None
    return int(text)


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parse_pdds(fields: list[bytes]) -> list[int | None] | None:
    values = [parse_integer(text) for text in fields[17:]]
    if any(value is None and text for value, text in zip(values, fields[17:], strict=True)):
        return None
    return [*values, None, None][:2]


def _parse_fields(fields: list[bytes]) -> Record | Rejected:
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
    return Record(tuple(field.decode() for field in fields), start, stop, hold, pdds[0], pdds[1])


def parse_line(content: bytes) -> Record | Header | Rejected:
    """Return what a line is; `content` is the line without its LF (one CR at its end is dropped here)."""
    known = cdr_format()
    if len(content) > known.limits["line_bytes"]:
        return Rejected("length")
    content = content.removesuffix(b"\r")
    if not content:
        return Rejected("empty")
    if not _is_text(content):
        return Rejected("encoding")
    fields = content.split(b"|")
    if len(fields) not in known.field_counts:
        return Rejected("fields")
    if content.lower() in known.headers:
        return Header()
    return _parse_fields(fields)
