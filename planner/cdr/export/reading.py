"""CDR files as batches of rows and rejected lines, in bounded memory, from any byte on."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from planner.cdr.export.instants import OutsideUtcError
from planner.cdr.export.rows import Place, RowMaker, digest
from planner.cdr.export.stretch import Batch, Fingerprint, Line, Position, Reject, lines_of
from planner.cdr.line import Record, Rejected
from planner.cdr.sources import Source, is_compressed, open_plain
from planner.cdr.windows import WindowReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.cdr.export.columns import Row
    from planner.cdr.windows import Stream, Window

# What the format accepts and a target cannot hold.
OUTSIDE_UTC = "outside_utc"
TOO_LONG = "too_long"


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
                for line in lines_of(window, 1):
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
                    reached = wanted if print_.matches(window, wanted) else reached
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
            for line in lines_of(window, number):
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
