"""Lines to be exported: stretches of files, batches of rows, and how far a file was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from planner.cdr.export.rows import KEY_BYTES, Measured, Origin, OutsideUtcError, Row, RowMaker, digest
from planner.cdr.format import Header, Line, Record, Rejected
from planner.cdr.sources import Source, Stream, Window, WindowReader, is_compressed, open_plain, shown

if TYPE_CHECKING:
    from planner.cdr.export.files import Form


@dataclass(frozen=True, slots=True)
class Reject:
    """A rejected line and its one reason."""

    file: str
    line: Line
    reason: str


@dataclass(slots=True)
class Position:
    """How far a file was read: bytes and lines, and a digest of all of them.

    A last line without LF is not counted in: it may go on. `tail` is the key of its row, if it had one.
    """

    bytes: int = 0
    lines: int = 0
    prefix: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A window of the file `path`, of identity `file_id`, from line `first` on: to be made a batch of.

    Lines that begin before byte `begin` were exported before. `position` is the one after the window.
    """

    path: str
    file_id: str
    window: Window
    first: int
    begin: int
    position: Position


@dataclass(slots=True)
class Batch:
    """Rows and rejected lines of a stretch of a file, and the position after it.

    `payload` are the `rows` rows in the form their target takes.
    """

    position: Position
    payload: Any = None
    rows: int = 0
    rejects: list[Reject] = field(default_factory=list)
    headers: int = 0
    lines: int = 0
    ambiguous: int = 0


class Fingerprint:
    """A running digest of the content of a file, window by window.

    Where subscribers are hidden (`maker`), it is one of what is left of the lines: a digest of the whole ones could be
    undone by trying all numbers.
    """

    def __init__(self, maker: RowMaker | None = None) -> None:
        self._digest = blake2b(digest_size=KEY_BYTES)
        self._maker = maker if maker is not None and maker.masked else None

    def add(self, window: Window, end: int | None = None) -> None:
        """Add a window, up to byte `end` of the file; a line too long to hold counts by its length."""
        if window.overlong:
            self._digest.update(b"\0%d" % window.overlong)
            return
        if self._maker is not None:
            self._add_hidden(window, window.after if end is None else end, self._maker)
            return
        stop = window.high if end is None else window.low + end - window.offset
        with memoryview(window.buffer) as view:
            self._digest.update(view[window.low : stop])

    def _add_hidden(self, window: Window, end: int, maker: RowMaker) -> None:
        for line in lines_of(window, 1):
            if line.offset + len(line.content) + line.whole <= end:
                record = isinstance(line.parsed(), Record)
                self._digest.update(maker.content(line.raw)[1] if record else b"\0%d" % len(line.content))

    def text(self) -> str:
        """Return the digest so far."""
        return self._digest.hexdigest()

    def matches(self, window: Window, wanted: Position) -> bool:
        """Tell whether the content up to a position within the window next to add is that position's."""
        trial = Fingerprint(self._maker)
        trial._digest = self._digest.copy()
        if wanted.bytes > window.offset:
            trial.add(window, wanted.bytes)
        return trial.text() == wanted.prefix


def lines_of(window: Window, first: int) -> Iterator[Line]:
    """Yield the lines of a window; `first` is the number of its first line."""
    if window.overlong:
        yield Line(b"", first, window.offset, window.terminated, window.overlong)
        return
    pieces = bytes(window.buffer[window.low : window.high]).split(b"\n")
    offset, last = window.offset, len(pieces) - 1
    for at, piece in enumerate(pieces):
        if at < last or piece:
            yield Line(piece, first + at, offset, at < last)
        offset += len(piece) + 1


# CDR files as windows to make batches of, in bounded memory, from any byte on.


