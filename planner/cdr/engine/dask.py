"""The Dask engine: tasks as delayed calls, on a cluster's scheduler or on local processes."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from planner.cdr.engine.clusters import read_shared
from planner.cdr.engine.local import EngineError, Task
from planner.cdr.summary.summary import Summary
from planner.cdr.summary.wire import from_bytes

# Dask has no types of its own.
_DASK: Any = import_module("dask")


WAIT_S = 30


def _client(master: str) -> Any:  # noqa: ANN401  not typed either
    """Return a client of a cluster's scheduler. Raises EngineError."""
    try:
        return import_module("distributed").Client(master, timeout=WAIT_S)
    except ImportError as error:
        raise EngineError(f"--master needs {error.name}: pip install 'dask[distributed]'") from error
    except (OSError, ValueError) as error:
        raise EngineError(f"--master {master}: no Dask scheduler answers there ({error})") from error


def _compute(calls: list[Any], master: str) -> tuple[bytes, ...]:
    if not master:
        computed: tuple[bytes, ...] = _DASK.compute(*calls, scheduler="processes")
        return computed
    with _client(master):
        return tuple(_DASK.compute(*calls))


def run_on_dask(tasks: list[Task], master: str = "") -> Iterator[tuple[Task, Summary]]:
    """Yield each task's summary; workers must see the same files, and have this product installed.

    Raises EngineError.
    """
    calls = [_DASK.delayed(read_shared)(task.stretches) for task in tasks]
    try:
        messages = _compute(calls, master)
    except EngineError:
        raise
    except Exception as error:
        raise EngineError(f"Dask could not finish: {error}") from error
    for task, message in zip(tasks, messages, strict=True):
        yield task, from_bytes(message)
