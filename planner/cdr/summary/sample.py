"""Calls that were tried more than once: an exact picture of a sample chosen by fingerprint.

A call here is what was tried between the same two numbers within the same ten minutes. Of all calls those
with the smallest fingerprints stay, each with its attempts: of merged parts the same calls stay in any
order. Below the limit the sample is everything, above it a uniform sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.format import limit

if TYPE_CHECKING:
    import numpy.typing as npt

    Words = npt.NDArray[np.uint64]

CALL, ATTEMPT, GATEWAY, COUNT = range(4)
_ANSWERED = np.uint64(1)
_FACTORS = [np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)]


def mix(*parts: Words) -> Words:
    """Return 64 bits that stand for each row of the parts."""
    mixed = np.zeros_like(parts[0])
    for part, factor in zip(parts, _FACTORS, strict=False):
        mixed += part
        mixed *= factor
        mixed ^= mixed >> np.uint64(32)
    return mixed


class Sample:
    """Shape (4, attempts): fingerprints of call, attempt and gateway, and how often the attempt was written.

    The lowest bit of the attempt's fingerprint tells whether it was answered.
    """

    def __init__(self) -> None:
        self.limit = limit("sample_calls")
        self.bound = np.uint64(2**64 - 1)
        self.full = False
        self._parts: list[Words] = []
        self._pending = 0

    def add(self, rows: Words) -> None:
        """Add attempts; those of calls beyond the bound may be left out beforehand."""
        if rows.shape[1]:
            self._parts.append(rows)
            self._pending += rows.shape[1]
            if self._pending > 4 * self.limit:
                self.compact()

    def rows(self) -> Words:
        """Return the sample in its one canonical order."""
        self.compact()
        return self._parts[0]

    def compact(self) -> None:
        """Add up repeated attempts and keep the calls within the limit."""
        every = np.concatenate([*self._parts, np.empty((4, 0), np.uint64)], axis=1)
        calls = np.sort(every[CALL])
        begins = np.flatnonzero(np.diff(calls, prepend=~calls[:1]) != 0)
        if begins.size > self.limit:
            self.bound, self.full = calls[begins[self.limit - 1]], True
            every = every[:, every[CALL] <= self.bound]
        every = every[:, np.argsort(every[ATTEMPT])]
        every = every[:, np.argsort(every[CALL], kind="stable")]
        self._parts = [_add_up(every)]
        self._pending = 0

    def merge(self, other: Sample) -> None:
        """Add the other sample's attempts."""
        for part in other._parts:
            self.add(part)
        self.full |= other.full
        self.bound = min(self.bound, other.bound)


def _add_up(every: Words) -> Words:
    if not every.shape[1]:
        return every
    same = (every[:COUNT, 1:] == every[:COUNT, :-1]).all(axis=0)
    first = np.flatnonzero(np.concatenate(([True], ~same)))
    kept = every[:, first]
    kept[COUNT] = np.add.reduceat(every[COUNT], first)
    return _few_per_call(kept)


def _few_per_call(rows: Words) -> Words:
    """Keep the attempts with the smallest fingerprints of a call that was tried too often."""
    begins = np.flatnonzero(np.diff(rows[CALL], prepend=~rows[CALL][:1]) != 0)
    sizes = np.diff(begins, append=rows.shape[1])
    rank = np.arange(rows.shape[1]) - np.repeat(begins, sizes)
    return rows[:, rank < limit("sample_attempts")]
