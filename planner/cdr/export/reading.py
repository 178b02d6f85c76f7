"""CDR files as windows to make batches of, in bounded memory, from any byte on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, cast

from planner.cdr.export.rows import RowMaker, digest
from planner.cdr.export.stretch import Fingerprint, Job, Position, lines_of
from planner.cdr.line import Record
from planner.cdr.sources import Source, is_compressed, open_plain, shown
from planner.cdr.windows import WindowReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.windows import Stream, Window


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
        print_, reached = Fingerprint(), None
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
        print_, number = Fingerprint(), 1
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
