"""The engine a user names, as the function that runs tasks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.cdr.engine.local import run_locally

if TYPE_CHECKING:
    from planner.cdr.engine.run import Run


class EngineError(Exception):
    """An engine that cannot be used; the message says what is missing."""


def choose(engine: str, master: str = "", processes: int | None = None) -> Run:
    """Return how tasks are run. Raises `EngineError` where the engine's library is not installed."""
    if engine == "local":
        return partial(run_locally, processes=processes)
    try:
        if engine == "spark":
            from planner.cdr.engine.spark import run_on_spark  # noqa: PLC0415  an optional extra

            return partial(run_on_spark, master=master)
        from planner.cdr.engine.dask import run_on_dask  # noqa: PLC0415  an optional extra
    except ImportError as error:
        raise EngineError(f"--engine {engine} needs {error.name}: pip install 'vos3000-plan[{engine}]'") from error
    return partial(run_on_dask, master=master)
