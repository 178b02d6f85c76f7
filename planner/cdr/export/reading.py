"""CDR files as batches of rows and rejected lines, in bounded memory, from any byte on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from planner.cdr.export.instants import OutsideUtcError
from planner.cdr.export.rows import KEY_BYTES, Place, RowMaker, digest
from planner.cdr.line import Record, Rejected, parse_line
from planner.cdr.sources import Source, is_compressed, open_plain
from planner.cdr.windows import WindowReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.cdr.export.columns import Row
    from planner.cdr.windows import Stream, Window

TRUNCATED = "truncated"
# What the format accepts and a target cannot hold.
OUTSIDE_UTC = "outside_utc"
TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands: content without its LF, number from 1, byte offset; `whole`: it had an LF."""

    content: bytes
    number: int
    offset: int
    whole: bool = True
    overlong: int = 0

    def parsed(self) -> object:
        """Return what the line is: a record, a header or why it is rejected."""
        found = Rejected("length") if self.overlong else parse_line(self.content)
        return Rejected(TRUNCATED) if isinstance(found, Rejected) and not self.whole else found


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


@dataclass(slots=True)
class Batch:
    """Rows and rejected lines of a stretch of a file, and the position after it."""

    position: Position
    rows: list[Row] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    headers: int = 0
    lines: int = 0


class Fingerprint:
    """A running digest of the content of a file, window by window."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=KEY_BYTES)

    def add(self, window: Window, end: int | None = None) -> None:
        """Add a window, up to byte `end` of the file; a line too long to hold counts by its length."""
        if window.overlong:
            self._digest.update(b"\0%d" % window.overlong)
            return
        stop = window.high if end is None else window.low + end - window.offset
        with memoryview(window.buffer) as view:
            self._digest.update(view[window.low : stop])

    def text(self) -> str:
        """Return the digest so far."""
        return self._digest.hexdigest()


def _lines(window: Window, first: int) -> Iterator[Line]:
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


class FileReader:
    """Reads one file; `size` bounds a plain file that may grow while it is read."""

    def __init__(self, source: Source, maker: RowMaker, shown: str = "") -> None:
        self.source, self._maker = source, maker
        self.path = shown or source.path
        self._name = Path(self.path).name
        self._end = None if is_compressed(source.path) else source.size

    @cached_property
    def first_record(self) -> str:
        """The identity of the file's first record. Raises UnreadableError."""
        with open_plain(self.source.path) as stream:
            for window in WindowReader(cast("Stream", stream), 0, self._end):
                for line in _lines(window, 1):
                    if isinstance(record := line.parsed(), Record):
                        return digest(self._maker.content(record, line.content.removesuffix(b"\r")).raw)
        return digest(b"no record")

    def matches(self, positions: list[Position]) -> Position | None:
        """Return the farthest of some positions before which this file has the same content."""
        left = sorted(positions, key=lambda position: position.bytes)
        print_, reached = Fingerprint(), None
        with open_plain(self.source.path) as stream:
            for window in WindowReader(cast("Stream", stream), 0, self._end):
                after = window.offset + (window.overlong or window.high - window.low)
                while left and left[0].bytes <= after:
                    wanted = left.pop(0)
                    reached = wanted if _matches(print_, window, wanted) else reached
                if not left:
                    break
                print_.add(window)
        return reached

    def batches(self, file_id: str, begin: Position, refuses: Callable[[Row], bool]) -> Iterator[Batch]:
        """Yield the file from a position on; rows the target `refuses` are rejected.

        Raises UnreadableError, and what decompressors raise over damaged files.
        """
        with open_plain(self.source.path) as stream:
            yield from self._batches(stream, file_id, begin, refuses)

    def _batches(
        self, stream: BinaryIO, file_id: str, begin: Position, refuses: Callable[[Row], bool]
    ) -> Iterator[Batch]:
        print_ = Fingerprint()
        reader = WindowReader(cast("Stream", stream), 0, self._end)
        number = 1
        for window in reader:
            after = window.offset + (window.overlong or window.high - window.low)
            if after <= begin.bytes:
                print_.add(window)
                number += 1 if window.overlong else window.buffer.count(b"\n", window.low, window.high)
                continue
            batch = Batch(Position())
            for line in _lines(window, number):
                number = line.number + 1
                if line.offset >= begin.bytes:
                    self._add(batch, line, file_id, refuses)
            self._finish(batch, window, number, print_)
            yield batch

    def _add(self, batch: Batch, line: Line, file_id: str, refuses: Callable[[Row], bool]) -> None:
        batch.lines += 1
        found = line.parsed()
        if isinstance(found, Record):
            found = self._row(found, line, file_id)
        if isinstance(found, tuple) and refuses(found):
            found = Rejected(TOO_LONG)
        if isinstance(found, Rejected):
            batch.rejects.append(Reject(self.path, line, found.reason))
        elif isinstance(found, tuple):
            batch.rows.append(found)
            batch.position.tail = "" if line.whole else str(found[0])
        else:
            batch.headers += 1

    def _row(self, record: Record, line: Line, file_id: str) -> Row | Rejected:
        content = self._maker.content(record, line.content.removesuffix(b"\r"))
        place = Place(file_id, self._name, line.number, line.offset)
        try:
            return self._maker.row(content, place)
        except OutsideUtcError:
            return Rejected(OUTSIDE_UTC)

    @staticmethod
    def _finish(batch: Batch, window: Window, number: int, print_: Fingerprint) -> None:
        """Note the position after a window; a last line without LF is left for the next time."""
        after = window.offset + (window.overlong or window.high - window.low)
        lines = number - 1
        if not window.terminated:
            cut = window.buffer.rfind(b"\n", window.low, window.high) + 1
            after = window.offset if window.overlong else window.offset + max(cut - window.low, 0)
            lines -= 1
        if not (window.overlong and not window.terminated):
            print_.add(window, after)
        batch.position.bytes, batch.position.lines = after, lines
        batch.position.prefix = print_.text()


def _matches(print_: Fingerprint, window: Window, wanted: Position) -> bool:
    trial = Fingerprint()
    trial._digest = print_._digest.copy()  # noqa: SLF001  a copy of its own kind
    if wanted.bytes > window.offset:
        trial.add(window, wanted.bytes)
    return trial.text() == wanted.prefix