class FileReader:
    """Reads one file; its size when it was found bounds a plain file that may grow while it is read."""

    def __init__(self, source: Source, maker: RowMaker, shown: str = "") -> None:
        self.source, self._maker = source, maker
        self.path = shown or source.path
        self._end = None if is_compressed(source.path) else source.size

    @cached_property
    def first_record(self) -> str:
        """The identity of the file's first record. Raises UnreadableError."""
        with open_plain(self.source.path) as stream:
            for window in self._windows(stream):
                for line in lines_of(window, 1):
                    if isinstance(line.parsed(), Record):
                        return digest(self._maker.content(line.raw)[1])
        return digest(b"no record")

    def _windows(self, stream: BinaryIO) -> Iterator[Window]:
        return iter(WindowReader(cast("Stream", stream), 0, self._end))

    def matches(self, positions: list[Position]) -> Position | None:
        """Return the farthest of some positions before which this file has the same content."""
        left = sorted(positions, key=lambda position: position.bytes)
        print_, reached = Fingerprint(self._maker), None
        with open_plain(self.source.path) as stream:
            for window in self._windows(stream):
                while left and left[0].bytes <= window.after:
                    wanted = left.pop(0)
                    reached = wanted if print_.matches(window, wanted) else reached
                if not left:
                    break
                print_.add(window)
        return reached

    def jobs(self, file_id: str, begin: Position) -> Iterator[Job]:
        """Yield the windows of the file from a position on; each is valid until the next is asked for.

        Raises UnreadableError, and what decompressors raise over damaged files.
        """
        print_, number = Fingerprint(self._maker), 1
        with open_plain(self.source.path) as stream:
            for window in self._windows(stream):
                first, number = number, number + _line_ends(window)
                if window.after <= begin.bytes:
                    print_.add(window)
                    continue
                position = _position(window, number - 1, print_)
                yield Job(shown(self.path), file_id, window, first, begin.bytes, position)


def _line_ends(window: Window) -> int:
    """Return how many lines end in a window."""
    if window.overlong:
        return int(window.terminated)
    return window.buffer.count(b"\n", window.low, window.high)


def _position(window: Window, lines: int, print_: Fingerprint) -> Position:
    """Return the position after a window, where `lines` have ended; a last line without LF is left out."""
    after = window.after
    if not window.terminated:
        cut = window.buffer.rfind(b"\n", window.low, window.high) + 1
        after = window.offset if window.overlong else window.offset + max(cut - window.low, 0)
    if not (window.overlong and not window.terminated):
        print_.add(window, after)
    return Position(after, lines, print_.text())


# A window of lines as a batch: proven records by the vectorised step, every other line on its own.

# What the format accepts and a target cannot hold.
OUTSIDE_UTC = "outside_utc"
TOO_LONG = "too_long"


def _proven(window: Window) -> list[Measured | None]:
    """Return, line by line, the integers proven of it; None where nothing is."""
    from planner.cdr.step.lines import prove  # noqa: PLC0415  numpy

    if window.overlong:
        return [None]
    proven = prove(window, None)
    found: list[Measured | None] = [None] * proven.lines.end.size
    some = proven.records
    pdds = (_optional(some.caller_pdd.tolist()), _optional(some.callee_pdd.tolist()))
    columns = (some.start.tolist(), some.stop.tolist(), some.hold.tolist(), *pdds)
    for line, each in zip(some.line.tolist(), zip(*columns, strict=True), strict=True):
        found[line] = each
    return found


def _optional(values: list[int]) -> list[int | None]:
    """Return the values with None for those that stand for an absent or empty column."""
    return [value if value >= 0 else None for value in values]


class BatchMaker:
    """Makes batches of one layout in one target's form; travels to other processes."""

    def __init__(self, rows: RowMaker, form: Form) -> None:
        self._rows, self._form = rows, form

    def __call__(self, job: Job) -> Batch:
        """Return the batch of a window; rows the target refuses are rejected."""
        batch, rows = Batch(job.position), []
        before = self._rows.instants.ambiguous
        origin = Origin(job.file_id.encode(), Path(job.path).name)
        for line, measured in zip(lines_of(job.window, job.first), _proven(job.window), strict=True):
            if line.offset < job.begin:
                continue
            found = self._outcome(line, measured, origin)
            if isinstance(found, tuple):
                rows.append(found)
                if not line.whole:
                    batch.position.tail = str(found[0])
            elif isinstance(found, Rejected):
                batch.rejects.append(Reject(job.path, line, found.reason))
            else:
                batch.headers += 1
        batch.ambiguous = self._rows.instants.ambiguous - before
        batch.payload, batch.rows = self._form.pack(rows), len(rows)
        batch.lines = batch.rows + batch.headers + len(batch.rejects)
        return batch

    def _outcome(self, line: Line, measured: Measured | None, origin: Origin) -> Row | Header | Rejected:
        if measured is None:
            parsed = line.parsed()
            if not isinstance(parsed, Record):
                return parsed
            pdds = (parsed.caller_pdd_ms, parsed.callee_pdd_ms)
            measured = (parsed.start_s, parsed.stop_s, parsed.hold_ms, *pdds)
        try:
            row = self._rows.row(line, measured, origin)
        except OutsideUtcError:
            return Rejected(OUTSIDE_UTC)
        return Rejected(TOO_LONG) if self._form.refuses(row) else row
