"""Exact counts per value, and calls tried more than once: an exact picture of a sample chosen by fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.cdr.format import limit
from planner.cdr.summary.changes import group_starts, run_lengths

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Counts = npt.NDArray[np.int32]
    Marked = tuple[int, Integers, int]
    Words = npt.NDArray[np.uint64]


class Histogram:
    """How often each whole number of 0 or more occurred; values from `dense` on are kept one by one."""

    def __init__(self, dense: int) -> None:
        self.dense = dense
        self._counts = np.zeros(0, np.int64)
        self._beyond: Counter[int] = Counter()

    def add(self, values: Integers) -> None:
        """Count values; those below 0 are none."""
        if not values.size:
            return
        if int(values.max()) >= self.dense:
            self._beyond.update(values[values >= self.dense].tolist())
            values = values[values < self.dense]
        lowest = int(values.min(initial=0))
        self._add_counts(np.bincount(values - lowest)[-lowest:] if lowest else np.bincount(values))

    def _add_counts(self, counts: Integers) -> None:
        if counts.size > self._counts.size:
            self._counts = np.concatenate((self._counts, np.zeros(counts.size - self._counts.size, np.int64)))
        self._counts[: counts.size] += counts

    def add_counted(self, values: Integers, counts: Integers) -> None:
        """Add `counts[i]` occurrences of `values[i]`."""
        low = values < self.dense
        if low.any():
            dense = np.zeros(int(values[low].max()) + 1, np.int64)
            np.add.at(dense, values[low], counts[low])
            self._add_counts(dense)
        for value, count in zip(values[~low].tolist(), counts[~low].tolist(), strict=True):
            self._beyond[value] += count

    def merge(self, other: Histogram) -> None:
        """Add what the other histogram counted."""
        self._add_counts(other._counts)
        self._beyond.update(other._beyond)

    def counted(self) -> tuple[Integers, Integers]:
        """Return the values that occurred, ascending, and how often each did."""
        low = np.flatnonzero(self._counts)
        high = np.array(sorted(self._beyond), np.int64)
        beyond = np.array([self._beyond[value] for value in high.tolist()], np.int64)
        return np.concatenate((low, high)), np.concatenate((self._counts[low], beyond))


# Counts per second, over as many days as there are.
#
# A day with many events is a dense row of 86,400 counts; events far from a window's centre (damaged dates,
# calls of days) are kept as single seconds. Memory grows with the days covered, not with the records.

DAY = 86_400
_SPREAD = 2 * DAY
_WIDTHS = [np.dtype(name) for name in ("int8", "int16", "int32", "int64")]
_FEW = 64
_STRAYS = 1 << 18


class Piece(NamedTuple):
    """A stretch of time: slots in order, each once, and shape (rows, slots) of what was counted in them."""

    slots: Integers
    counts: Counts


def _summed(slots: Integers, counts: Counts) -> Piece:
    """Bring slots into order, adding up what falls into the same one."""
    order = np.argsort(slots, kind="stable")
    slots, counts = slots[order], counts[:, order]
    first = group_starts(slots)
    return Piece(slots[first], np.add.reduceat(counts, first, axis=1) if first.size else counts)


def narrowest(counts: npt.NDArray[Any]) -> np.dtype[Any]:
    """Return the narrowest signed type that holds all counts."""
    low, high = int(counts.min(initial=0)), int(counts.max(initial=0))
    return next(code for code in _WIDTHS if np.iinfo(code).min <= low and high <= np.iinfo(code).max)


class Timeline:
    """`rows` kinds of counts, each by second (or any other slot of which a day has `day_slots`)."""

    def __init__(self, rows: int, day_slots: int = DAY) -> None:
        self.rows = rows
        self.day_slots = day_slots
        self.days: dict[int, Counts] = {}
        self.strays: list[Piece] = []
        self._stray_count = 0

    def add(self, events: Mapping[int, tuple[Integers, ...]], falling: Mapping[int, Integers]) -> None:
        """Count events: `events[row]` are the slots to add one at, `falling[row]` those to take one from."""
        marked = [(row, slots, 1) for row, groups in events.items() for slots in groups if slots.size]
        marked += [(row, slots, -1) for row, slots in falling.items() if slots.size]
        if not marked:
            return
        low, high = min(int(each[1].min()) for each in marked), max(int(each[1].max()) for each in marked)
        if high - low < _SPREAD and marked[0][1].size >= _FEW:
            self._add_dense(marked, low, high - low + 1)
        else:
            self._add_apart(marked)

    def _add_dense(self, marked: list[Marked], low: int, length: int) -> None:
        counted = np.zeros((self.rows, length), np.int64)
        for row, slots, sign in marked:
            found = np.bincount(slots - low, minlength=length)
            counted[row] += found if sign > 0 else -found
        self._add_run(slice(None), low, counted)

    def _add_run(self, rows: slice, low: int, counted: Integers) -> None:
        done = 0
        while done < counted.shape[1]:
            day, slot = divmod(low + done, self.day_slots)
            size = min(self.day_slots - slot, counted.shape[1] - done)
            self._add_day(day, (rows, slice(slot, slot + size)), counted[:, done : done + size])
            done += size

    def _add_day(self, day: int, place: tuple[slice, slice], counts: Integers | Counts) -> None:
        """Add counts to a part of a day, which is kept in the narrowest numbers that hold it."""
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = np.zeros((self.rows, self.day_slots), np.int8)
        total = found[place] + counts.astype(np.int64, copy=False)
        if (code := narrowest(total)) > found.dtype:
            found = self.days[day] = found.astype(code)
        found[place] = total

    def keep(self, slots: Integers, counts: Counts) -> None:
        """Take in days nothing was counted in yet; slots ascending, each once."""
        if not slots.size:
            return
        days = slots // self.day_slots
        first = group_starts(days)
        for begin, end in zip(first.tolist(), [*first[1:].tolist(), slots.size], strict=True):
            dense = np.zeros((self.rows, self.day_slots), counts.dtype)
            dense[:, slots[begin:end] % self.day_slots] = counts[:, begin:end]
            self.days[int(days[begin])] = dense

    def _add_apart(self, marked: list[Marked]) -> None:
        """Keep what lies near the middle dense, if it is many, and the rest as single slots."""
        middle = int(np.median(marked[0][1]))
        near = [(row, slots, sign, np.abs(slots - middle) < _SPREAD // 2 - 1) for row, slots, sign in marked]
        dense = int(near[0][3].sum()) >= _FEW
        for row, slots, sign, close in near:
            if dense and close.any():
                low = int(slots[close].min())
                self._add_run(slice(row, row + 1), low, np.bincount(slots[close] - low)[None] * sign)
            self._stray(row, slots[~close] if dense else slots, sign)

    def _stray(self, row: int, slots: Integers, sign: int) -> None:
        if slots.size:
            counts = np.zeros((self.rows, slots.size), np.int32)
            counts[row] = sign
            self._keep_strays(Piece(slots, counts))

    def _keep_strays(self, piece: Piece) -> None:
        self.strays.append(piece)
        self._stray_count += piece.slots.size
        if self._stray_count > _STRAYS:
            self.compact()

    def compact(self) -> None:
        """Bring the single slots into one ordered piece."""
        if self.strays:
            slots = np.concatenate([piece.slots for piece in self.strays])
            counts = np.concatenate([piece.counts for piece in self.strays], axis=1)
            self.strays = [_summed(slots, counts)]
            self._stray_count = -self.strays[0].slots.size

    def merge(self, other: Timeline) -> None:
        """Add what the other timeline counted."""
        for day, counts in other.days.items():
            if day in self.days:
                self._add_day(day, (slice(None), slice(None)), counts)
            else:
                self.days[day] = counts.copy()
        for piece in other.strays:
            self._keep_strays(piece)

    def hours(self) -> tuple[Integers, Integers]:
        """Return the hours since day 0 in which anything was counted, ascending, and in how many of their slots."""
        slots = [piece.slots // (self.day_slots // 24) for piece in self.pieces()]
        return np.unique(np.concatenate([*slots, np.empty(0, np.int64)]), return_counts=True)

    def pieces(self) -> Iterator[Piece]:
        """Yield the slots in which anything was counted, in the order of time."""
        self.compact()
        slots, counts = (
            self.strays[0] if self.strays else Piece(np.empty(0, np.int64), np.empty((self.rows, 0), np.int32))
        )
        done = 0
        for day in sorted(self.days):
            begin, end = np.searchsorted(slots, (day * self.day_slots, (day + 1) * self.day_slots)).tolist()
            if begin > done:
                yield Piece(slots[done:begin], counts[:, done:begin])
            dense = self.days[day].astype(np.int32)
            dense[:, slots[begin:end] - day * self.day_slots] += counts[:, begin:end]
            used = np.flatnonzero(dense.any(axis=0))
            if used.size:
                yield Piece(used + day * self.day_slots, dense[:, used])
            done = end
        if done < slots.size:
            yield Piece(slots[done:], counts[:, done:])


# Calls that were tried more than once: an exact picture of a sample chosen by fingerprint.
#
# What is chosen is an hour between the same two numbers, with its attempts and those of the ten minutes around it,
# so that a call tried again across the hour's end is seen whole. Of all such hours those with the smallest
# fingerprints stay: of merged parts the same stay in any order. Below the limit the sample is everything, above it
# a uniform sample.

CALL, ATTEMPT, GATEWAY, COUNT = range(4)
STARTS_AT = np.uint64(51)
"""Above this bit an attempt holds its seconds since ten minutes before its hour: attempts sort by time."""
_HALF = np.uint64(32)
_FACTORS = [np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)]


def mix(*parts: Words) -> Words:
    """Return 64 bits that stand for each row of the parts."""
    mixed = parts[0] * _FACTORS[0]
    mixed ^= mixed >> _HALF
    for part, factor in zip(parts[1:], _FACTORS[1:], strict=False):
        mixed += part
        mixed *= factor
        mixed ^= mixed >> _HALF
    return mixed


def mixed_on(mixed: Words, part: Words) -> Words:
    """Return what `mix` returns of two parts mixed already, and a third."""
    found = (mixed + part) * _FACTORS[2]
    found ^= found >> _HALF
    return found


class Sample:
    """Shape (4, attempts): fingerprints of hour, attempt and gateway, and how often the attempt was written.

    The lowest bit of the attempt's fingerprint tells whether it was answered, the highest ones when it began.
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
        begins = group_starts(calls)
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
    """Keep the first attempts of an hour that saw too many."""
    begins = group_starts(rows[CALL])
    sizes = run_lengths(begins, rows.shape[1])
    rank = np.arange(rows.shape[1]) - np.repeat(begins, sizes)
    return rows[:, rank < limit("sample_attempts")]
