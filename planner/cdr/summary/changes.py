"""Changes of concurrency, second by second: in blocks, and on a shelf on disk where an archive is long."""

from __future__ import annotations

import tempfile
import weakref
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.cdr.sources import zstandard

if TYPE_CHECKING:
    import numpy.typing as npt

    Signed = npt.NDArray[Any]
    Integers = npt.NDArray[np.int64]
    Keys = tuple[bytes, ...]


class Shelf:
    """Bytes in a file of this process that has no name and ends with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="plan-cdr-", buffering=0)  # noqa: SIM115  closed below
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, content: bytes) -> Shelved | bytes:
        """Return where the bytes are from now on; where the disk is full, that is memory."""
        self._file.seek(self._end)
        try:
            done = self._file.write(content)
        except OSError:
            return content
        if done != len(content):
            return content
        self._end += done
        return Shelved(self, self._end - done, done)

    def take(self, begin: int, length: int) -> bytes:
        """Return bytes that were put here."""
        self._file.seek(begin)
        return self._file.read(length)


@dataclass(frozen=True, slots=True)
class Shelved:
    """Bytes on a shelf: where they begin, and how many they are."""

    shelf: Shelf
    begin: int
    length: int

    def __len__(self) -> int:
        return self.length

    def __bytes__(self) -> bytes:
        return self.shelf.take(self.begin, self.length)


# Changes of concurrency by key and second, netted: what one hour keeps of many calls.
#
# A *cell* is one number for a row and a second, `row << 12 | second`; a row is `2 * key + kind`, where the
# kind tells attempts from answered calls. A *slot* is an hour with the last bits of a cell of it,
# `hour << 13 | kind << 12 | second`.

KINDS = ATTEMPTS, ANSWERED = range(2)
SECOND_BITS = 12
SECOND = (1 << SECOND_BITS) - 1
HOUR_BITS = SECOND_BITS + 1
HOUR = 3600
_THIN = 4
_ZLIB = b"\x78"
_SMALL = 1 << 13
_BAND = 1 << 18


def group_starts(groups: npt.NDArray[Any]) -> Integers:
    """Return where each run of equal values begins."""
    new = np.ones(groups.size, np.bool_)
    np.not_equal(groups[1:], groups[:-1], out=new[1:])
    return new.nonzero()[0]


def run_lengths(first: Integers, size: int) -> Integers:
    """Return how long the runs are that begin there, of `size` values."""
    lengths = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=lengths[:-1])
    lengths[-1:] = size - first[-1:]
    return lengths


def summed(cells: Integers, changes: Signed) -> tuple[Integers, Signed]:
    """Return the cells ascending, each once, and the sums of their changes."""
    order = np.argsort(cells, kind="stable")
    cells, changes = cells[order], changes[order]
    first = group_starts(cells)
    return cells[first], np.add.reduceat(changes, first, dtype=np.int64) if first.size else changes


def slots_of(times: Integers, kind: int) -> Integers:
    """Return the slots of times in seconds."""
    slots = times // HOUR
    slots *= (1 << HOUR_BITS) - HOUR
    slots += times
    slots += kind << SECOND_BITS
    return slots


class Tally:
    """Rises and falls of the cells of some hours, one count a cell; rows of a key begin `stride` apart."""

    def __init__(self, hours: int, keys: int) -> None:
        self._net = np.zeros((keys, hours, 1 << HOUR_BITS), np.int32)
        self._every = self._net.ravel()
        self.stride = hours << HOUR_BITS

    def add(self, rows: Integers, slots: Integers, *, rises: bool) -> None:
        """Count one event in each of the slots of rows."""
        # A number of the array's own type: any other takes a path that is forty times slower.
        np.add.at(self._every, rows + slots, np.int32(1 if rises else -1))

    def netted(self) -> Iterator[tuple[int, Integers, Signed]]:
        """Yield hour by hour the cells whose rises and falls do not cancel out, ascending, and what is left."""
        for hour in range(self._net.shape[1]):
            net = self._net[:, hour].ravel()
            used = net.nonzero()[0]
            if used.size:
                yield hour, used, net.take(used)


class SortedTally:
    """The same for few events in many cells.

    A cell and its direction become one number: sorting that is far faster than sorting by an index.
    """

    stride = 1 << HOUR_BITS

    def __init__(self, hours: int, keys: int, count: int) -> None:
        self._size = keys << HOUR_BITS
        self._marked = np.empty(count, np.min_scalar_type(2 * hours * self._size))
        self._done = 0

    def add(self, rows: Integers, slots: Integers, *, rises: bool) -> None:
        """Count one event in each of the slots of rows."""
        marks = slots >> HOUR_BITS
        marks *= self._size - self.stride
        marks += slots
        marks += rows
        marks <<= 1
        if not rises:
            marks |= 1
        self._marked[self._done : self._done + marks.size] = marks
        self._done += marks.size

    def netted(self) -> Iterator[tuple[int, Integers, Signed]]:
        """Yield hour by hour all cells that have events, ascending, and what is left of their rises and falls."""
        self._marked.sort()
        first = group_starts(self._marked >> 1)
        levels = np.cumsum(1 - 2 * (self._marked & 1).astype(np.int8), dtype=np.int32)
        net = np.diff(levels.take(np.append(first[1:], self._done) - 1), prepend=np.int32(0))
        cells = (self._marked.take(first) >> 1).astype(np.int64)
        begin = 0
        while begin < cells.size:
            hour = int(cells[begin]) // self._size
            end = int(np.searchsorted(cells, (hour + 1) * self._size))
            yield hour, cells[begin:end] - hour * self._size, net[begin:end]
            begin = end


def tally(hours: int, keys: int, count: int) -> Tally | SortedTally:
    """Return what counts `count` events of some keys in some hours."""
    return Tally(hours, keys) if hours * keys << HOUR_BITS <= _THIN * count else SortedTally(hours, keys, count)


def _smallest(changes: Signed) -> str:
    most = int(np.abs(changes).max(initial=0))
    return "<i1" if most < 1 << 7 else "<i2" if most < 1 << 15 else "<i8"


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
        sizes = run_lengths(first, rows.size)
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
    few = sum(part.seconds.size for part in parts) <= _BAND
    for begin, end in pairwise([0, rows] if few else _bands(parts, rows)):
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

    `keys` are those the rows count from, in order. A cold block's `body` is compressed; a body may stand on a shelf.
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
        whole = parts[0] if len(parts) == 1 else (np.concatenate(column) for column in zip(*parts, strict=True))
        rows, sizes, seconds, changes = whole
        body = seconds.astype("<u2", copy=False).tobytes() + changes.astype(code := _smallest(changes)).tobytes()
        return cls(keys, rows.astype(np.int32), sizes.astype(np.int32), code, body)

    def opened(self, rows: Integers) -> Opened:
        """Return the block with other numbers for its rows, ascending; rows below 0 are left out."""
        body = _unpacked(bytes(self.body)) if self.cold else bytes(self.body)
        count = int(self.sizes.sum())
        seconds = _seconds(body, count) if self.cold else np.frombuffer(body, "<u2", count)
        changes = np.frombuffer(body, self.type, count, 2 * count)
        sizes, kept = self.sizes, rows >= 0
        if not kept.all():
            chosen = np.repeat(kept, sizes)
            seconds, changes, rows, sizes = seconds[chosen], changes[chosen], rows[kept], sizes[kept]
        return Opened(rows, sizes, seconds, changes)

    @property
    def hot(self) -> int:
        """The bytes of a body that stands in memory as it is."""
        return 0 if self.cold or isinstance(self.body, Shelved) else len(self.body)

    def cool(self, shelf: Shelf) -> None:
        """Compress the body: steps from second to second repeat, seconds do not; the high bytes first.

        A small one goes on the shelf as it is: compressing thousands of them costs more than their place.
        """
        if not self.hot:
            return
        body, count = bytes(self.body), int(self.sizes.sum())
        if len(body) < _SMALL:
            self.body = shelf.put(body)
            return
        steps = np.frombuffer(body, "<u2", count).copy()
        steps[1:] -= steps[:-1].copy()
        high, low = (steps >> 8).astype(np.uint8).tobytes(), steps.astype(np.uint8).tobytes()
        self.body = shelf.put(_packed(high + low + body[2 * count :]))
        self.cold = True


@cache
def _packer() -> Any:  # noqa: ANN401  see `zstandard`
    return zstandard().ZstdCompressor(level=1)


def _packed(content: bytes) -> bytes:
    """Compress by what is quick, or on a cluster's executor that has numpy alone, by what Python brings."""
    try:
        packer = _packer()
    except ImportError:
        return zlib.compress(content, 1)
    packed: bytes = packer.compress(content, packer.FLUSH_FRAME)
    return packed


