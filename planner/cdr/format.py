"""The text CDR of VOS3000: what a line is, and when it is a record.

Everything that reads, measures, writes or simulates CDRs follows this page; names and limits are data
(`schemas/cdr-format.json`).

Lines
    A file is bytes. A UTF-8 byte order mark at its very beginning is dropped. Lines end with LF; one CR
    before the LF belongs to the line end. A last line without LF is a line if it holds at least one byte.
    Quotes, backslashes, `#` and lone CRs are ordinary characters. Line numbers start at 1; the byte
    offset of a line is that of its first byte in the (decompressed) file, a byte order mark counted.

Accepted or rejected
    Every line is one or the other: `accepted + rejected = lines`. The one reason is the first of
    `REASONS` that holds: `empty` (no bytes), `length` (more than `LINE_BYTES` before the LF), `encoding`
    (not strict UTF-8, or a NUL), `fields` (not 17, 18 or 19), `start_time`, `stop_time`, `hold_time`,
    `pdd`. A last line without LF that fails any of them is `truncated` instead. An accepted line is a
    record, or a header: the column names (any case, either spelling of columns 14 and 15), 17 or 19 of
    them; `accepted = records + headers`.

Fields
    Instants are exactly 19 ASCII bytes `YYYY-MM-DD HH:MM:SS`, a day of the Gregorian calendar from year 1
    to 9999, 00:00:00 to 23:59:59: no 24:00:00, no leap second. holdTime is 1 to 9 ASCII digits, callerPdd
    and calleePdd are empty or 1 to 9 ASCII digits; leading zeros are digits. All other fields are text
    and never rejected.

Time
    Instants are in the server's local zone, which the file does not tell. Seconds are counted from
    0001-01-01 00:00:00 of that local clock, without a zone (86,400 a day). A record
    - is an *attempt* that holds resources during [start, max(start, stop)), and counts in CPS at `start`;
    - is *answered* if hold_ms > 0, and then talks during [stop - ceil(hold_ms / 1000), stop), whatever
      `start` says.
    Concurrency in a second is the number of intervals that contain it; a peak is the largest value, at
    the first second that reaches it. CPS per minute and hour are counts in clock minutes and hours
    divided by 60 and 3,600.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from planner.catalogue.paths import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Mapping


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
