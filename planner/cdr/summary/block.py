"""Changes of concurrency by key and second, netted: what one hour keeps of many calls.

A *cell* is one number for a row and a second, `row << 12 | second`; a row is `2 * key + kind`, where the
kind tells attempts from answered calls.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    import numpy.typing as npt

    from planner.cdr.summary.shelf import Shelf, Shelved

    Integers = npt.NDArray[np.int64]
    Signed = npt.NDArray[Any]

KINDS = ATTEMPTS, ANSWERED = range(2)
SECOND_BITS = 12
SECOND = (1 << SECOND_BITS) - 1
_THIN = 4
_BAND = 1 << 18


def group_starts(groups: Integers) -> Integers:
    """Return where each run of equal values begins."""
    return np.flatnonzero(np.concatenate((groups[:1] == groups[:1], groups[1:] != groups[:-1])))


def summed(cells: Integers, changes: Signed) -> tuple[Integers, Signed]:
    """Return the cells ascending, each once, and the sums of their changes."""
    order = np.argsort(cells, kind="stable")
    cells, changes = cells[order], changes[order]
    first = group_starts(cells)
    return cells[first], np.add.reduceat(changes, first, dtype=np.int64) if first.size else changes


class Tally:
    """Rises and falls of many cells, one count a cell."""

    def __init__(self, size: int) -> None:
        self._net = np.zeros(size, np.int32)

    def add(self, cells: Integers, *, rises: bool) -> None:
        """Count one event in each of the cells."""
        # A number of the array's own type: any other takes a path that is forty times slower.
        np.add.at(self._net, cells, np.int32(1 if rises else -1))

    def netted(self) -> tuple[Integers, Signed]:
        """Return the cells whose rises and falls do not cancel out, ascending, and what is left."""
        used = np.flatnonzero(self._net)
        return used, self._net[used]


class SortedTally:
    """The same for few events in many cells.

    A cell and its direction become one number: sorting that is far faster than sorting by an index.
    """

    def __init__(self, size: int, count: int) -> None:
        self._marked = np.empty(count, np.min_scalar_type(2 * size))
        self._done = 0

    def add(self, cells: Integers, *, rises: bool) -> None:
        """Count one event in each of the cells."""
        self._marked[self._done : self._done + cells.size] = cells << 1 if rises else cells << 1 | 1
        self._done += cells.size

    def netted(self) -> tuple[Integers, Signed]:
        """Return all cells that have events, ascending, and what is left of their rises and falls."""
        self._marked.sort()
        first = group_starts(self._marked >> 1)
        levels = np.cumsum(1 - 2 * (self._marked & 1).astype(np.int8), dtype=np.int32)
        net = np.diff(levels.take(np.append(first[1:], self._done) - 1), prepend=np.int32(0))
        return (self._marked.take(first) >> 1).astype(np.int64), net


def tally(size: int, count: int) -> Tally | SortedTally:
    """Return what counts `count` events in cells below `size`."""
    return Tally(size) if size <= _THIN * count else SortedTally(size, count)


def _smallest(changes: Signed) -> str:
    most = int(np.abs(changes).max(initial=0))
    return next(code for code, limit in (("<i1", 1 << 7), ("<i2", 1 << 15), ("<i8", 1 << 63)) if most < limit)


class Opened(NamedTuple):
    """Cells as a block stores them: rows ascending, how many cells each has, their seconds and changes."""

    rows: Integers
    sizes: Integers
    seconds: npt.NDArray[np.uint16]
    changes: Signed

    @classmethod
    def of(cls, cells: Integers, changes: Signed) -> Opened:
        """Take cells, ascending, each once."""
        rows = cells >> SECOND_BITS
        first = group_starts(rows)
        sizes = np.diff(first, append=rows.size)
        seconds = (cells & SECOND).astype(np.uint16)
        return cls(rows[first], sizes, seconds, changes.astype(_smallest(changes)))

    def cells(self, begin: int, end: int) -> tuple[Integers, Signed]:
        """Return the cells of the rows from `begin` and below `end`, and their changes."""
        first, last = np.searchsorted(self.rows, (begin, end)).tolist()
        sizes = self.sizes[first:last]
        place = int(self.sizes[:first].sum())
        stretch = slice(place, place + int(sizes.sum()))
        cells = np.repeat(self.rows[first:last].astype(np.int64) << SECOND_BITS, sizes)
        cells |= self.seconds[stretch]
        return cells, self.changes[stretch]


def added(parts: Sequence[Opened], rows: int) -> Iterator[tuple[Integers, Signed]]:
    """Yield the sum of several parts, band by band of their rows: only one band is spread out at a time."""
    edges = _bands(parts, rows)
    for begin, end in pairwise(edges):
        bands = [part.cells(begin, end) for part in parts]
        if len(bands) == 1:
            yield bands[0]
        else:
            yield summed(*(np.concatenate([band[i] for band in bands]) for i in (0, 1)))


def _bands(parts: Sequence[Opened], rows: int) -> list[int]:
    """Return where bands of rows begin, and where the last ends; each has about `_BAND` cells at most."""
    counts = np.zeros(rows, np.int64)
    for part in parts:
        counts[part.rows] += part.sizes
    bands = np.cumsum(counts) // _BAND
    return [0, *(np.flatnonzero(bands[1:] != bands[:-1]) + 1).tolist(), rows]


@dataclass(slots=True)
class Block:
    """The cells of one hour: `rows` ascending, how many cells each has, and seconds and changes as bytes.

    `keys` are those the rows count from, in order. A cold block's `body` is compressed, and may stand on a
    shelf.
    """

    keys: tuple[bytes, ...]
    rows: Integers
    sizes: Integers
    type: str
    body: bytes | Shelved
    cold: bool = False

    @classmethod
    def of(cls, keys: tuple[bytes, ...], cells: Integers, changes: Signed) -> Block:
        """Store cells, ascending, each once."""
        return cls.closed(keys, [Opened.of(cells, changes)])

    @classmethod
    def closed(cls, keys: tuple[bytes, ...], parts: Sequence[Opened]) -> Block:
        """Store parts whose rows go on from one to the next."""
        rows, sizes, seconds, changes = (np.concatenate(column) for column in zip(*parts, strict=True))
        body = seconds.astype("<u2").tobytes() + changes.astype(code := _smallest(changes)).tobytes()
        return cls(keys, rows.astype(np.int32), sizes.astype(np.int32), code, body)

    def opened(self, rows: Integers) -> Opened:
        """Return the block with other numbers for its rows, ascending; rows below 0 are left out."""
        body = zlib.decompress(bytes(self.body)) if self.cold else bytes(self.body)
        count = int(self.sizes.sum())
        seconds = _seconds(body, count) if self.cold else np.frombuffer(body, "<u2", count)
        changes = np.frombuffer(body, self.type, count, 2 * count)
        sizes, kept = self.sizes, rows >= 0
        if not kept.all():
            chosen = np.repeat(kept, sizes)
            seconds, changes, rows, sizes = seconds[chosen], changes[chosen], rows[kept], sizes[kept]
        return Opened(rows, sizes, seconds, changes)

    def cool(self, shelf: Shelf) -> None:
        """Compress the body: steps from second to second repeat, seconds do not; the high bytes first."""
        if self.cold:
            return
        body, count = bytes(self.body), int(self.sizes.sum())
        steps = np.diff(np.frombuffer(body, "<u2", count), prepend=np.uint16(0))
        high, low = (steps >> 8).astype(np.uint8).tobytes(), steps.astype(np.uint8).tobytes()
        self.body = shelf.put(zlib.compress(high + low + body[2 * count :], 1))
        self.cold = True


def _seconds(body: bytes, count: int) -> npt.NDArray[np.uint16]:
    """Return the seconds whose steps begin the body of a cold block, in two planes of bytes."""
    high, low = np.frombuffer(body, np.uint8, 2 * count).reshape(2, count).astype(np.uint16)
    return np.cumsum(high << 8 | low, dtype=np.uint16)
