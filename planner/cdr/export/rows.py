"""Records as rows of a layout: typed values in place of fields, with the record's identity."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING

from planner.cdr.export.columns import Column, Row, columns
from planner.cdr.export.instants import converter
from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from planner.cdr.export.masking import Mask
    from planner.cdr.line import Record

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the identity and name of its file, its line (from 1) and byte offset."""

    file_id: str
    name: str
    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class Content:
    """A record ready to export: its fields, masked or not, and the bytes its identity is made of."""

    record: Record
    fields: tuple[str, ...]
    raw: bytes


def digest(*parts: bytes) -> str:
    """Return an identity of some bytes: 32 hexadecimal digits."""
    return blake2b(b"\0".join(parts), digest_size=KEY_BYTES).hexdigest()


class RowMaker:
    """Makes the rows of one layout; `zone` is the server's, None leaves its local times as they are."""

    def __init__(self, layout: str, zone: ZoneInfo | None, mask: Mask | None) -> None:
        self.columns = columns(layout)
        self.zone, self._mask = zone, mask
        self._instant = converter(zone)
        known = cdr_format()
        self._labels = [
            (known.index(name), dict(known.columns[known.index(name)].labels)) for name in LABELLED
        ]
        # One pick out of a flat record is several times faster than making the values one by one.
        self._pick = itemgetter(*(self._place(column) for column in self.columns))

    @property
    def masked(self) -> bool:
        """Tell whether numbers and addresses are hidden."""
        return self._mask is not None

    def content(self, record: Record, raw: bytes) -> Content:
        """Return a record with its fields masked on request.

        A masked record's identity is made of what is left of it: a digest of the whole line could be undone
        by trying all numbers.
        """
        if self._mask is None:
            return Content(record, record.fields, raw)
        fields = self._mask(record.fields)
        return Content(record, fields, "|".join(fields).encode())

    def row(self, content: Content, place: Place) -> Row:
        """Return the row of a record. Raises OutsideUtcError."""
        record, fields = content.record, content.fields
        picked: Row = self._pick(
            (
                *fields[:CORE_COLUMNS],
                digest(place.file_id.encode(), b"%d" % place.offset, content.raw),
                place.name,
                place.line,
                place.offset,
                self._instant(record.start_s),
                self._instant(record.stop_s),
                record.hold_ms,
                record.hold_ms / 1000,
                record.caller_pdd_ms,
                record.callee_pdd_ms,
                *(labels.get(fields[at]) for at, labels in self._labels),
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
