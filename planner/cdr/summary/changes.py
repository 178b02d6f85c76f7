"""By how much the calls in progress of every key grow and fall, second by second; a sum like all others.

Busy hours are kept as blocks, several an hour where several readers saw it; single changes far from them
(damaged dates) apart. Blocks are compressed into a temporary file once they are many, and added up when an
hour collects too many: that file grows with the hours covered and the keys seen in them, not with the
records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.cdr.summary.block import KINDS, SECOND, SECOND_BITS, Block, Opened, added, group_starts, summed
from planner.cdr.summary.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Keys = tuple[bytes, ...]

HOUR = 3600
_FEW = 64
_STRAYS = 1 << 18
_HOT = 6 << 20
_CROWD = 8
_OVERLAP = 4
_BLOCK_BYTES = 1000


class Strays(NamedTuple):
    """Single changes: rows of `keys` (see `Block`), seconds since 0001-01-01, and changes."""

    keys: Keys
    rows: Integers
    times: Integers
    changes: Integers


class Chunk(NamedTuple):
    """A stretch of time: rows ascending, how many changes each has, and these with their seconds."""

    rows: Integers
    sizes: Integers
    times: Integers
    changes: Integers


class Numbering:
    """Keys numbered as they sort, and what the rows of other keys are by these numbers."""

    def __init__(self, keys: Collection[bytes]) -> None:
        self.keys = tuple(sorted(keys))
        self._index = {key: i for i, key in enumerate(self.keys)}
        self._seen: dict[int, tuple[Keys, Integers]] = {}

    def rows(self, keys: Keys) -> Integers:
        """Return for every row of other keys its row here, -1 where its key is not numbered."""
        if id(keys) not in self._seen:
            found = np.array([self._index.get(key, -1) for key in keys], np.int64)
            rows = found[:, None] * len(KINDS) + np.array(KINDS)
            rows[found < 0] = -1
            # The keys are held with the answer: their id stays theirs.
            self._seen[id(keys)] = keys, rows.reshape(-1)
        return self._seen[id(keys)][1]

    def cells(self, blocks: Sequence[Block]) -> Iterator[tuple[Integers, Integers]]:
        """Yield the sum of blocks as cells with rows of this numbering, ascending, a band of rows at a time.

        Both sides number their keys as they sort: cells in order stay in order.
        """
        parts = [block.opened(self.rows(block.keys)[block.rows]) for block in blocks]
        return added(parts, len(KINDS) * len(self.keys))

    def strays(self, strays: Sequence[Strays]) -> tuple[Integers, Integers, Integers]:
        """Return rows of this numbering, times and changes of all strays whose keys are numbered."""
        empty = np.empty(0, np.int64)
        columns = [(empty, empty, empty)]
        columns += [(self.rows(part.keys)[part.rows], part.times, part.changes) for part in strays]
        rows, times, changes = (np.concatenate(column) for column in zip(*columns, strict=True))
        known = rows >= 0
        return rows[known], times[known], changes[known]


def _combined(blocks: Sequence[Block], keep: Collection[bytes] | None = None) -> Block:
    """Add blocks up, with the keys they hold, or only those to keep."""
    held = {block.keys[key] for block in blocks for key in (block.rows // len(KINDS)).tolist()}
    numbering = Numbering(held if keep is None else held.intersection(keep))
    return Block.closed(numbering.keys, [Opened.of(*band) for band in numbering.cells(blocks)])


class Changes:
    """Changes by hour and row, of any number of keys."""

    def __init__(self) -> None:
        self.hours: dict[int, list[Block]] = {}
        self.strays: list[Strays] = []
        self._stray_count = 0
        self._shelf: Shelf | None = None
        self._hot_bytes = 0

    def add(self, keys: Keys, origin: int, cells: Integers, changes: Integers) -> None:
        """Add cells whose rows go on, hour by hour from hour `origin`, ascending, each once.

        `keys` are in order, so that `len(KINDS) * len(keys)` rows make an hour.
        """
        size = len(KINDS) * len(keys) << SECOND_BITS
        begin = 0
        while begin < cells.size:
            hour = int(cells[begin]) // size
            end = int(np.searchsorted(cells, (hour + 1) * size))
            self._add_hour(keys, origin + hour, cells[begin:end] - hour * size, changes[begin:end])
            begin = end

    def _add_hour(self, keys: Keys, hour: int, cells: Integers, changes: Integers) -> None:
        if cells.size >= _FEW:
            self.keep_block(hour, Block.of(keys, cells, changes))
        else:
            times = (cells & SECOND) + hour * HOUR
            self.keep_strays(Strays(keys, cells >> SECOND_BITS, times, changes))

    def keep_block(self, hour: int, block: Block) -> None:
        """Add a block of an hour."""
        blocks = self.hours.setdefault(hour, [])
        blocks.append(block)
        if len(blocks) > _CROWD:
            costs = [len(each.body) + _BLOCK_BYTES for each in blocks]
            if sum(costs) > _OVERLAP * max(costs):
                self._hot_bytes -= sum(len(each.body) for each in blocks[:-1] if not each.cold)
                block = _combined(blocks)
                self.hours[hour] = [block]
        self._warm(block)

    def _warm(self, block: Block) -> None:
        """Count a new block's bytes; with too many of them, compress all and put them on the shelf."""
        if block.cold:
            return
        self._hot_bytes += len(block.body)
        if self._hot_bytes > _HOT:
            self._shelf = self._shelf or Shelf()
            for blocks in self.hours.values():
                for each in blocks:
                    each.cool(self._shelf)
            self._hot_bytes = 0

    def keep_strays(self, strays: Strays) -> None:
        """Add single changes."""
        self.strays.append(strays)
        self._stray_count += strays.rows.size
        if self._stray_count > _STRAYS + 2 * self.strays[0].rows.size:
            self._add_up_strays({key for part in self.strays for key in part.keys})

    def _add_up_strays(self, keys: Collection[bytes]) -> None:
        if self.strays:
            numbering = Numbering(keys)
            rows, times, changes = _in_order(*numbering.strays(self.strays))
            self.strays = [Strays(numbering.keys, rows, times, changes)]
            self._stray_count = rows.size

    def merge(self, other: Changes) -> None:
        """Add the other's changes."""
        for hour, blocks in other.hours.items():
            for block in blocks:
                self.keep_block(hour, block)
        for strays in other.strays:
            self.keep_strays(strays)

    def keep_keys(self, keys: Collection[bytes]) -> None:
        """Forget all other keys."""
        self._hot_bytes = 0
        hours, self.hours = self.hours, {}
        for hour, blocks in hours.items():
            self.keep_block(hour, _combined(blocks, keys))
        self._add_up_strays(keys)

    def chunks(self, keys: Collection[bytes]) -> Iterator[Chunk]:
        """Yield the changes of some keys, numbered as they sort, in the order of time."""
        numbering = Numbering(keys)
        rows, times, changes = numbering.strays(self.strays)
        order = np.argsort(times, kind="stable")
        rows, times, changes = rows[order], times[order], changes[order]
        done = 0
        for hour, blocks in sorted(self.hours.items()):
            begin, end = np.searchsorted(times, (hour * HOUR, (hour + 1) * HOUR)).tolist()
            yield from _chunk(rows[done:begin], times[done:begin], changes[done:begin])
            cells, change = map(np.concatenate, zip(*numbering.cells(blocks), strict=True))
            if end > begin:
                apart = (rows[begin:end] << SECOND_BITS) | (times[begin:end] - hour * HOUR)
                cells, change = summed(np.concatenate((cells, apart)), np.concatenate((change, changes[begin:end])))
            yield _by_row(cells >> SECOND_BITS, (cells & SECOND) + hour * HOUR, change)
            done = end
        yield from _chunk(rows[done:], times[done:], changes[done:])


def _in_order(rows: Integers, times: Integers, changes: Integers) -> tuple[Integers, Integers, Integers]:
    """Return changes by row and time, each second of a row once."""
    order = np.lexsort((times, rows))
    rows, times, changes = rows[order], times[order], changes[order]
    new = np.zeros(rows.size, np.bool_)
    new[group_starts(rows)] = True
    new[group_starts(times)] = True
    first = np.flatnonzero(new)
    return rows[first], times[first], np.add.reduceat(changes, first) if first.size else changes


def _by_row(rows: Integers, times: Integers, changes: Integers) -> Chunk:
    first = group_starts(rows)
    return Chunk(rows[first], np.diff(first, append=rows.size), times, changes)


def _chunk(rows: Integers, times: Integers, changes: Integers) -> Iterator[Chunk]:
    if rows.size:
        yield _by_row(*_in_order(rows, times, changes))
