"""One run over an archive: its stretches, its engine, and the state folder that spares what was read before.

One entry for files that were read together, replaced atomically and sealed with a digest: after a crash it is whole
or not there. It counts if path, size and both times of all its files are unchanged, or if the size is and the
content's digest too (a copied or restored file); anything else is read again. Entries of files that are gone are
removed.

An entry holds the hours between its first and its last *closed* (see `Summary.close`): small, and quickly added up.
Where a file that came later counts something there, the entry is dropped and its files are read again, those hours
left open.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.catalogue.data import SCHEMAS
from planner.cdr.engine.local import HOUR, EngineError, Task, plan_tasks, run_locally
from planner.cdr.sources import Source, zstandard
from planner.cdr.summary.summary import Summary, usual_interval
from planner.cdr.summary.wire import FORMAT, from_bytes, to_bytes
from planner.files import write
from planner.version import __version__

if TYPE_CHECKING:
    import numpy.typing as npt

    Run = Callable[[list[Task]], Iterable[tuple[Task, Summary]]]
    Progress = Callable[[int], None]
    Integers = npt.NDArray[np.int64]


_SEAL = 32
_PIECE = 1 << 20
_SMALL, _MANY = 1 << 20, 12
"""Bytes of an entry that is small, and how many of them are put together."""
_LEVEL = 3
_PACK, _FILES = 32 << 20, 256
_LIVE = 2
"""Bytes and number of files that are remembered together; the newest files, which may grow or be cut, stand alone."""


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


class Entry(NamedTuple):
    """One stored pack: where it lies, what it says of its files, and its message, compressed."""

    place: Path
    head: dict[str, Any]
    message: bytes

    @property
    def paths(self) -> list[str]:
        """The files whose sum it is."""
        return [path for path, *_ in self.head["files"]]

    def summary(self) -> Summary:
        """Return the sum of its files."""
        return from_bytes(zstandard().decompress(self.message))

    @classmethod
    def read(cls, place: Path) -> Entry | None:
        """Return an entry that is whole, else None."""
        try:
            sealed = place.read_bytes()
        except OSError:
            return None
        seal, entry = sealed[:_SEAL], sealed[_SEAL:]
        if hashlib.blake2b(entry, digest_size=_SEAL).digest() != seal:
            return None
        line, _, message = entry.partition(b"\n")
        return cls(place, json.loads(line), message)


class State:
    """Remembers sums of files in a folder. Raises OSError where the folder cannot be used.

    Hours are not closed where sums of several runs are added up, as of the servers of a fleet.
    """

    def __init__(self, folder: Path, *, closes: bool = True) -> None:
        self.closes = closes
        self._folder = folder
        self._rules = _rules()
        folder.mkdir(parents=True, exist_ok=True)
        self.begin()

    def begin(self, covers: int = HOUR) -> None:
        """Begin a run over files that cover so many seconds."""
        self.covers = covers
        self.apart: set[int] = set()
        self._disturbed: set[int] = set()
        self._reached: list[Integers] = []
        self._small: list[tuple[Entry, Summary, list[Source], Integers]] = []
        self._closed: set[int] = set()

    def recall(self, sources: list[Source]) -> Iterator[tuple[list[str], Summary]]:
        """Yield what is remembered of files that have not changed: their paths, and their sum.

        Entries that no run can use any more are removed.
        """
        wanted = {source.path: source for source in sources}
        self._small = []
        # What holds the most first: a smaller entry may be of a part of it.
        for place in sorted(self._folder.glob("*.summary"), key=lambda each: (-each.stat().st_size, each.name)):
            entry = Entry.read(place)
            if entry is None or self._is_past(entry, wanted):
                place.unlink(missing_ok=True)
            elif all(path in wanted for path in entry.paths):
                summary = entry.summary()
                self.apart.update(summary.reached().tolist())
                self._note(summary, [wanted.pop(path) for path in entry.paths], entry)
                yield entry.paths, summary

    def note(self, part: Summary) -> None:
        """Take note of where a part of this run's sum counts something, and where nothing else may."""
        self._reached.append(part.reached())
        self._closed.update(hour for begin, end in part.closed for hour in range(begin, end))

    def _note(self, summary: Summary, sources: list[Source], entry: Entry) -> None:
        self.note(summary)
        if len(entry.message) < _SMALL:
            self._small.append((entry, summary, sources, self._reached[-1]))

    def join(self) -> None:
        """Put many small entries together, now that it is known where all others count something."""
        if len(self._small) <= _MANY:
            return
        joined, own = Summary(), [id(reached) for *_, reached in self._small]
        for _, summary, *_ in self._small:
            joined.merge(summary)
        if self.closes:
            joined.close({hour for each in self._reached if id(each) not in own for hour in each.tolist()})
        self.remember([source for _, _, sources, _ in self._small for source in sources], joined)
        for entry, *_ in self._small:
            entry.place.unlink(missing_ok=True)

    def is_disturbed(self) -> bool:
        """Tell whether a part counts something where another is closed; those hours stay open from now on."""
        hours, parts = np.unique(np.concatenate([np.empty(0, np.int64), *self._reached]), return_counts=True)
        disturbed = self._closed.intersection(hours[parts > 1].tolist())
        self._disturbed |= disturbed
        self.apart = set(self._disturbed)
        if disturbed:
            self._reached, self._closed = [], set()
        return bool(disturbed)

    def _is_past(self, entry: Entry, wanted: dict[str, Source]) -> bool:
        """Tell whether an entry is of another version, or a file of it has changed or is gone."""
        if (entry.head["rules"], entry.head["covers"]) != (self._rules, self.covers):
            return True
        if entry.head["closed"] and not self.closes:
            return True
        if any(begin <= hour < end for begin, end in entry.head["closed"] for hour in self._disturbed):
            return True
        return any(
            self._has_changed(wanted[path], size, times, digest)
            if path in wanted
            else Path(path).is_absolute() and not Path(path).exists()
            for path, size, times, digest in entry.head["files"]
        )

    @staticmethod
    def _has_changed(source: Source, size: int, times: list[int], digest: str) -> bool:
        if source.size != size:
            return True
        return [source.mtime_ns, source.ctime_ns] != times and content_digest(source.path) != digest

    def remember(self, sources: list[Source], summary: Summary) -> None:
        """Store the sum of files; with a note to one (growing, unreadable) all are read again next time."""
        if any(facts.note for facts in summary.files.values()):
            return
        if self.closes and not summary.closed:
            summary.close(self.apart)
        files = [[s.path, s.size, [s.mtime_ns, s.ctime_ns], content_digest(s.path)] for s in sources]
        head = {"rules": self._rules, "covers": self.covers, "closed": summary.closed, "files": files}
        entry = json.dumps(head).encode() + b"\n" + zstandard().compress(summary.message or to_bytes(summary), _LEVEL)
        name = hashlib.blake2b(json.dumps(files).encode(), digest_size=16).hexdigest()
        write(self._folder / f"{name}.summary", hashlib.blake2b(entry, digest_size=_SEAL).digest() + entry)


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
    """Adds partial summaries up; with a state folder, stores files that were read together once all of them are in."""

    def __init__(self, measurement: Measurement, state: State | None, tasks: list[Task], sources: list[Source]) -> None:
        self._measurement = measurement
        self._state = state
        self._sources = {source.path: source for source in sources}
        self._open = Counter(stretch.path for task in tasks for stretch in task.stretches)
        self._group: dict[str, int] = {}
        self._paths: dict[int, set[str]] = {}
        self._parts: dict[int, list[Summary]] = {}
        for number, task in enumerate(tasks):
            self._join(number, task)

    def _join(self, number: int, task: Task) -> int:
        """Make one group of all files a task touches, and of those read together with them; return it."""
        paths = {stretch.path for stretch in task.stretches}
        others = {self._group[path] for path in paths if path in self._group}
        for other in others - {number}:
            paths |= self._paths.pop(other, set())
            self._parts.setdefault(number, []).extend(self._parts.pop(other, []))
        self._paths.setdefault(number, set()).update(paths)
        self._group.update(dict.fromkeys(self._paths[number], number))
        return number

    def add(self, task: Task, part: Summary) -> None:
        """Take in one task's summary."""
        if self._state is not None:
            self._remember(task, part, self._state)
            self._state.note(part)
        self._measurement.summary.merge(part)

    def _remember(self, task: Task, part: Summary, state: State) -> None:
        group = self._join(self._group.get(task.stretches[0].path, -1), task)
        self._parts.setdefault(group, []).append(part)
        self._open.subtract(stretch.path for stretch in task.stretches)
        if any(self._open[path] > 0 for path in self._paths[group]):
            return
        whole, *others = self._parts.pop(group)
        if others:
            first, whole = whole, Summary()
            for each in (first, *others):
                whole.merge(each)
        state.remember([self._sources[path] for path in sorted(self._paths.pop(group))], whole)


