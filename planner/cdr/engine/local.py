"""The local engine: this process for little, one worker process per core for much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import planner
from planner.cdr.engine.worker import LENGTH, run_task
from planner.cdr.processes import cores, uninterrupted
from planner.cdr.sources import STDIN
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.wire import from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.engine.reading import Task
    from planner.cdr.summary.summary import Summary

SMALL = 16 << 20
"""Below so many bytes, starting workers takes longer than the work."""

ATTEMPTS = 3
# Freed arrays stay with the process: handing them back and asking again costs a tenth of the time.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "100000000", "MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_ARENA_MAX": "1"}


class WorkerLostError(Exception):
    """A worker process ended in the middle of a task."""


class Worker:
    """One worker process."""

    def __init__(self) -> None:
        root = str(Path(planner.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        environment = {**os.environ, **MALLOC, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path}
        command = [sys.executable, "-m", "planner.cdr.engine.worker"]
        with uninterrupted():
            self._process = subprocess.Popen(  # noqa: S603  our own module, our own interpreter
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )

    def _receive(self, size: int) -> bytes:
        assert self._process.stdout  # noqa: S101  it is a pipe: we asked for one
        received = self._process.stdout.read(size)
        if len(received) < size:
            raise WorkerLostError(f"a worker process ended with code {self._process.wait()}")
        return received

    def run(self, task: Task) -> bytes:
        """Run one task. Raises `WorkerLostError`."""
        assert self._process.stdin  # noqa: S101  the same
        try:
            self._process.stdin.write(json.dumps(task.plain()).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise WorkerLostError("a worker process ended before it took a task") from error
        return self._receive(int.from_bytes(self._receive(LENGTH), "little"))

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._process.communicate()


class WorkerPool:
    """Worker processes, started when they are first needed, replaced when they are lost."""

    def __init__(self, processes: int) -> None:
        self._idle: SimpleQueue[Worker | None] = SimpleQueue()
        for _ in range(processes):
            self._idle.put(None)
        self._all: list[Worker] = []
        self._closed = False

    def _start(self) -> Worker:
        worker = Worker()
        self._all.append(worker)
        return worker

    def run(self, task: Task) -> Summary:
        """Run one task on an idle worker; a task whose worker is lost is run again from its beginning."""
        worker = self._idle.get()
        for attempt in range(1, ATTEMPTS + 1):
            worker = worker or self._start()
            try:
                message = worker.run(task)
            except WorkerLostError:
                worker = None
                if attempt == ATTEMPTS or self._closed:
                    self._idle.put(None)
                    raise
            else:
                break
        self._idle.put(worker)
        return from_bytes(message)

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for worker in self._all:
            worker.close()


def run_here(tasks: list[Task]) -> Iterator[tuple[Task, Summary]]:
    """Run the tasks in this process, one after the other."""
    meter = Meter()
    for task in tasks:
        yield task, from_bytes(run_task(meter, task.stretches))


def _run_on(pool: WorkerPool, executor: ThreadPoolExecutor, tasks: list[Task]) -> Iterator[tuple[Task, Summary]]:
    running: dict[Future[Summary], Task] = {}
    waiting = iter(tasks)
    # Few tasks are out at a time, so that results never pile up.
    for task in waiting:
        running[executor.submit(pool.run, task)] = task
        if len(running) > executor._max_workers:  # noqa: SLF001  the number we gave it
            yield from _finished(running)
    while running:
        yield from _finished(running)


def _finished(running: dict[Future[Summary], Task]) -> Iterator[tuple[Task, Summary]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


def run_locally(tasks: list[Task], processes: int | None = None) -> Iterator[tuple[Task, Summary]]:
    """Yield each task with its summary, in the order they are done; `processes` defaults to the cores.

    Raises `WorkerLostError` when a task ends its worker again and again.
    """
    count = min(processes or cores(), len(tasks))
    reads_stdin = any(stretch.path == STDIN for task in tasks for stretch in task.stretches)
    if count <= 1 or reads_stdin or (processes is None and sum(task.bytes for task in tasks) < SMALL):
        yield from run_here(tasks)
        return
    with ExitStack() as stack:
        executor = stack.enter_context(ThreadPoolExecutor(count))
        pool = WorkerPool(count)
        stack.callback(pool.close)
        yield from _run_on(pool, executor, tasks)
