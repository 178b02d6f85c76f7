"""One measurement: from sources to one summary, by the engine the user chose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.cdr.engine.local import run_locally
from planner.cdr.engine.tasks import plan_tasks
from planner.cdr.summary.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planner.cdr.engine.state import State
    from planner.cdr.engine.tasks import Task
    from planner.cdr.sources import Source

    Run = Callable[[list[Task]], Iterable[tuple[Task, Summary]]]
    Progress = Callable[[int], None]


@dataclass(slots=True)
class Measurement:
    """A summary; `interrupted` if the user stopped it, `reused` files came from the state folder."""

    summary: Summary = field(default_factory=Summary)
    interrupted: bool = False
    reused: int = 0


def _silent(_: int) -> None:
    """Show no progress."""


class Collector:
    """Adds partial summaries up; with a state folder, stores each file once all its stretches are in."""

    def __init__(self, measurement: Measurement, state: State | None, tasks: list[Task], sources: list[Source]) -> None:
        self._measurement = measurement
        self._state = state
        self._sources = {source.path: source for source in sources}
        self._open: dict[str, int] = {}
        self._parts: dict[str, Summary] = {}
        for task in tasks:
            for stretch in task.stretches:
                self._open[stretch.path] = self._open.get(stretch.path, 0) + 1

    def add(self, task: Task, part: Summary) -> None:
        """Take in one task's summary."""
        if self._state is not None:
            self._remember(task.stretches[0].path, part)
        self._measurement.summary.merge(part)

    def _remember(self, path: str, part: Summary) -> None:
        assert self._state is not None  # noqa: S101  the caller looked
        self._parts.setdefault(path, Summary()).merge(part)
        self._open[path] -= 1
        if not self._open[path]:
            self._state.remember(self._sources[path], self._parts.pop(path))


def _recall(sources: list[Source], state: State | None, into: Measurement) -> Iterator[Source]:
    """Add what is remembered; yield the sources that must be read."""
    for source in sources:
        known = state.recall(source) if state else None
        if known is None:
            yield source
        else:
            into.summary.merge(known)
            into.reused += 1


def measure(
    sources: list[Source], *, run: Run = run_locally, state: State | None = None, progress: Progress = _silent
) -> Measurement:
    """Return the measurement of all sources.

    `run` carries out tasks (`run_locally`, or that of a cluster); `progress` is told the stored bytes done.
    An interrupt ends the measurement early and marks it.
    """
    measurement = Measurement()
    try:
        todo = list(_recall(sources, state, measurement))
        progress(sum(source.size for source in sources) - sum(source.size for source in todo))
        tasks = plan_tasks(todo, apart=state is not None)
        collector = Collector(measurement, state, tasks, todo)
        for task, part in run(tasks):
            collector.add(task, part)
            progress(task.bytes)
    except KeyboardInterrupt:
        measurement.interrupted = True
    return measurement
