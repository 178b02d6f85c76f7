"""Texts as small integers: one code per distinct span of bytes, kept from window to window.

A span's words are hashed into two tables of codes; a code counts only if the stored words are equal, so a
hash collision costs time and never correctness. What the tables do not know goes through a dictionary.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.step.fields import LOW, WORD, spans, widths

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from planner.cdr.step.fields import Positions, Words

    Codes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

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
    """Gives spans codes 0, 1, 2... in the order they are first seen.

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
        missed = np.flatnonzero(~self._equal(codes, words, length))
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
        codes = found[inverse.reshape(-1)]
        for i in np.flatnonzero(~self._equal(codes, words, length)).tolist():
            codes[i] = self.code(words[i].astype("<u8").tobytes()[: int(length[i])])
        return codes

    def _place(self, words: Words, length: int, hashed: int) -> int:
        code = self.code(words.astype("<u8").tobytes()[:length])
        first, second = hashed >> 48, (hashed >> 32) & (_SLOTS - 1)
        vacant = self._lengths[self._tables[0][first]] < 0 or self._tables[0][first] == 0
        self._tables[(0, first) if vacant else (1, second)] = code
        return code
