"""Lines of one window, or one odd line, as columns of what they contribute to every measure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.format import Record, cdr_format
from planner.cdr.step.fields import WIDEST_BYTES, Coder, fingerprint, read_instants, read_integers, tails

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.sources import Window
    from planner.cdr.step.fields import Positions, Words

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


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
    `prefix` the first bytes of the called number; the tails are the last eight bytes of both numbers. These five are
    empty where nobody asks for them.
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


# Where lines and fields stand in a window.

_SEPARATOR = ord("|")
_LF = ord("\n")
_CR = ord("\r")
_FIRST_HIGH = 128


@dataclass(frozen=True)
class Lines:
    """The lines of one window, as positions in its buffer.

    `begin` and `end` bound each line without its LF, `first` is the index of its first separator in
    `separators` (the line's own LF counts as one), `fields` the number of its fields.
    """

    buffer: bytearray
    separators: Positions
    first: Positions
    begin: Positions
    end: Positions
    fields: Positions

    @cached_property
    def carriage_returns(self) -> Flags:
        """Which lines have a CR before their LF."""
        octets = np.frombuffer(self.buffer, np.uint8)
        found: Flags = (octets.take(self.end - 1) == _CR) & (self.end > self.begin)
        return found

    @cached_property
    def any_carriage_return(self) -> bool:
        """Whether any line has one."""
        return bool(self.carriage_returns.any())

    @cached_property
    def content_end(self) -> Positions:
        """Where each line ends without the CR of its line end."""
        return self.end - self.carriage_returns

    def content(self, line: int) -> bytes:
        """Return one line without its LF."""
        return bytes(self.buffer[self.begin[line] : self.end[line]])


def split_lines(window: Window) -> Lines:
    """Find the lines of a window; an unterminated last line is given an LF in the room behind it."""
    high = window.high
    if not window.terminated:
        window.buffer[high] = _LF
        high += 1
    octets = np.frombuffer(window.buffer, np.uint8)[:high]
    marks = octets == _SEPARATOR
    marks |= octets == _LF
    marks[: window.low] = False
    separators = marks.nonzero()[0]
    last = (octets.take(separators) == _LF).nonzero()[0]
    end = separators.take(last)
    first = np.empty_like(last)
    begin = np.empty_like(end)
    first[:1], first[1:] = 0, last[:-1] + 1
    begin[:1], begin[1:] = window.low, end[:-1] + 1
    return Lines(window.buffer, separators, first, begin, end, last - first + 1)


def _holding(lines: Lines, positions: Positions) -> Positions:
    return np.unique(np.searchsorted(lines.end, positions))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def find_damaged_text(window: Window, lines: Lines) -> Positions:
    """Return the lines that hold a NUL, or bytes that are not UTF-8 (an LF is never part of a sequence)."""
    octets = np.frombuffer(window.buffer, np.uint8)[window.low : window.high]
    damaged = [np.empty(0, np.int64)]
    if octets.size and octets.min() == 0:
        damaged.append(_holding(lines, np.flatnonzero(octets == 0) + window.low))
    if octets.size and octets.max() >= _FIRST_HIGH and not _is_utf8(octets.tobytes()):
        suspects = _holding(lines, np.flatnonzero(octets >= _FIRST_HIGH) + window.low)
        wrong = [line for line in suspects.tolist() if not _is_utf8(lines.content(line))]
        damaged.append(np.array(wrong, np.int64))
    return np.concatenate(damaged)


# Telling well-formed records from everything else: what is proven here needs no second look.

_FIELDS_CORE = 17
_FIELDS_FULL = 19
_INSTANT_BYTES = 20  # with the separator behind it


@dataclass(frozen=True, slots=True)
class Proven:
    """What a window holds: lines, proven records, lines that are none for sure, and those nothing is proven of.

    `misfits` are indices of lines whose number of fields alone tells that they are no records.
    """

    lines: Lines
    records: Records
    misfits: Positions
    odd: Positions


class Candidates:
    """Lines with a fitting number of fields: `rows` are their indices; `ends` where each field ends."""

    def __init__(self, lines: Lines, rows: Positions) -> None:
        self.lines = lines
        self.rows = rows
        self.all = rows.size == lines.end.size
        self.begin = self._of(lines.begin)
        self.end = self._of(lines.end)
        self.fields = self._of(lines.fields)
        self._first = self._of(lines.first)
        self._ends: dict[int, Positions] = {}

    def _of(self, column: Positions) -> Positions:
        kept: Positions = column if self.all else column.take(self.rows)
        return kept

    def field_end(self, index: int) -> Positions:
        """Return where field `index` (from 0) ends, CR of the line end included; behind the last, its LF."""
        found = self._ends.get(index)
        if found is None:
            last = index if index < _FIELDS_CORE else np.minimum(self.fields - 1, index)
            found = self._ends[index] = self.lines.separators.take(self._first + last)
        return found

    def text_end(self, index: int) -> Positions:
        """Return where field `index` ends, without the CR of the line end where it is the last."""
        if not self.lines.any_carriage_return:
            return self.field_end(index)
        return np.minimum(self.field_end(index), self._of(self.lines.content_end))

    def keep(self, proven: Flags) -> Candidates:
        """Return the candidates that stay."""
        return self if bool(proven.all()) else Candidates(self.lines, self.rows[proven])


def _candidates(window: Window, lines: Lines) -> tuple[Candidates, Flags]:
    """Return the lines that may be records, and which lines are none by their number of fields."""
    fitting = (lines.fields >= _FIELDS_CORE) & (lines.fields <= _FIELDS_FULL)
    sound = lines.end - lines.begin <= cdr_format().limits["line_bytes"]
    sound[find_damaged_text(window, lines)] = False
    if not window.terminated:
        sound[-1:] = False
    return Candidates(lines, (fitting & sound).nonzero()[0]), sound & ~fitting


def _read_times(some: Candidates) -> tuple[Positions, Positions, Flags]:
    at = np.concatenate((some.field_end(1) + 1, some.field_end(2) + 1))
    seconds, proven = read_instants(some.lines.buffer, at)
    half = some.rows.size
    return seconds[:half], seconds[half:], proven[:half] & proven[half:]


def _read_numbers(some: Candidates) -> tuple[list[Positions], Flags]:
    """Return holdTime and both PDDs, and which lines have all three proven."""
    end = np.concatenate((some.field_end(4), some.text_end(17), some.text_end(18)))
    begin = np.concatenate((some.field_end(3), some.field_end(16), some.field_end(17)))
    begin += 1
    value, proven = read_integers(some.lines.buffer, end, np.maximum(end - begin, 0))
    n = some.rows.size
    good = proven[:n] & proven[n : 2 * n] & proven[2 * n :] & (end[:n] > begin[:n])
    pdds = []
    for i, needed in ((1, _FIELDS_CORE), (2, _FIELDS_CORE + 1)):
        part = slice(i * n, (i + 1) * n)
        pdd = value[part]
        pdd[end[part] <= begin[part]] = EMPTY
        pdd[some.fields <= needed] = ABSENT
        pdds.append(pdd)
    return [value[:n], *pdds], good


def _spans_fit(some: Candidates) -> Flags:
    route = some.field_end(8) - some.field_end(4) - 1
    billing = some.field_end(16) - some.field_end(14) - 1
    return (route <= WIDEST_BYTES) & (billing <= WIDEST_BYTES)


def _columns(some: Candidates, values: list[Any], shift: int, coders: Coders | None) -> Records:
    size = some.end + 1 - some.begin
    return Records(some.rows, some.begin + shift, size, some.fields, *values, *_texts(some, coders))


def _texts(some: Candidates, coders: Coders | None) -> tuple[Any, ...]:
    """Return the codes of route, billing and prefix, and the tails of both numbers; without coders nothing."""
    if coders is None:
        return (np.empty(0, np.int64),) * 5
    buffer = some.lines.buffer
    caller_end, callee_end, hold_end = some.field_end(0), some.field_end(1), some.field_end(4)
    route_length = some.field_end(8) - hold_end - 1
    billing_begin = some.field_end(14) + 1
    callee_length = callee_end - caller_end - 1
    return (
        coders.route.encode(buffer, hold_end + 1, route_length),
        coders.billing.encode(buffer, billing_begin, some.text_end(16) - billing_begin),
        coders.prefix.encode(buffer, caller_end + 1, np.minimum(callee_length, PREFIX_BYTES)),
        tails(buffer, caller_end, caller_end - some.begin),
        tails(buffer, callee_end, callee_length),
    )


def prove(window: Window, coders: Coders | None) -> Proven:
    """Read a window's lines; `records` holds those proven well-formed, `odd` every other line.

    Without coders nothing is read of gateways, prefixes and numbers.
    """
    lines = split_lines(window)
    some, misfits = _candidates(window, lines)
    start, stop, timed = _read_times(some)
    numbers, numbered = _read_numbers(some)
    proven = timed & numbered & _spans_fit(some)
    kept = some.keep(proven)
    values = [start, stop, *numbers]
    if kept is not some:
        values = [value[proven] for value in values]
    odd = np.ones(lines.end.size, np.bool_)
    odd[kept.rows] = False
    odd[misfits] = False
    records = _columns(kept, values, window.offset - window.low, coders)
    return Proven(lines, records, np.flatnonzero(misfits), np.flatnonzero(odd))
