"""One export: who makes the batches, this process or one per core, and what became of the lines."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planner.cdr.export.files import ExportError, RejectWriter, Sink
from planner.cdr.export.reading import Batch, BatchMaker, FileReader, Job, Position
from planner.cdr.export.rows import RowMaker
from planner.cdr.processes import cores, in_order, process_pool
from planner.cdr.profile.calls import format_of, not_cdr
from planner.cdr.sources import STDIN, Source, UnreadableError, broken, damage_of
from planner.cdr.summary.meter import beginning

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


Batches: TypeAlias = "Callable[[Iterable[Job]], Iterator[Batch]]"

_AHEAD = 2
"""Windows under way for each process: the next is at hand when one is done."""

_MUCH = 16 << 20
"""Bytes below which starting processes takes longer than the work."""

_MAKERS: list[BatchMaker] = []
"""In a process of the pool: its one maker, whose dictionaries last from window to window."""


def _prepare(maker: BatchMaker) -> None:
    _MAKERS.append(maker)


def _make(job: Job) -> Batch:
    return _MAKERS[0](job)


def _spread(pool: ProcessPoolExecutor, processes: int, jobs: Iterable[Job]) -> Iterator[Batch]:
    """Yield the batches in the order of the jobs. Raises ExportError where a process dies."""
    own = (replace(job, window=job.window.detached()) for job in jobs)
    try:
        yield from in_order(pool, _make, own, _AHEAD * processes)
    except BrokenProcessPool as error:
        raise ExportError("a process ended in the middle of its work; try --processes 1") from error


def processes_for(stored: int) -> int:
    """Return how many processes pay for so many bytes of files."""
    return cores() if stored >= _MUCH else 1


@contextmanager
def batches(maker: BatchMaker, processes: int) -> Iterator[Batches]:
    """Give what turns jobs into batches, in their order."""
    if processes == 1:
        yield lambda jobs: map(maker, jobs)
        return
    with process_pool(processes, _prepare, maker) as pool:
        yield lambda jobs: _spread(pool, processes, jobs)


# One export: every source through the parser into a sink, with an account of every line.


@dataclass(slots=True)
class Account:
    """What became of the lines: `rows + headers + rejected = lines`; others were exported before.

    `notes` are worth knowing, `errors` name inputs that could not be read.
    """

    files: int = 0
    lines: int = 0
    rows: int = 0
    headers: int = 0
    exported_before: int = 0
    known_files: int = 0
    ambiguous: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Lines that became no row."""
        return self.reasons.total()


def _silent(_: int) -> None:
    """Show no progress."""


class Exporter:
    """Takes sources into a sink, one after another."""

    def __init__(self, maker: RowMaker, sink: Sink, rejects: RejectWriter, batches: Batches) -> None:
        self.account = Account()
        self._maker, self._sink, self._rejects, self._batches = maker, sink, rejects, batches

    def take(self, source: Source, progress: Callable[[int], None] = _silent) -> None:
        """Export one source; one that cannot be read is noted, and hides no other.

        `progress` is called with the stored bytes done. Raises ExportError, OSError of the target.
        """
        try:
            with _at_hand(source) as file:
                reader = FileReader(file, self._maker, source.path)
                self._read(reader, progress)
                self._note_growth(reader)
        except UnreadableError as error:
            vanished = source.path != STDIN and not Path(source.path).exists()
            report = self.account.notes if vanished else self.account.errors
            report.append(f"{source.path}: rotated away before it could be read" if vanished else str(error))

    def _read(self, reader: FileReader, progress: Callable[[int], None]) -> None:
        with _readable(reader.path):
            file_id, begin = self._sink.begin(reader)
        self.account.files += 1
        if begin.bytes or begin.tail:
            self.account.exported_before += begin.lines
            self.account.known_files += 1
        broken: list[UnreadableError] = []
        size, done = reader.source.size, 0
        rows, rejected, first = self.account.rows, self.account.rejected, b""
        for batch in self._batches(_sound(reader, file_id, begin, broken)):
            self._sink.write(file_id, reader, batch)
            self._count(batch)
            first = first or next((each.line.content for each in batch.rejects), b"")
            # Of a compressed file positions are those of its content: it is done when they are beyond its end.
            reached = min(batch.position.bytes, size)
            progress(reached - done)
            done = reached
        progress(size - done)
        counts = self.account.rows - rows, self.account.rejected - rejected
        if first and (name := format_of(*beginning(first), *counts)):
            self.account.errors.append(not_cdr(reader.path, name))
        for error in broken:
            raise error

    def _count(self, batch: Batch) -> None:
        self._rejects.write(batch.rejects)
        self.account.lines += batch.lines
        self.account.rows += batch.rows
        self.account.headers += batch.headers
        self.account.ambiguous += batch.ambiguous
        self.account.reasons.update(reject.reason for reject in batch.rejects)

    def _note_growth(self, reader: FileReader) -> None:
        if reader.path == STDIN or not Path(reader.path).exists():
            return
        if Path(reader.path).stat().st_size > reader.source.size:
            self.account.notes.append(f"{reader.path}: grew while it was read; export again for the rest")


def _sound(reader: FileReader, file_id: str, begin: Position, broken: list[UnreadableError]) -> Iterator[Job]:
    """Yield a file's windows up to where it breaks off; that error follows once all before it is written."""
    try:
        with _readable(reader.path):
            yield from reader.jobs(file_id, begin)
    except UnreadableError as error:
        broken.append(error)


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Turn what a broken file raises into one clear error."""
    try:
        yield
    except broken() as error:
        raise damage_of(path, error) from error


@contextmanager
def _at_hand(source: Source) -> Iterator[Source]:
    """Yield the source as a file that can be read twice: standard input is put aside first."""
    if source.path != STDIN:
        yield source
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield Source(str(path), path.stat().st_size)
