"""Who makes the batches: this process for little, one more per core for much. The batches are the same."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from planner.cdr.export.sink import ExportError
from planner.cdr.processes import cores, in_order, process_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor

    from planner.cdr.export.batching import BatchMaker
    from planner.cdr.export.stretch import Batch, Job

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