def _recall(sources: list[Source], state: State | None, into: Measurement) -> list[Source]:
    """Add what is remembered; return the sources that must be read."""
    if state is None:
        return sources
    known: set[str] = set()
    for paths, summary in state.recall(sources):
        into.summary.merge(summary)
        into.reused += len(paths)
        known.update(paths)
    return [source for source in sources if source.path not in known]


def _covers(sources: list[Source]) -> int:
    return max(usual_interval(source.path for source in sources) or HOUR, HOUR)


def _tasks(sources: list[Source], covers: int, state: State | None, *, lines_only: bool) -> list[Task]:
    if state is None:
        return plan_tasks(sources, covers=covers, lines_only=lines_only)
    live = sorted(sources, key=lambda source: (source.mtime_ns, source.path))[-_LIVE:]
    settled = plan_tasks([each for each in sources if each not in live], covers=covers, piece=_PACK, files=_FILES)
    tasks = [*settled, *(task for each in live for task in plan_tasks([each], covers=covers))]
    return [replace(task, apart=tuple(sorted(state.apart))) for task in tasks] if state.closes else tasks


def measure(
    sources: list[Source],
    *,
    run: Run = run_locally,
    state: State | None = None,
    progress: Progress = _silent,
    lines_only: bool = False,
) -> Measurement:
    """Return the measurement of all sources.

    `run` carries out tasks (`run_locally`, or that of a cluster); `progress` is told the stored bytes done. With
    `lines_only` nothing need be known but what lines are wrong or odd. An interrupt ends the measurement early and
    marks it.
    """
    if state is not None:
        state.begin(_covers(sources))
    measurement = _measured(sources, run, state, progress, lines_only=lines_only)
    while state is not None and state.is_disturbed():
        first = measurement
        measurement = _measured(sources, _nothing if first.interrupted else run, state, _silent)
        measurement.interrupted |= first.interrupted
        measurement.reused = min(first.reused, measurement.reused)
    if state is not None and not measurement.interrupted:
        state.join()
    return measurement


def _nothing(_: list[Task]) -> Iterable[tuple[Task, Summary]]:
    """Read nothing more."""
    return ()


def _measured(
    sources: list[Source], run: Run, state: State | None, progress: Progress, *, lines_only: bool = False
) -> Measurement:
    measurement = Measurement()
    try:
        todo = _recall(sources, state, measurement)
        progress(sum(source.size for source in sources) - sum(source.size for source in todo))
        tasks = _tasks(todo, _covers(sources), state, lines_only=lines_only)
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
