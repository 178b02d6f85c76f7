"""Processes that share the work of this one, and end with it."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

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
    """Run `count` fresh processes that have each called `prepare`; an error ends them.

    A fork of a process with threads may hang, so they are spawned; the executor notices when one dies.
    """
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  whoever counts cores needs no pool

    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, partial(_settle, prepare, *arguments)) as pool:
        try:
            yield pool
        except BaseException:
            _end(pool)
            raise


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes, which may be in the middle of a message, and whoever waits for the rest of it."""
    # Shutting down forgets them all.
    running = list((pool._processes or {}).values())  # noqa: SLF001  the processes of our own pool
    ends = [pool._result_queue._writer, pool._call_queue._reader]  # type: ignore[attr-defined]  # noqa: SLF001
    manager: Any = pool._executor_manager_thread  # noqa: SLF001
    _unheard(manager)
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.kill()
        process.join()
    # The thread that hands results on reads until the last writer is gone, which is this process.
    for end in ends:
        with suppress(OSError):
            end.close()
    # Where it still ran as the program ends, the interpreter would wake it through a pipe that it closes.
    if manager is not None:
        manager.join(1)


def _unheard(manager: Thread | None) -> None:
    """Let the thread of a pool that we end say nothing of pipes which it finds closed."""
    told = threading.excepthook

    def hook(said: threading.ExceptHookArgs) -> None:
        if said.thread is not manager or manager is None:
            told(said)

    threading.excepthook = hook


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Start processes that an interrupt from the terminal does not reach, from their first instruction on.

    An interrupt of this process waits until the block ends.
    """
    mask = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else None
    try:
        with _deferred():
            yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)


@contextmanager
def _deferred() -> Iterator[None]:
    """Hold an interrupt back that another thread of this process received."""
    if current_thread() is not main_thread():
        yield
        return
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
        for number in seen[:1]:
            signal.raise_signal(number)


def submitted(pool: ProcessPoolExecutor, function: Callable[[Any], Result], item: object) -> Future[Result]:
    """Hand one item to the pool, which may start a process for it."""
    with uninterrupted():
        return pool.submit(function, item)


def in_order(
    pool: ProcessPoolExecutor, function: Callable[[Any], Result], items: Iterable[Any], ahead: int
) -> Iterator[Result]:
    """Yield the results of a function in the order of its items, at most `ahead` of them under way."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(submitted(pool, function, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
