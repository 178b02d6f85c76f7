"""Bytes as 64-bit words: reading a stretch that begins at any byte, for thousands of lines at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Words = npt.NDArray[np.uint64]
    Positions = npt.NDArray[np.int64]
    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


WORD = 8


def _low_masks(words: int) -> Words:
    """Row n keeps the first n bytes of `words` words."""
    kept = np.arange(words * WORD) < np.arange(words * WORD + 1)[:, None]
    return np.ascontiguousarray(kept.astype(np.uint8) * np.uint8(255)).view(np.uint64)


LOW = {words: _low_masks(words) for words in (1, 2, 3, 4, 6, 8, 12, 16)}
"""Masks that keep the first n bytes of a span, by the number of words it is read into."""

HIGH = np.array([0] + [(2**64 - 1) ^ (2 ** (64 - 8 * n) - 1) for n in range(1, 9)], np.uint64)
"""Masks that keep the last n of 8 bytes."""


def widths(longest: int) -> int | None:
    """Return the number of words that hold a span of `longest` bytes, None beyond the widest."""
    return next((words for words in LOW if words * WORD >= longest), None)


def gather(buffer: bytearray, at: Positions, words: int) -> Words:
    """Return shape (len(at), words): the bytes from each position on, little-endian whatever the machine."""
    size = words * WORD
    every = np.ndarray((len(buffer) - size + 1,), f"V{size}", buffer=buffer, strides=(1,))
    found = every[at].view("<u8").reshape(-1, words)
    return found.astype(np.uint64, copy=False)


def spans(buffer: bytearray, begin: Positions, length: Positions, words: int) -> Words:
    """Return shape (n, words): each span's bytes, zero beyond its length."""
    found = gather(buffer, begin, words)
    found &= LOW[words].take(length, axis=0)
    return found


def tails(buffer: bytearray, end: Positions, length: Positions) -> Words:
    """Return shape (n,): the last 8 bytes of each span that ends before `end`, zero where it is shorter."""
    found = gather(buffer, end - WORD, 1)[:, 0]
    found &= HIGH.take(np.minimum(length, WORD))
    return found


# Unsigned decimal integers of up to eight digits, thousands at once, within 64-bit words.

_ZEROS = np.uint64(0x3030303030303030)
_OVER_NINE = np.uint64(0x7676767676767676)
_TOP_BITS = np.uint64(0x8080808080808080)


def fold_digits(digits: Words) -> npt.NDArray[np.int64]:
    """Return the value of eight digits 0-9, one a byte, the first in the lowest byte."""
    pairs = (digits * np.uint64(10) + (digits >> np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
    fours = (pairs * np.uint64(100) + (pairs >> np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
    value = (fours * np.uint64(10_000) + (fours >> np.uint64(32))) & np.uint64(0xFFFFFFFF)
    return value.view(np.int64)


def read_integers(
    buffer: bytearray, end: Positions, length: Positions
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the values of the fields that end before `end`, and which are proven to be digits.

    An empty field reads as 0 and counts as proven; fields longer than eight bytes are not proven.
    """
    keep = HIGH.take(np.minimum(length, WORD))
    digits = gather(buffer, end - WORD, 1)[:, 0]
    digits ^= _ZEROS
    digits &= keep
    # Adding 0x76 sets the top bit of a byte above 9, unless it is set already; only such bytes carry over.
    wrong = ((digits + _OVER_NINE) | digits) & _TOP_BITS
    proven = (wrong == 0) & (length <= WORD)
    return fold_digits(digits), proven


# `YYYY-MM-DD HH:MM:SS|`, thousands at once: shape, calendar and clock proven, seconds computed.

_BYTE = np.uint64(0xFF)


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text.ljust(8, b"\0"), "little"))


def _over(shape: bytes) -> np.uint64:
    """Return what sets a byte's top bit: above 9 where a digit stands, above 0 elsewhere."""
    return _word(bytes(0x76 if byte == ord("0") else 0x7F for byte in shape))


def _template(shape: bytes) -> tuple[np.uint64, np.uint64]:
    return _word(shape), _over(shape)


_DATE = _template(b"0000-00-")
_CLOCK = _template(b"00 00:00")
_REST = _template(b":00|")
_REST_BYTES = _word(b"\xff" * 4)
_DAY_BYTES = _word(b"\xff" * 2)


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


def _unlike(word: Words, over: np.uint64) -> Words:
    """Return words whose top bits are set in bytes that do not fit a template; `word` is what differs."""
    return word | (word + over)


def _midnights(date: Words, day: Words) -> tuple[Integers, Flags]:
    """Return the seconds of `YYYY-MM-` and a day's digits (0 to 9), and which are days of the calendar."""
    digits = date ^ _DATE[0]
    pairs = _pairs(digits)
    month, of_month = _at(pairs, 5), _at(_pairs(day), 0)
    proven = (_unlike(digits, _DATE[1]) & _TOP_BITS) == 0
    proven &= (month >= 1) & (month <= 12)  # noqa: PLR2004  months of a year
    row = (_at(pairs, 0) * 100 + _at(pairs, 2)) * 12 + month - 1
    row[~proven] = 0
    seconds, days = _calendar()
    proven &= (of_month >= 1) & (of_month <= days[row])
    return seconds[row] + (of_month - 1) * 86_400, proven


def _mostly_one_midnight(date: Words, day: Words) -> tuple[Integers, Flags]:
    """Return the same, quickly where nearly all dates are the first one."""
    if not date.size:
        return _midnights(date, day)
    other = np.flatnonzero((date != date[0]) | (day != day[0]))
    first, known = _midnights(date[:1], day[:1])
    seconds, proven = first.repeat(date.size), known.repeat(date.size)
    seconds[other], proven[other] = _midnights(date.take(other), day.take(other))
    return seconds, proven


def read_instants(buffer: bytearray, at: Positions) -> tuple[Integers, Flags]:
    """Return the seconds since 0001-01-01 of the fields that begin at `at`, and which are proven.

    A proven field is 19 bytes long and followed by a separator; the value of any other is meaningless.
    """
    words = gather(buffer, at, 3)
    clock = words[:, 1] ^ _CLOCK[0]
    rest = (words[:, 2] ^ _REST[0]) & _REST_BYTES
    seconds, proven = _mostly_one_midnight(words[:, 0], clock & _DAY_BYTES)
    proven &= ((_unlike(clock, _CLOCK[1]) | _unlike(rest, _REST[1])) & _TOP_BITS) == 0
    pairs = _pairs(clock)
    hour, minute, second = _at(pairs, 3), _at(pairs, 6), _at(_pairs(rest), 1)
    proven &= (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004  the clock's own bounds
    hour *= 3600
    minute *= 60
    seconds += hour
    seconds += minute
    seconds += second
    return seconds, proven