def _unpacked(packed: bytes) -> bytes:
    content: bytes = zlib.decompress(packed) if packed.startswith(_ZLIB) else zstandard().decompress(packed)
    return content


def _seconds(body: bytes, count: int) -> npt.NDArray[np.uint16]:
    """Return the seconds whose steps begin the body of a cold block, in two planes of bytes."""
    high, low = np.frombuffer(body, np.uint8, 2 * count).reshape(2, count).astype(np.uint16)
    return np.cumsum(high << 8 | low, dtype=np.uint16)


# By how much the calls in progress of every key grow and fall, second by second; a sum like all others.
#
# Busy hours are kept as blocks, several an hour where several readers saw it; single changes far from them
# (damaged dates) apart. Blocks are compressed into a temporary file once they are many, and added up when an
# hour collects too many: that file grows with the hours covered and the keys seen in them, not with the
# records.

_FEW = 64
_STRAYS = 1 << 18
_HOT = 6 << 20
_CROWD = 8
_OVERLAP = 4
_BLOCK_BYTES = 1000
_FOREVER = 1 << 40
_WIDEST = (1 << 16) - 1


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


class Sweep:
    """Levels and peaks by row, from chunks in the order of time."""

    def __init__(self, rows: int) -> None:
        self.levels = np.zeros(rows, np.int64)
        self.peaks = np.zeros(rows, np.int64)
        self.times = np.zeros(rows, np.int64)

    def add(self, chunk: Chunk) -> None:
        """Take in the changes of a stretch of time."""
        if not chunk.rows.size:
            return
        begin = np.cumsum(chunk.sizes) - chunk.sizes
        levels = np.cumsum(chunk.changes, dtype=np.int64)
        ends = levels[begin + chunk.sizes - 1]
        # The running sum goes on from row to row: what a row begins with is taken off again.
        base = np.concatenate(([0], ends[:-1])) - self.levels[chunk.rows]
        highest = np.maximum.reduceat(levels, begin) - base
        self.levels[chunk.rows] = ends - base
        for i in np.flatnonzero(highest > self.peaks[chunk.rows]).tolist():
            row, first = chunk.rows[i], int(begin[i])
            self.peaks[row] = highest[i]
            self.times[row] = chunk.times[first + int(np.argmax(levels[first : first + chunk.sizes[i]]))]

    def shortest(self, keys: Keys, last: int) -> Strays:
        """Return the fewest changes that have the same peaks and the same sums, which are reached at `last`."""
        up, back = np.flatnonzero(self.peaks), np.flatnonzero(self.levels != self.peaks)
        times = np.concatenate((self.times[up], np.full(back.size, last)))
        return Strays(
            keys, np.concatenate((up, back)), times, np.concatenate((self.peaks[up], (self.levels - self.peaks)[back]))
        )


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
            self._seen[id(keys)] = keys, rows.ravel()
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

    def add(self, keys: Keys, hour: int, cells: Integers, changes: Integers) -> None:
        """Add cells of an hour, ascending, each once; `keys` are in order."""
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
                self._hot_bytes -= sum(each.hot for each in blocks[:-1])
                block = _combined(blocks)
                self.hours[hour] = [block]
        self._warm(block)

    def _warm(self, block: Block) -> None:
        """Count a new block's bytes; with too many of them, compress all and put them on the shelf."""
        self._hot_bytes += block.hot
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

    def chunks(self, keys: Collection[bytes], begin: int = -_FOREVER, end: int = _FOREVER) -> Iterator[Chunk]:
        """Yield the changes of some keys, numbered as they sort, in the order of time, from an hour to before another.

        A chunk is whole hours of about `_BAND` changes: many small ones cost more than few.
        """
        numbering = Numbering(keys)
        rows, times, changes = numbering.strays(self.strays)
        order = np.argsort(times, kind="stable")
        apart = [column[order] for column in (rows, times, changes)]
        done = int(np.searchsorted(apart[1], begin * HOUR))
        for hours in self._crowds(begin, end):
            parts = []
            for hour in hours:
                first, last = np.searchsorted(apart[1], (hour * HOUR, (hour + 1) * HOUR)).tolist()
                if first > done:
                    parts.append(_in_order(*(column[done:first] for column in apart)))
                parts.append(_timed(hour, numbering.cells(self.hours[hour])))
                if last > first:
                    within = zip(parts.pop(), (column[first:last] for column in apart), strict=True)
                    parts.append(_in_order(*map(np.concatenate, within)))
                done = last
            yield from _chunk(parts)
        until = int(np.searchsorted(apart[1], end * HOUR))
        yield from _chunk([_in_order(*(column[done:until] for column in apart))])

    def _crowds(self, begin: int, end: int) -> Iterator[list[int]]:
        """Yield hours in order, so many together that they hold about `_BAND` changes."""
        crowd: list[int] = []
        held = 0
        for hour in sorted(hour for hour in self.hours if begin <= hour < end):
            crowd.append(hour)
            held += sum(int(block.sizes.sum()) for block in self.hours[hour])
            if held > _BAND:
                yield crowd
                crowd, held = [], 0
        if crowd:
            yield crowd

    def close(self, begin: int, end: int) -> None:
        """Replace what changes from hour `begin` to before hour `end` by at most two changes of each row.

        They go up to the highest sum, in the second it is reached first, and in the last second to what is left. Peaks
        stay exact as long as nothing else is added between them.
        """
        keys = tuple(sorted(self._keys(begin, end)))
        sweep = Sweep(len(KINDS) * len(keys))
        for chunk in self.chunks(keys, begin, end):
            sweep.add(chunk)
        for hour in [hour for hour in self.hours if begin <= hour < end]:
            self._hot_bytes -= sum(block.hot for block in self.hours.pop(hour))
        strays, self.strays, self._stray_count = self.strays, [], 0
        for each in strays:
            kept = (each.times < begin * HOUR) | (each.times >= end * HOUR)
            self.keep_strays(Strays(each.keys, each.rows[kept], each.times[kept], each.changes[kept]))
        self.keep_strays(sweep.shortest(keys, end * HOUR - 1))

    def _keys(self, begin: int, end: int) -> set[bytes]:
        """Return the keys that change within some hours, and perhaps others of the same parts."""
        found: set[Keys] = {block.keys for hour in self.hours if begin <= hour < end for block in self.hours[hour]}
        return {key for keys in (*found, *(strays.keys for strays in self.strays)) for key in keys}


