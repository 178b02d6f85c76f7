"""Unsigned decimal integers of up to eight digits, thousands at once, within 64-bit words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.step.words import HIGH, WORD, gather

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.step.words import Positions, Words

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
