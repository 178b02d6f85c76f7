"""Processes that share the work of this one, and end with it."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    Result = TypeVar("Result")


def cores() -> int:
    """Return how many cores this process may use."""
    # Not every system tells which ones.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _nothing() -> None:
    """Prepare nothing."""


def _settle(prepare: Callable[..., None], *arguments: object) -> None:
    """Make a fresh process one that leaves interrupts to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    prepare(*arguments)


@contextmanager
def process_pool(
    count: int, prepare: Callable[..., None] = _nothing, *arguments: object
) -> Iterator[ProcessPoolExecutor]:
    """Run `count` fresh processes that have each called `prepare`; an error drops the work not yet begun.

    A fork of a process with threads may hang, so they are spawned; the executor notices when one dies.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, partial(_settle, prepare, *arguments)) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def in_order(
    pool: ProcessPoolExecutor, function: Callable[[Any], Result], items: Iterable[Any], ahead: int
) -> Iterator[Result]:
    """Yield the results of a function in the order of its items, at most `ahead` of them under way."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
