"""Records as rows of a layout: typed values in place of fields, with the record's identity."""

from __future__ import annotations

from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.cdr.export.columns import Column, Row, columns
from planner.cdr.export.instants import converter
from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from planner.cdr.export.masking import Mask

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


class Place(NamedTuple):
    """Where a record stands: the identity and name of its file, its line (from 1) and byte offset."""

    file_id: str
    name: str
    line: int
    offset: int


def digest(*parts: bytes) -> str:
    """Return an identity of some bytes: 32 hexadecimal digits."""
    return blake2b(b"\0".join(parts), digest_size=KEY_BYTES).hexdigest()


class RowMaker:
    """Makes the rows of one layout; `zone` is the server's, None leaves its local times as they are."""

    def __init__(self, layout: str, zone: ZoneInfo | None, mask: Mask | None) -> None:
        self.columns = columns(layout)
        self.zone, self._layout, self._mask = zone, layout, mask
        self._instant = converter(zone)
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

    def row(self, raw: bytes, measured: Measured, place: Place) -> Row:
        """Return the row of a record, given its line without line end. Raises OutsideUtcError."""
        fields, identity = self.content(raw)
        start, stop, hold, caller_pdd, callee_pdd = measured
        picked: Row = self._pick(
            (
                *fields[:CORE_COLUMNS],
                digest(place.file_id.encode(), b"%d" % place.offset, identity),
                place.name,
                place.line,
                place.offset,
                self._instant(start),
                self._instant(stop),
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
