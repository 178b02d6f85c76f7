"""A whole archive: runs of files over processes, their calls written block by block, one truth about all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np

from planner.cdr.processes import process_pool, submitted
from planner.cdr.simulation.calls import generate
from planner.cdr.simulation.lines import Calls, Formatter, Rows, Whole, lengths, text_of
from planner.cdr.simulation.options import Grid, file_name, grid, new_file, runs
from planner.cdr.simulation.truth import Tally, tally_events, tally_records
from planner.cdr.simulation.workload import (
    MILLISECONDS,
    SPOILERS,
    Workload,
    check_damage,
    file_damage,
    line_damage,
    rejections,
    spoil,
    torn,
)
from planner.files import marked, written_by_others

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(slots=True)
class Archive:
    """What was written: the truth of each file, in order of their names, and the counts over all records."""

    files: list[FileTruth] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def merge(self, other: Archive) -> None:
        """Add another part of the same archive."""
        self.files = sorted(self.files + other.files, key=lambda truth: truth.name)
        self.tally.merge(other.tally)

    @property
    def bytes(self) -> int:
        """Bytes of all files, uncompressed."""
        return sum(truth.bytes for truth in self.files)


def simulate(
    workload: Workload, folder: Path, processes: int, progress: Callable[[int, float], None] | None = None
) -> Archive:
    """Write a workload's archive into an existing `folder` and return the truth about it.

    `progress` is called with the bytes written and the share of runs done. Raises OSError, WorkloadError.
    """
    check_damage(workload)
    cut = grid(workload)
    parts = runs(workload, cut, processes)
    archive = Archive()
    write = partial(write_run, workload, cut, folder)
    for done, part in enumerate(_spread(write, parts, processes, folder), start=1):
        archive.merge(part)
        if progress:
            progress(archive.bytes, done / len(parts))
    return archive


def _spread(
    write: Callable[[tuple[int, int]], Archive], parts: list[tuple[int, int]], processes: int, folder: Path
) -> Iterator[Archive]:
    """Yield what each run wrote into a folder, as they finish."""
    if processes == 1 or len(parts) == 1:
        yield from map(write, parts)
        return
    with written_by_others(folder) as mark, process_pool(min(processes, len(parts)), marked, mark) as pool:
        for done in as_completed([submitted(pool, write, part) for part in parts]):
            yield done.result()


def write_run(workload: Workload, cut: Grid, folder: Path, part: tuple[int, int]) -> Archive:
    """Write the files of one run; a file without lines is not written."""
    stream = Stream(workload, cut, *part)
    archive = Archive()
    for index, blocks in stream.files():
        name = file_name(cut.file_start(index), workload.layout)
        writer = FileWriter(workload, stream, index, name)
        some = _with_lines(blocks)
        if some is None:
            continue
        with new_file(folder / name, workload.layout.compression) as out:
            writer.write(some, out)
        archive.files.append(writer.truth)
        archive.tally.merge(writer.tally)
    archive.tally.merge(stream.tally)
    return archive


def _with_lines(blocks: Iterator[Calls]) -> Iterator[Calls] | None:
    """Return the blocks from the first that holds a call; None where none does."""
    for block in blocks:
        if block.size:
            return chain((block,), blocks)
    return None


# The calls of a run of files, block by block: which lines to write, and which events are complete.

FAR = 1 << 40
# Calls a stream can hold at once, as a power of two.
PLACE_BITS = 28


class Stream:
    """Makes the calls of files `first` to before `end` and counts their events.

    Calls made before the run begins matter too, as their ends fall into it: they are made again.
    """

    def __init__(self, workload: Workload, cut: Grid, first: int, end: int) -> None:
        self.workload, self.cut, self.first, self.end = workload, cut, first, end
        self.tally = Tally()
        self._names = [name for name, _ in line_damage(workload)]
        self._unwritten: list[Calls] = []
        self._uncounted: list[Calls] = []
        start = cut.file_start(first)
        self._counted_to = cut.horizon(start) if first else -FAR

    def files(self) -> Iterator[tuple[int, Iterator[Calls]]]:
        """Yield each file's index and its calls in blocks, in the order of their lines."""
        first = self.first * self.cut.blocks_a_file
        for block in range(max(0, first - -(-self.cut.lookback // self.cut.block)), first):
            self._make(block)
            self._forget_before_run()
        for index in range(self.first, self.end):
            yield index, self._blocks(index)

    def _forget_before_run(self) -> None:
        start = self.cut.file_start(self.first)
        made = self._unwritten[-1]
        self._unwritten[-1] = made.compress(made["written"] >= start)
        made = self._uncounted[-1]
        self._uncounted[-1] = made.compress(_relevant_until(made) >= self._counted_to)

    def _blocks(self, index: int) -> Iterator[Calls]:
        for block in range(index * self.cut.blocks_a_file, (index + 1) * self.cut.blocks_a_file):
            self._make(block)
            until = self.cut.origin + (block + 1) * self.cut.block
            yield self._take_until(until)
            last = index == self.end - 1 and block == (index + 1) * self.cut.blocks_a_file - 1
            self._count_until(FAR if last and self.end == self.cut.files else self.cut.horizon(until))

    def _make(self, block: int) -> None:
        first = self.cut.origin + block * self.cut.block
        calls = generate(self.workload, block, first, self.cut.block)
        if "duplicate" in self._names:
            twice = calls["damage"] == 1 + self._names.index("duplicate")
            calls = calls.take(np.repeat(np.arange(calls.size), 1 + twice))
        self._unwritten.append(calls)
        self._uncounted.append(calls.compress(~self.rejected(calls)))

    def rejected(self, calls: Calls) -> NDArray[np.bool_]:
        """Tell which calls leave a line that no reader may accept."""
        refused = [code for code, name in enumerate(self._names, start=1) if name in rejections()]
        return np.isin(calls["damage"], refused)

    def kind(self, code: int) -> str:
        """Return the kind of damage a call's code stands for."""
        return self._names[code - 1]

    def _take_until(self, instant: int) -> Calls:
        """Take out the calls written before `instant`, in the order of their lines."""
        calls = _joined(self._unwritten)
        due = calls["written"] < instant
        self._unwritten = [calls.compress(~due)]
        places = np.flatnonzero(due)
        if places.size == 0:
            return calls[:0]
        # Late lines stopped before the file began, so the stop alone puts them on top.
        moment = calls["stop_ms"][places]
        # The place breaks ties, so that the order does not hang on the sorting method.
        order = np.sort(((moment - moment.min()) << PLACE_BITS) | places) & ((1 << PLACE_BITS) - 1)
        return calls.take(order)

    def _count_until(self, horizon: int) -> None:
        """Count the events before `horizon` that are not counted yet, and forget calls without later ones."""
        if horizon <= self._counted_to:
            return
        calls = _joined(self._uncounted)
        self.tally.merge(tally_events(calls, self._counted_to, horizon))
        self._uncounted = [calls.compress(_relevant_until(calls) >= horizon)]
        self._counted_to = horizon


def _relevant_until(calls: Calls) -> Whole:
    latest: Whole = np.maximum(calls["start"], calls["stop"])
    return latest


def _joined(parts: list[Calls]) -> Calls:
    """Return tables as one; copied as plain bytes, ten times faster than column by column."""
    if len(parts) == 1:
        return parts[0]
    kind = parts[0].dtype
    return np.concatenate([part.view(f"V{kind.itemsize}") for part in parts]).view(kind)


# One file of an archive: lines in order, the damaged ones in their places, and what is true of each.

CHUNK = 8192


class Damaged(NamedTuple):
    """A line damaged on purpose: its file, number from 1, byte offset and the kind of damage."""

    file: str
    line: int
    offset: int
    kind: str


@dataclass(slots=True)
class FileTruth:
    """What is true of one file: its lines, of which headers and rejected ones, and its bytes uncompressed."""

    name: str
    lines: int = 0
    headers: int = 0
    bytes: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    damaged: list[Damaged] = field(default_factory=list)


class FileWriter:
    """Writes the lines of one file and keeps its truth; `tally` takes the records."""

    def __init__(self, workload: Workload, stream: Stream, index: int, name: str) -> None:
        self.truth, self.tally = FileTruth(name), Tally()
        self._workload, self._stream, self._index = workload, stream, index
        self._formatter = Formatter(workload.routing, workload.layout)
        self._held = b""
        self._last_sound: int | None = None

    def write(self, blocks: Iterator[Calls], out: IO[bytes]) -> None:
        """Write all blocks of calls, then the end of the file."""
        if self._workload.layout.header:
            self._held = self._formatter.header
            self.truth.lines = self.truth.headers = 1
            self.truth.bytes = len(self._held)
        for calls in blocks:
            for text in self._block(calls):
                out.write(self._held)
                self._held = text
        self._end()
        out.write(self._held)

    def _block(self, calls: Calls) -> Iterator[bytes]:
        """Yield the lines of a block of calls in chunks, and count them."""
        if calls.size == 0:
            return
        chunks = []
        for first in range(0, calls.size, CHUNK):
            part = calls[first : first + CHUNK]
            rows = self._formatter.rows(part)
            chunks.append(lengths(rows))
            yield self._splice(rows, part, chunks[-1])
        self._count(calls, np.concatenate(chunks))

    def _count(self, calls: Calls, line_bytes: NDArray[np.int64]) -> None:
        """Count lines that are written, given with their bytes."""
        rejected = self._stream.rejected(calls)
        self._locate(calls, line_bytes)
        records = calls.compress(~rejected)
        self.tally.merge(tally_records(records, line_bytes[~rejected]))
        self.tally.suspicions.update({name: int(test(records).sum()) for name, test in SUSPICIONS.items()})
        self._last_sound = None if rejected[-1] else int(line_bytes[-1])
        self.truth.lines += calls.size
        self.truth.bytes += int(line_bytes.sum())

    def _splice(self, rows: Rows, calls: Calls, line_bytes: NDArray[np.int64]) -> bytes:
        """Return the text of rows with damaged lines in place of sound ones; corrects their `line_bytes`."""
        pieces: list[bytes] = []
        done, line_end = 0, self._formatter.line_end
        for place in np.flatnonzero(calls["damage"]).tolist():
            kind = self._stream.kind(int(calls["damage"][place]))
            if kind not in SPOILERS:
                continue
            sound = text_of(rows[place : place + 1]).removesuffix(line_end)
            spoiled = spoil(sound, kind, int(calls["start_ms"][place])) + line_end
            pieces += [text_of(rows[done:place]), spoiled]
            line_bytes[place] = len(spoiled)
            done = place + 1
        return b"".join((*pieces, text_of(rows[done:])))

    def _locate(self, calls: Calls, line_bytes: NDArray[np.int64]) -> None:
        """Note where the damaged lines stand."""
        offsets = self.truth.bytes + np.cumsum(line_bytes) - line_bytes
        for place in np.flatnonzero(calls["damage"]).tolist():
            kind = self._stream.kind(int(calls["damage"][place]))
            self._note(self.truth.lines + place + 1, int(offsets[place]), kind)

    def _note(self, line: int, offset: int, kind: str) -> None:
        self.truth.damaged.append(Damaged(self.truth.name, line, offset, kind))
        if kind in rejections():
            self.truth.reasons[kind] += 1

    def _end(self) -> None:
        """Damage the end of the file where the workload asks for it."""
        rng = np.random.default_rng(np.random.SeedSequence(self._workload.seed, spawn_key=(self._index, 1)))
        luck, way = rng.random(2), int(rng.integers(1 << 16))
        asked = file_damage(self._workload)
        if self._last_sound is not None and luck[0] < asked.get("unterminated", 0):
            self._drop_line_end(self._last_sound)
        elif luck[1] < asked.get("truncated", 0) and self._held:
            fragment = torn(self._held.removesuffix(self._formatter.line_end).rpartition(b"\n")[2], way)
            if fragment:
                self._held += fragment
                self.truth.lines += 1
                self._note(self.truth.lines, self.truth.bytes, "truncated")
                self.truth.bytes += len(fragment)

    def _drop_line_end(self, line_bytes: int) -> None:
        lost = len(self._formatter.line_end)
        self._held = self._held[:-lost]
        self.truth.bytes -= lost
        self._note(self.truth.lines, self.truth.bytes - line_bytes + lost, "unterminated")
        self.tally.suspicions["unterminated"] += 1
        self.tally.totals["record_bytes"] -= lost
        self.tally.histograms["line_bytes"][line_bytes] -= 1
        self.tally.histograms["line_bytes"][line_bytes - lost] += 1


def _empty_delay(records: Calls) -> NDArray[np.bool_]:
    caller = (records["columns"] > 17) & (records["caller_pdd"] < 0)  # noqa: PLR2004  the column's position
    return caller | ((records["columns"] > 18) & (records["callee_pdd"] < 0))  # noqa: PLR2004  the same


SUSPICIONS: dict[str, Callable[[Calls], NDArray[np.bool_]]] = {
    "fields_18": lambda records: records["columns"] == 18,  # noqa: PLR2004  the name says it
    "pdd_empty": _empty_delay,
    "stop_before_start": lambda records: records["stop"] < records["start"],
    "hold_exceeds_duration": lambda records: (
        (records["stop"] >= records["start"])
        & (records["hold"] > (records["stop"] - records["start"] + 1) * MILLISECONDS)
    ),
    "outside_file_time": lambda records: np.not_equal(records["written"], records["stop"]),
}