def _in_order(rows: Integers, times: Integers, changes: Integers) -> tuple[Integers, Integers, Integers]:
    """Return changes by row and time, each second of a row once."""
    if not rows.size:
        return rows, times, changes
    order = np.lexsort((times, rows))
    rows, times, changes = rows[order], times[order], changes[order]
    new = np.zeros(rows.size, np.bool_)
    new[group_starts(rows)] = True
    new[group_starts(times)] = True
    first = np.flatnonzero(new)
    return rows[first], times[first], np.add.reduceat(changes, first) if first.size else changes


def _timed(hour: int, cells: Iterator[tuple[Integers, Signed]]) -> tuple[Integers, Integers, Signed]:
    """Return rows, times and changes of an hour's cells."""
    bands = list(cells)
    every, changes = bands[0] if len(bands) == 1 else map(np.concatenate, zip(*bands, strict=True))
    return every >> SECOND_BITS, (every & SECOND) + hour * HOUR, changes


def _chunk(parts: list[tuple[Integers, Integers, Signed]]) -> Iterator[Chunk]:
    """Yield one chunk of parts that follow each other in time, each by row and time."""
    rows, times, changes = map(np.concatenate, zip(*parts, strict=True))
    if not rows.size:
        return
    # Sixteen bits are sorted by counting.
    order = np.argsort(rows.astype(np.uint16) if rows.max() <= _WIDEST else rows, kind="stable")
    rows, times, changes = rows[order], times[order], changes[order]
    first = group_starts(rows)
    yield Chunk(rows[first], run_lengths(first, rows.size), times, changes)
