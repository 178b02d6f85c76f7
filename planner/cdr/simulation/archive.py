"""A whole archive: runs of files spread over processes, and one truth about all of them."""

from __future__ import annotations

from concurrent.futures import as_completed
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from planner.cdr.processes import process_pool, submitted
from planner.cdr.simulation.counting import Tally
from planner.cdr.simulation.damage import check_damage
from planner.cdr.simulation.grid import Grid, file_name, grid, new_file, runs
from planner.cdr.simulation.writer import FileTruth, FileWriter, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.cdr.simulation.lines import Calls
    from planner.cdr.simulation.workload import Workload


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
    for done, part in enumerate(_spread(write, parts, processes), start=1):
        archive.merge(part)
        if progress:
            progress(archive.bytes, done / len(parts))
    return archive


def _spread(
    write: Callable[[tuple[int, int]], Archive], parts: list[tuple[int, int]], processes: int
) -> Iterator[Archive]:
    """Yield what each run wrote, as they finish."""
    if processes == 1 or len(parts) == 1:
        yield from map(write, parts)
        return
    with process_pool(min(processes, len(parts))) as pool:
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
