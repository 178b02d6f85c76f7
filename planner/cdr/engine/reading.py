"""Cutting the work: which stretches one reader takes at a time."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from planner.cdr.sources import STDIN, damage_of, is_compressed, open_plain
from planner.cdr.summary.facts import FileFacts, Stretch
from planner.cdr.windows import WindowReader, broken, skip_partial_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.cdr.sources import Source
    from planner.cdr.summary.meter import Meter
    from planner.cdr.windows import Stream


class EngineError(Exception):
    """An engine that cannot be used; the message says what is missing."""


HOUR = 3600
PIECE = 64 << 20
"""Bytes of one task: small enough for even loads, large enough that handing it over costs nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """Stretches that one reader reads into one summary; `bytes` are the stored bytes they cover."""

    stretches: tuple[Stretch, ...]
    bytes: int

    def plain(self) -> list[dict[str, Any]]:
        """Return the stretches as plain data, as a worker process is told."""
        return [asdict(stretch) for stretch in self.stretches]


def _bytes(stretch: Stretch, size: int) -> int:
    return (size if stretch.end is None else stretch.end) - stretch.begin


def _stretches(sources: Iterable[Source], covers: int) -> list[tuple[Stretch, int]]:
    cut = (
        (replace(stretch, covers=covers), source.size)
        for source in sources
        for stretch in cut_into_stretches(source.path, source.size, PIECE)
    )
    return [(stretch, _bytes(stretch, size)) for stretch, size in cut]


def plan_tasks(sources: Iterable[Source], *, covers: int = HOUR, piece: int = PIECE) -> list[Task]:
    """Return the tasks: large files cut, small ones together up to `piece` bytes.

    `covers` are the seconds a file named by an hour covers.
    """
    tasks: list[Task] = []
    batch: list[Stretch] = []
    held = 0
    for stretch, size in _stretches(sources, covers):
        if batch and held + size > piece:
            tasks.append(Task(tuple(batch), held))
            batch, held = [], 0
        batch.append(stretch)
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
