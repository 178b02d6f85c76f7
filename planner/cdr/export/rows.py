"""Exported records: layouts and columns, instants, masked numbers, and the rows they make."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from planner.catalogue.data import SCHEMAS
from planner.cdr.format import Line, cdr_format

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]

TYPES = {
    "key": "text", "file": "text", "text": "text", "label": "text", "line": "integer", "offset": "integer",
    "milliseconds": "integer", "seconds": "number", "instant": "instant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column: its name, how it is made (`form`) and from which field; `type` is what it holds.

    Types: `text`, `integer`, `number`, and `instant` (s since 1970, local or UTC).
    """

    name: str
    form: str
    field: str
    meaning: str

    @property
    def type(self) -> str:
        """What the column holds."""
        return TYPES[self.form]


@cache
def export_data() -> dict[str, Any]:
    """Return `schemas/export.json`."""
    read: dict[str, Any] = json.loads((SCHEMAS / "export.json").read_text(encoding="utf-8"))
    return read


@cache
def columns(layout: str) -> tuple[Column, ...]:
    """Return the columns of a layout, the record key first."""
    entries = export_data()["layouts"][layout]
    return tuple(Column(entry["name"], entry["as"], entry["from"], entry["meaning"]) for entry in entries)


# Local times of the server as instants: seconds since 1970, in UTC where the zone is known.

