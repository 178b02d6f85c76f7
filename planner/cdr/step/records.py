"""Records as columns: what one window (or one odd line) contributes to every measure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.format import cdr_format
from planner.cdr.step.coder import Coder, fingerprint

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.format import Record
    from planner.cdr.step.fields import Words

    Integers = npt.NDArray[np.int64]

ABSENT = -1
EMPTY = -2
"""What stands for a PDD whose column is missing, and for one that holds nothing."""

ROUTE_FIELDS = slice(5, 9)
BILLING_FIELDS = slice(15, 17)
PREFIX_BYTES = 4


@dataclass(slots=True)
class Records:
    """Equal-length columns, one row a record.

    Times are seconds since 0001-01-01, `hold` and PDDs ms, `size` bytes with the line end, `line` counted
    from 0 within the window, `offset` in bytes within the file. `route` codes fields 6-9, `billing` 16-17,
    `prefix` the first bytes of the called number; the tails are the last eight bytes of both numbers.
    """

    line: Integers
    offset: Integers
    size: Integers
    fields: Integers
    start: Integers
    stop: Integers
    hold: Integers
    caller_pdd: Integers
    callee_pdd: Integers
    route: Integers
    billing: Integers
    prefix: Integers
    caller_tail: Words
    callee_tail: Words

    def __len__(self) -> int:
        return len(self.start)

    @classmethod
    def concatenate(cls, parts: list[Records]) -> Records:
        """Return the rows of all parts in their order."""
        return cls(*(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(cls)))


class Coders:
    """The three dictionaries of one reader: routes, billing and prefixes."""

    def __init__(self) -> None:
        self.route = Coder(_describe_route)
        self.billing = Coder()
        self.prefix = Coder()

    def __len__(self) -> int:
        return max(len(self.route), len(self.billing), len(self.prefix))


def _describe_route(span: bytes) -> tuple[int, int]:
    return fingerprint(span), fingerprint(span.rsplit(b"|", 1)[-1])


def _tail(text: bytes) -> int:
    return int.from_bytes(text[-8:].rjust(8, b"\0"), "little")


def _pdd(record: Record, column: int, value: int | None) -> int:
    if value is not None:
        return value
    return EMPTY if column < len(record.fields) else ABSENT


def record_row(record: Record, coders: Coders, place: tuple[int, int, int]) -> Records:
    """Return one exactly parsed record as a row; `place` is its line in the window, offset and size."""
    texts = [field.encode() for field in record.fields]
    columns = cdr_format()
    caller_pdd = _pdd(record, columns.index("callerPdd"), record.caller_pdd_ms)
    callee_pdd = _pdd(record, columns.index("calleePdd"), record.callee_pdd_ms)
    numbers = (*place, len(texts), record.start_s, record.stop_s, record.hold_ms, caller_pdd, callee_pdd)
    codes = (
        coders.route.code(b"|".join(texts[ROUTE_FIELDS])),
        coders.billing.code(b"|".join(texts[BILLING_FIELDS])),
        coders.prefix.code(texts[1][:PREFIX_BYTES]),
    )
    integers: list[npt.NDArray[Any]] = [np.array([number], np.int64) for number in (*numbers, *codes)]
    tails: list[npt.NDArray[Any]] = [np.array([_tail(text)], np.uint64) for text in texts[:2]]
    return Records(*integers, *tails)
