"""Records as rows of a layout: typed values in place of fields, with the record's identity."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from planner.cdr.export.columns import Column, Row, Value, columns
from planner.cdr.export.instants import converter
from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from planner.cdr.export.masking import Mask
    from planner.cdr.line import Record

KEY_BYTES = 16


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
        self._makers = [self._maker(column) for column in self.columns]

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
        return tuple(make(content, place) for make in self._makers)

    def _maker(self, column: Column) -> Callable[[Content, Place], Value]:
        by_place: dict[str, Callable[[Content, Place], Value]] = {
            "key": lambda c, p: digest(p.file_id.encode(), b"%d" % p.offset, c.raw),
            "file": lambda _, p: p.name,
            "line": lambda _, p: p.line,
            "offset": lambda _, p: p.offset,
        }
        return by_place.get(column.form) or self._field_maker(column)

    def _field_maker(self, column: Column) -> Callable[[Content, Place], Value]:
        known = cdr_format()
        at = known.index(column.field)
        labels = dict(known.columns[at].labels)
        instant = self._instant
        if column.form == "label":
            return lambda c, _: labels.get(c.fields[at])
        if column.form == "text":
            return lambda c, _: c.fields[at]
        if column.form == "seconds":
            return lambda c, _: c.record.hold_ms / 1000
        makers: dict[str, Callable[[Content, Place], Value]] = {
            "startTime": lambda c, _: instant(c.record.start_s),
            "stopTime": lambda c, _: instant(c.record.stop_s),
            "holdTime": lambda c, _: c.record.hold_ms,
            "callerPdd": lambda c, _: c.record.caller_pdd_ms,
            "calleePdd": lambda c, _: c.record.callee_pdd_ms,
        }
        return makers[column.field]
