"""The Dask engine: tasks as delayed calls, on a cluster's scheduler or on local processes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.cdr.engine.cluster import read_shared
from planner.cdr.summary.codec import from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.engine.tasks import Task
    from planner.cdr.summary.summary import Summary

# Dask has no types of its own.
_DASK: Any = import_module("dask")


def _compute(calls: list[Any], master: str) -> tuple[bytes, ...]:
    if not master:
        computed: tuple[bytes, ...] = _DASK.compute(*calls, scheduler="processes")
        return computed
    with import_module("distributed").Client(master):
        return tuple(_DASK.compute(*calls))


def run_on_dask(tasks: list[Task], master: str = "") -> Iterator[tuple[Task, Summary]]:
    """Yield each task's summary; workers must see the same files, and have this product installed."""
    calls = [_DASK.delayed(read_shared)(task.stretches) for task in tasks]
    for task, message in zip(tasks, _compute(calls, master), strict=True):
        yield task, from_bytes(message)
