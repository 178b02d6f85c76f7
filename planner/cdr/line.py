"""One line, read exactly: what the vectorised step falls back on, and what export is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from planner.cdr.format import cdr_format

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
