"""Bytes as 64-bit words: reading a stretch that begins at any byte, for thousands of lines at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Words = npt.NDArray[np.uint64]
    Positions = npt.NDArray[np.int64]

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