# From 0001-01-01, where the line parser counts from, to 1970-01-01.
TO_1970 = (datetime(1970, 1, 1, tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
LATEST = (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  only added to
# No zone ever changed its offset within a quarter of an hour of the clock.
QUARTER_S = 900


class OutsideUtcError(ValueError):
    """A local time whose UTC equivalent lies outside the years 1 to 9999."""


class Instants:
    """Turns seconds since 0001 of the local clock into seconds since 1970; without a zone the clock stays local.

    A time that a clock skips is read with the offset before the skip. In an hour that it repeats, the pass is that in
    which the call lasts as short as its conversation allows; where both passes fit alike, the first is taken, and
    counted in `ambiguous`.
    """

    def __init__(self, zone: ZoneInfo | None) -> None:
        self._zone, self.ambiguous = zone, 0
        self._offsets = lru_cache(maxsize=65536)(self._offsets_of)

    def _offsets_of(self, quarter: int) -> tuple[int, int]:
        """Return the offsets of both passes over a quarter of an hour; they differ where the clock is put back."""
        moment = datetime(1, 1, 1, tzinfo=self._zone) + timedelta(seconds=quarter * QUARTER_S)
        first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
        one, other = (round(shift.total_seconds()) if shift else 0 for shift in (first, second))
        return one, min(one, other)

    def of(self, start: int, stop: int, hold_ms: int) -> tuple[int, int]:
        """Return both ends of a call. Raises OutsideUtcError."""
        if self._zone is None:
            return start - TO_1970, stop - TO_1970
        begin, end = self._offsets(start // QUARTER_S), self._offsets(stop // QUARTER_S)
        if begin[0] == begin[1] and end[0] == end[1]:
            found = start - TO_1970 - begin[0], stop - TO_1970 - end[0]
        else:
            found = self._passed(start, stop, hold_ms // 1000 - 1, (begin, end))
        if not all(-TO_1970 <= instant <= LATEST for instant in found):
            raise OutsideUtcError
        return found

    def _passed(self, start: int, stop: int, hold: int, offsets: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        begins, ends = (sorted(set(shifts), reverse=True) for shifts in offsets)
        pairs = [(start - TO_1970 - b, stop - TO_1970 - e) for b in begins for e in ends]
        lasting = [pair[1] - pair[0] for pair in pairs if pair[1] - pair[0] >= max(hold, 0)]
        if not lasting:
            return pairs[0]
        fitting = [pair for pair in pairs if pair[1] - pair[0] == min(lasting)]
        self.ambiguous += len(fitting) > 1
        return fitting[0]


@lru_cache(maxsize=8192)
def _day(days: int) -> str:
    return (EPOCH + timedelta(days=days)).strftime("%Y-%m-%d").rjust(10, "0")


@lru_cache(maxsize=8192)
def text_of(instant: int) -> str:
    """Return seconds since 1970 as `YYYY-MM-DD HH:MM:SS`."""
    days, seconds = divmod(instant, 86400)
    return f"{_day(days)} {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


# Records without people: numbers keep country and area, addresses their network.

HIDDEN = "x"
_NUMBER = re.compile(r"\+?[0-9]+")


def mask_number(text: str, kept: int, hidden: int) -> str:
    """Return a number with all but the first `kept` digits hidden, and at least the last `hidden` ones.

    A text that is no plain number (a SIP name, a word) is hidden entirely; the length stays.
    """
    if not _NUMBER.fullmatch(text):
        return HIDDEN * len(text)
    sign = text[: len(text) - len(text.lstrip("+"))]
    digits = text[len(sign) :]
    shown = max(min(kept, len(digits) - hidden), 0)
    return sign + digits[:shown] + HIDDEN * (len(digits) - shown)


@lru_cache(maxsize=65536)
def mask_address(text: str) -> str:
    """Return the network of an address; what is no address is hidden entirely."""
    bits = export_data()["masking"]
    try:
        address = ip_address(text)
    except ValueError:
        return HIDDEN * len(text)
    prefix = bits[f"ipv{address.version}_bits"]["value"]
    return str(ip_network(f"{address}/{prefix}", strict=False).network_address)


class Mask:
    """Hides numbers and addresses in the fields of a record."""

    def __init__(self, kept: int | None = None) -> None:
        data = export_data()["masking"]
        self._kept = data["kept_digits"]["value"] if kept is None else kept
        self._hidden = data["hidden_digits"]["value"]
        names = [column.name for column in cdr_format().columns]
        self._numbers = [names.index(name) for name in data["numbers"]]
        self._addresses = [names.index(name) for name in data["addresses"]]

    def __call__(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Return the fields with numbers and addresses hidden."""
        masked = list(fields)
        for place in self._numbers:
            masked[place] = mask_number(fields[place], self._kept, self._hidden)
        for place in self._addresses:
            masked[place] = mask_address(fields[place])
        return tuple(masked)


# Records as rows of a layout: typed values in place of fields, with the record's identity.

KEY_BYTES = 16
CORE_COLUMNS = 17
LABELLED = ("endDirection", "calleeBilling", "billingMode")
# What `row` computes beside the fields, in order: form and field of the columns that take it.
COMPUTED = (
    ("key", ""), ("file", ""), ("line", ""), ("offset", ""), ("instant", "startTime"),
    ("instant", "stopTime"),
    ("milliseconds", "holdTime"), ("seconds", "holdTime"), ("milliseconds", "callerPdd"),
    ("milliseconds", "calleePdd"),
)  # fmt: skip


Measured: TypeAlias = tuple[int, int, int, int | None, int | None]
"""Start and stop (s since 0001 of the local clock), hold and both PDDs (ms; None: absent or empty)."""


class Origin(NamedTuple):
    """The file records are of: its identity, and its name."""

    file_id: bytes
    name: str


def digest(*parts: bytes) -> str:
    """Return an identity of some bytes: 32 hexadecimal digits."""
    return blake2b(b"\0".join(parts), digest_size=KEY_BYTES).hexdigest()


class RowMaker:
    """Makes the rows of one layout; `zone` is the server's, None leaves its local times as they are."""

    def __init__(self, layout: str, zone: ZoneInfo | None, mask: Mask | None) -> None:
        self.columns = columns(layout)
        self.zone, self._layout, self._mask = zone, layout, mask
        self.instants = Instants(zone)
        known = cdr_format()
        places = [known.index(name) for name in LABELLED]
        self._labels = [dict(known.columns[place].labels) for place in places]
        self._labelled = itemgetter(*places)
        # One pick out of a flat record is several times faster than making the values one by one.
        self._pick = itemgetter(*(self._place(column) for column in self.columns))

    def __reduce__(self) -> tuple[type[RowMaker], tuple[str, ZoneInfo | None, Mask | None]]:
        return RowMaker, (self._layout, self.zone, self._mask)

    @property
    def masked(self) -> bool:
        """Tell whether numbers and addresses are hidden."""
        return self._mask is not None

    def content(self, raw: bytes) -> tuple[Sequence[str], bytes]:
        """Return the fields of an accepted line, masked on request, and the bytes its identity is made of.

        A masked record's identity is made of what is left of it: a digest of the whole line could be undone
        by trying all numbers.
        """
        fields = raw.decode().split("|")
        if self._mask is None:
            return fields, raw
        hidden = self._mask(fields)
        return hidden, "|".join(hidden).encode()

    def row(self, line: Line, measured: Measured, origin: Origin) -> Row:
        """Return the row of a record. Raises OutsideUtcError."""
        fields, identity = self.content(line.raw)
        start, stop, hold, caller_pdd, callee_pdd = measured
        begin, end = self.instants.of(start, stop, hold)
        picked: Row = self._pick(
            (
                *fields[:CORE_COLUMNS],
                digest(origin.file_id, b"%d" % line.offset, identity),
                origin.name,
                line.number,
                line.offset,
                begin,
                end,
                hold,
                hold / 1000,
                caller_pdd,
                callee_pdd,
                *map(dict.get, self._labels, self._labelled(fields)),
            )
        )
        return picked

    @staticmethod
    def _place(column: Column) -> int:
        """Return where a column's value stands in the flat record `row` picks from."""
        if column.form == "text":
            return cdr_format().index(column.field)
        if column.form == "label":
            return CORE_COLUMNS + len(COMPUTED) + LABELLED.index(column.field)
        return CORE_COLUMNS + COMPUTED.index((column.form, column.field))
