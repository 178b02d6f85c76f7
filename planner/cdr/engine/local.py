"""The work cut into stretches, read in this process or in one more per core."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, cast

import planner
from planner.cdr.processes import cores, uninterrupted
from planner.cdr.sources import (
    STDIN,
    Source,
    Stream,
    WindowReader,
    broken,
    damage_of,
    is_compressed,
    open_plain,
    skip_partial_line,
)
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.summary import FileFacts, Stretch, Summary
from planner.cdr.summary.wire import from_bytes, to_bytes


class EngineError(Exception):
    """An engine that cannot be used; the message says what is missing."""


HOUR = 3600
PIECE, FILES = 64 << 20, 64
"""Bytes and files of one task: few enough for even loads and short summaries, which grow with the hours covered."""


@dataclass(frozen=True, slots=True)
class Task:
    """Stretches that one reader reads into one summary; `bytes` are the stored bytes they cover.

    With hours `apart`, be it none, all others are closed as far as they can be.
    """

    stretches: tuple[Stretch, ...]
    bytes: int
    apart: tuple[int, ...] | None = None

    def plain(self) -> dict[str, Any]:
        """Return what to do as plain data, as a worker process is told."""
        return {"stretches": [asdict(stretch) for stretch in self.stretches], "apart": self.apart}


def plan_tasks(
    sources: Iterable[Source], *, covers: int = HOUR, piece: int = PIECE, files: int = FILES, lines_only: bool = False
) -> list[Task]:
    """Return the tasks: large files cut, small ones together up to `piece` bytes and `files` of them.

    `covers` are the seconds a file named by an hour covers; see `Stretch` for `lines_only`.
    """
    tasks: list[Task] = []
    batch: list[Stretch] = []
    held = 0
    for source in sources:
        for cut in cut_into_stretches(source.path, source.size, PIECE):
            size = (source.size if cut.end is None else cut.end) - cut.begin
            if batch and (held + size > piece or len(batch) == files):
                tasks.append(Task(tuple(batch), held))
                batch, held = [], 0
            batch.append(replace(cut, covers=covers, lines_only=lines_only))
            held += size
    return [*tasks, Task(tuple(batch), held)] if batch else tasks


# Reading stretches of files into a meter; what goes wrong is noted with the file, and the others go on.

VANISHED = "vanished: rotated away before it could be read"
GREW = "grew while it was read: lines written after the start of this run are not counted"
SHRANK = "shrank while it was read: it was replaced or cut"
UNREADABLE = "unreadable: "
"""Notes about a file; those that begin with `UNREADABLE` make the run fail with its own exit code."""


def _read_windows(meter: Meter, stretch: Stretch, stream: BinaryIO) -> None:
    begin = stretch.begin
    source = cast("Stream", stream)
    if begin:
        stream.seek(begin - 1)
        begin = skip_partial_line(source, begin)
        stream.seek(begin)
    for window in WindowReader(source, begin, stretch.end):
        meter.read(window)


def _note(meter: Meter, stretch: Stretch, note: str) -> None:
    facts = meter.summary.files.setdefault(stretch.path, FileFacts())
    facts.note = max(facts.note, note)


def _note_growth(meter: Meter, stretch: Stretch) -> None:
    if stretch.size is None or stretch.path == STDIN:
        return
    try:
        size = Path(stretch.path).stat().st_size
    except OSError:
        return
    if size != stretch.size:
        _note(meter, stretch, GREW if size > stretch.size else SHRANK)


def read_stretch(meter: Meter, stretch: Stretch) -> None:
    """Add the lines of one stretch of a local file."""
    try:
        with open_plain(stretch.path) as stream:
            meter.begin(stretch)
            _read_windows(meter, stretch, stream)
        _note_growth(meter, stretch)
    except FileNotFoundError:
        _note(meter, stretch, VANISHED)
    except broken() as error:
        _note(meter, stretch, f"{UNREADABLE}{damage_of(stretch.path, error)}")


def read_content(meter: Meter, stretch: Stretch, content: bytes) -> None:
    """Add a whole file whose bytes are at hand, compressed or not."""
    from planner.cdr.sources import decompress  # noqa: PLC0415  clusters alone need it

    try:
        meter.begin(stretch)
        _read_windows(meter, stretch, decompress(stretch.path, cast("BinaryIO", io.BytesIO(content))))
    except broken() as error:
        _note(meter, stretch, f"{UNREADABLE}{damage_of(stretch.path, error)}")


def cut_into_stretches(path: str, size: int, pieces_of: int) -> list[Stretch]:
    """Return the stretches of a file: one, or for a large plain file several of about `pieces_of` bytes."""
    if path == STDIN or is_compressed(path):
        return [Stretch(path, size=None if path == STDIN else size)]
    begins = range(0, max(size - pieces_of // 2, 1), pieces_of)
    ends = [*begins[1:], size]
    return [Stretch(path, begin, end, size) for begin, end in zip(begins, ends, strict=True)]


# A worker process: tasks come in as lines of JSON, summaries go out as bytes behind their length.
#
# Started as `python -m planner.cdr.engine.local`. It keeps its dictionaries from task to task.

LENGTH = 8


def run_task(meter: Meter, stretches: Iterable[Stretch], apart: Iterable[int] | None) -> bytes:
    """Read the stretches and return their summary as bytes."""
    for stretch in stretches:
        read_stretch(meter, stretch)
    summary = meter.take()
    if apart is not None:
        summary.close(apart)
    return to_bytes(summary)


def main() -> None:
    """Serve tasks until standard input ends."""
    # The parent alone decides what an interrupt means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    meter = Meter()
    for line in sys.stdin:
        told = json.loads(line)
        message = run_task(meter, [Stretch(**stretch) for stretch in told["stretches"]], told["apart"])
        sys.stdout.buffer.write(len(message).to_bytes(LENGTH, "little") + message)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()


# The local engine: this process for little, one worker process per core for much.

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
        command = [sys.executable, "-m", "planner.cdr.engine.local"]
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

    def run(self, task: Task) -> bytes:
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
        return message

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for worker in self._all:
            worker.close()


def run_here(tasks: list[Task]) -> Iterator[tuple[Task, Summary]]:
    """Run the tasks in this process, one after the other."""
    meter = Meter()
    for task in tasks:
        yield task, from_bytes(run_task(meter, task.stretches, task.apart))


def _run_on(pool: WorkerPool, executor: ThreadPoolExecutor, tasks: list[Task]) -> Iterator[tuple[Task, Summary]]:
    running: dict[Future[bytes], Task] = {}
    waiting = iter(tasks)
    # Few tasks are out at a time, so that results never pile up.
    for task in waiting:
        running[executor.submit(pool.run, task)] = task
        if len(running) > executor._max_workers:  # noqa: SLF001  the number we gave it
            yield from _finished(running)
    while running:
        yield from _finished(running)


def _finished(running: dict[Future[bytes], Task]) -> Iterator[tuple[Task, Summary]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    # One result after the other is taken apart, here: threads would hold several at a time, each in its own memory.
    while done:
        future = done.pop()
        yield running.pop(future), from_bytes(future.result())


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
