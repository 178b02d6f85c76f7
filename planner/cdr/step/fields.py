"""Fields of thousands of lines at once: bytes as 64-bit words, and codes for the words that recur."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Words = npt.NDArray[np.uint64]
    Positions = npt.NDArray[np.int64]
    Integers = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int64]
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
    found = every[at].view("<u8").reshape(at.size, words)
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
    first, known = _midnights(date[:1], day[:1])
    seconds, proven = first.repeat(date.size), known.repeat(date.size)
    other = ((date != date[0]) | (day != day[0])).nonzero()[0]
    if other.size:
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


# Texts as small integers: one code per distinct span of bytes, kept from window to window.
#
# A span's words are hashed into two tables of codes; a code counts only if the stored words are equal, so a
# hash collision costs time and never correctness. What the tables do not know goes through a dictionary.

_WIDEST = max(LOW)
WIDEST_BYTES = _WIDEST * WORD
_SLOTS = 1 << 16
_FACTORS = [(0x9E3779B97F4A7C15 * (2 * i + 1) | 1) & (2**64 - 1) for i in range(_WIDEST)]
_SPREAD = np.uint64(0xBF58476D1CE4E5B9)


def fingerprint(text: bytes) -> int:
    """Return 64 bits that stand for a text, the same in every process and on every machine."""
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


def _hashed(words: Words) -> Words:
    mixed = words[:, 0] * np.uint64(_FACTORS[0])
    for i in range(1, words.shape[1]):
        mixed += words[:, i] * np.uint64(_FACTORS[i])
    mixed ^= mixed >> np.uint64(32)
    mixed *= _SPREAD
    return mixed


class Coder:
    """Gives spans codes 0, 1, 2... as they are first seen.

    `keys` are the distinct spans by code, `prints` (codes x fingerprints) what `describe` says of each.
    """

    def __init__(self, describe: Callable[[bytes], tuple[int, ...]] | None = None) -> None:
        self._describe = describe or (lambda _: ())
        self._codes: dict[bytes, int] = {}
        self.keys: list[bytes] = []
        self._prints = np.zeros((256, len(self._describe(b""))), np.uint64)
        self._stored = np.zeros((_WIDEST, 256), np.uint64)
        self._lengths = np.full(256, -1, np.int64)
        self._tables = np.full((2, _SLOTS), 0, np.int64)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def prints(self) -> Words:
        """Return the fingerprints, shape (codes, number of fingerprints)."""
        return self._prints[: len(self.keys)]

    def code(self, key: bytes) -> int:
        """Return the code of one span."""
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = len(self.keys)
            self.keys.append(key)
            self._store(found, key)
        return found

    def _store(self, code: int, key: bytes) -> None:
        if code >= self._lengths.size:
            self._stored = np.concatenate((self._stored, np.zeros_like(self._stored)), axis=1)
            self._lengths = np.concatenate((self._lengths, np.full_like(self._lengths, -1)))
            self._prints = np.concatenate((self._prints, np.zeros_like(self._prints)))
        self._prints[code] = self._describe(key)
        if len(key) > WIDEST_BYTES:
            return
        self._stored[:, code] = np.frombuffer(key.ljust(WIDEST_BYTES, b"\0"), "<u8")
        self._lengths[code] = len(key)

    def _equal(self, codes: Codes, words: Words, length: Positions) -> Flags:
        equal: Flags = self._lengths.take(codes) == length
        for i in range(words.shape[1]):
            equal &= self._stored[i].take(codes) == words[:, i]
        return equal

    def encode(self, buffer: bytearray, begin: Positions, length: Positions) -> Codes:
        """Return the codes of the spans, none longer than `WIDEST_BYTES`."""
        longest = int(length.max(initial=1))
        words = spans(buffer, begin, length, widths(longest) or _WIDEST)
        hashed = _hashed(words)
        codes: Codes = self._tables[0].take((hashed >> np.uint64(48)).view(np.int64))
        missed = (~self._equal(codes, words, length)).nonzero()[0]
        if missed.size:
            codes[missed] = self._encode_missed(words[missed], length[missed], hashed[missed])
        return codes

    def _encode_missed(self, words: Words, length: Positions, hashed: Words) -> Codes:
        codes: Codes = self._tables[1][(hashed >> np.uint64(32)) & np.uint64(_SLOTS - 1)]
        unknown = np.flatnonzero(~self._equal(codes, words, length))
        if unknown.size:
            codes[unknown] = self._learn(words[unknown], length[unknown], hashed[unknown])
        return codes

    def _learn(self, words: Words, length: Positions, hashed: Words) -> Codes:
        _, where, inverse = np.unique(hashed, return_index=True, return_inverse=True)
        found = np.array([self._place(words[i], int(length[i]), int(hashed[i])) for i in where.tolist()], np.int64)
        codes = found[inverse.ravel()]
        for i in np.flatnonzero(~self._equal(codes, words, length)).tolist():
            codes[i] = self.code(words[i].astype("<u8").tobytes()[: int(length[i])])
        return codes

    def _place(self, words: Words, length: int, hashed: int) -> int:
        code = self.code(words.astype("<u8").tobytes()[:length])
        first, second = hashed >> 48, (hashed >> 32) & (_SLOTS - 1)
        self._tables[(1, second) if self._tables[0, first] else (0, first)] = code
        return code
