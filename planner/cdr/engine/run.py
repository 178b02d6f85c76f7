"""The state folder: summaries of files already read, so that the next run reads only what is new.

One file per input, replaced atomically and sealed with a digest: after a crash an entry is whole or not
there. An entry counts if path, size and both times are unchanged, or if the size is and the content's digest
too (a copied or restored file); anything else is read again. Entries of files that are gone are removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.catalogue.data import SCHEMAS
from planner.cdr.engine.local import run_locally
from planner.cdr.engine.reading import HOUR, EngineError, plan_tasks
from planner.cdr.summary.facts import usual_interval
from planner.cdr.summary.summary import Summary
from planner.cdr.summary.wire import FORMAT, from_bytes, to_bytes
from planner.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planner.cdr.engine.reading import Task
    from planner.cdr.sources import Source

    Run = Callable[[list[Task]], Iterable[tuple[Task, Summary]]]
    Progress = Callable[[int], None]


_SEAL = 32
_PIECE = 1 << 20


def content_digest(path: str) -> str:
    """Return the digest of a file's stored bytes; empty where it cannot be read."""
    digest = hashlib.blake2b(digest_size=_SEAL)
    try:
        with Path(path).open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def _rules() -> str:
    """Return what a stored summary depends on beside the file: the product, its data and how it stores."""
    data = b"".join((SCHEMAS / name).read_bytes() for name in ("cdr-format.json", "cdr-measures.json"))
    return f"{__version__} {FORMAT} {hashlib.blake2b(data, digest_size=16).hexdigest()}"


def _is_gone(entry: Path) -> bool:
    """Tell whether an entry is that of a file deleted since; of a relative path nobody knows."""
    try:
        with entry.open("rb") as stream:
            stream.seek(_SEAL)
            path = Path(json.loads(stream.readline())["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return path.is_absolute() and not path.exists()


class State:
    """Remembers summaries in a folder. Raises OSError where the folder cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.covers = HOUR
        self._folder = folder
        self._rules = _rules()
        folder.mkdir(parents=True, exist_ok=True)
        for entry in folder.glob("*.summary"):
            if _is_gone(entry):
                entry.unlink(missing_ok=True)

    def _place(self, path: str) -> Path:
        name = hashlib.blake2b(path.encode(errors="surrogateescape"), digest_size=16).hexdigest()
        return self._folder / f"{name}.summary"

    def recall(self, source: Source) -> Summary | None:
        """Return the remembered summary of a file that has not changed, else None."""
        try:
            sealed = self._place(source.path).read_bytes()
        except OSError:
            return None
        seal, entry = sealed[:_SEAL], sealed[_SEAL:]
        if hashlib.blake2b(entry, digest_size=_SEAL).digest() != seal:
            return None
        line, _, message = entry.partition(b"\n")
        head = json.loads(line)
        return from_bytes(message) if self._fits(head, source) else None

    def _fits(self, head: dict[str, Any], source: Source) -> bool:
        about = (head["rules"], head["path"], head["size"], head.get("covers"))
        if about != (self._rules, source.path, source.size, self.covers):
            return False
        times = [source.mtime_ns, source.ctime_ns]
        return bool(head.get("times") == times) or bool(head["digest"] == content_digest(source.path))

    def remember(self, source: Source, summary: Summary) -> None:
        """Store a file's summary; files with a note (growing, unreadable) are read again next time."""
        if any(facts.note for facts in summary.files.values()):
            return
        times = [source.mtime_ns, source.ctime_ns]
        head = {"rules": self._rules, "path": source.path, "size": source.size, "times": times, "covers": self.covers}
        head["digest"] = content_digest(source.path)
        entry = json.dumps(head).encode() + b"\n" + to_bytes(summary)
        self._replace(self._place(source.path), hashlib.blake2b(entry, digest_size=_SEAL).digest() + entry)

    def _replace(self, place: Path, content: bytes) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(place)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


# One measurement: from sources to one summary, by the engine the user chose.


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
        covers = max(usual_interval(source.path for source in sources) or HOUR, HOUR)
        if state is not None:
            state.covers = covers
        todo = list(_recall(sources, state, measurement))
        progress(sum(source.size for source in sources) - sum(source.size for source in todo))
        tasks = plan_tasks(todo, apart=state is not None, covers=covers)
        collector = Collector(measurement, state, tasks, todo)
        for task, part in run(tasks):
            collector.add(task, part)
            progress(task.bytes)
    except KeyboardInterrupt:
        measurement.interrupted = True
    return measurement


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
