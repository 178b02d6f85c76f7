"""Cutting the work: which stretches one reader takes at a time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.cdr.engine.reading import cut_into_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.cdr.sources import Source
    from planner.cdr.summary.stretch import Stretch

PIECE = 64 << 20
"""Bytes of one task: small enough for even loads, large enough that handing it over costs nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """Stretches that one reader reads into one summary; `bytes` are the stored bytes they cover."""

    stretches: tuple[Stretch, ...]
    bytes: int

    def plain(self) -> list[dict[str, Any]]:
        """Return the stretches as plain data, as a worker process is told."""
        return [asdict(stretch) for stretch in self.stretches]


def _bytes(stretch: Stretch, size: int) -> int:
    return (size if stretch.end is None else stretch.end) - stretch.begin


def _stretches(sources: Iterable[Source]) -> list[tuple[Stretch, int]]:
    cut = (
        (stretch, source.size) for source in sources for stretch in cut_into_stretches(source.path, source.size, PIECE)
    )
    return [(stretch, _bytes(stretch, size)) for stretch, size in cut]


def plan_tasks(sources: Iterable[Source], *, apart: bool = False) -> list[Task]:
    """Return the tasks: large files cut, small ones together, unless files must stay `apart`."""
    tasks: list[Task] = []
    batch: list[Stretch] = []
    held = 0
    for stretch, size in _stretches(sources):
        if batch and (apart or held + size > PIECE):
            tasks.append(Task(tuple(batch), held))
            batch, held = [], 0
        batch.append(stretch)
        held += size
    return [*tasks, Task(tuple(batch), held)] if batch else tasks
