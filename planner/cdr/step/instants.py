"""`YYYY-MM-DD HH:MM:SS|`, thousands at once: shape, calendar and clock proven, seconds computed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.step.words import gather

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.step.words import Positions, Words

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_TOP_BITS = np.uint64(0x8080808080808080)
_BYTE = np.uint64(0xFF)


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text.ljust(8, b"\0"), "little"))


def _over(shape: bytes) -> np.uint64:
    """Return what sets a byte's top bit: above 9 where a digit stands, above 0 elsewhere."""
    return _word(bytes(0x76 if byte == ord("0") else 0x7F for byte in shape))


_SHAPES = (b"0000-00-", b"00 00:00", b":00|")
_TEMPLATES = tuple((_word(shape), _over(shape)) for shape in _SHAPES)
_LAST = _word(b"\xff" * 4)


@cache
def _calendar() -> tuple[Integers, Integers]:
    """Return, by `year * 12 + month - 1`: seconds from 0001-01-01 to the month's first day, and its days."""
    months = np.arange(12, 10_000 * 12 + 1)
    first = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = np.zeros(10_000 * 12, np.int64)
    seconds = np.zeros(10_000 * 12, np.int64)
    days[12:] = np.diff(first)
    seconds[12:] = (first[:-1] - first[0]) * 86_400
    return seconds, days


def _pairs(word: Words) -> Words:
    """Put the value of each two neighbouring digits into the first one's byte."""
    return word * np.uint64(10) + (word >> np.uint64(8))


def _at(pairs: Words, byte: int) -> Integers:
    return ((pairs >> np.uint64(8 * byte)) & _BYTE).view(np.int64)


def _shaped(words: Words) -> tuple[list[Words], Flags]:
    digits = []
    wrong = np.zeros(len(words), np.uint64)
    for i, (template, over) in enumerate(_TEMPLATES):
        word = words[:, i] ^ template
        if i == len(_TEMPLATES) - 1:
            word &= _LAST
        wrong |= word | (word + over)
        digits.append(word)
    return digits, (wrong & _TOP_BITS) == 0


def read_instants(buffer: bytearray, at: Positions) -> tuple[Integers, Flags]:
    """Return the seconds since 0001-01-01 of the fields that begin at `at`, and which are proven.

    A proven field is 19 bytes long and followed by a separator; the value of any other is meaningless.
    """
    (date, clock, rest), proven = _shaped(gather(buffer, at, 3))
    date_pairs, clock_pairs = _pairs(date), _pairs(clock)
    month = _at(date_pairs, 5)
    proven &= (month >= 1) & (month <= 12)  # noqa: PLR2004  months of a year
    row = (_at(date_pairs, 0) * 100 + _at(date_pairs, 2)) * 12 + month - 1
    row[~proven] = 0
    seconds, days = _calendar()
    day, hour, minute, second = (
        _at(clock_pairs, 0),
        _at(clock_pairs, 3),
        _at(clock_pairs, 6),
        _at(_pairs(rest), 1),
    )
    proven &= (day >= 1) & (day <= days[row])
    proven &= (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004  the clock's own bounds
    return seconds[row] + (day - 1) * 86_400 + hour * 3600 + minute * 60 + second, proven
