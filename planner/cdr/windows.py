"""Bytes in, windows of whole lines out: bounded memory whatever the file holds.

A window is a stretch of a reused buffer with room on both sides, so that the vectorised step may look a few
bytes beyond a line. Lines longer than the limit are passed over and reported, never held.
"""

from __future__ import annotations

import lzma
import sys
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)

PAD = 256
CHUNK = 1 << 20
BOM = b"\xef\xbb\xbf"
_LF = b"\n"


def broken() -> tuple[type[Exception], ...]:
    """Return what a stream raises that breaks off, or is not what its name says."""
    loaded = [module for name in ("compression.zstd", "backports.zstd") if (module := sys.modules.get(name))]
    return (*_BROKEN, *(module.ZstdError for module in loaded))


class Stream(Protocol):
    """What windows are read from: a raw or buffered binary stream."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer with at most its length and return how many bytes came; 0 at the end."""


@dataclass(frozen=True, slots=True)
class Window:
    """Whole lines: `buffer[low:high]`, at byte `offset` of the file.

    `terminated` is False where the last line has no LF. `overlong` is the length of a line beyond the limit:
    such a window holds that line alone, and none of its bytes (`low == high`).
    """

    buffer: bytearray
    low: int
    high: int
    offset: int
    terminated: bool = True
    overlong: int = 0

    @property
    def after(self) -> int:
        """The byte of the file behind the window."""
        return self.offset + (self.overlong or self.high - self.low)

    def detached(self) -> Window:
        """Return the window in a buffer of its own, which the next window leaves alone."""
        room = bytes(PAD)
        own = bytearray(b"".join((room, memoryview(self.buffer)[self.low : self.high], room)))
        return replace(self, buffer=own, low=PAD, high=len(own) - PAD)


class WindowReader:
    """Cuts one stream into windows. `begin` and `end` bound the first bytes of the lines to deliver."""

    def __init__(self, stream: Stream, begin: int = 0, end: int | None = None) -> None:
        # What a damaged archive yields before its damage must not be lost with it: one piece at a time.
        self._take: Callable[[memoryview], int | None] = getattr(stream, "readinto1", stream.readinto)
        self._broken: Exception | None = None
        self._begin = begin
        self._end = end
        self._limit = cdr_format().limits["line_bytes"]
        self._buffer = bytearray(PAD + CHUNK + self._limit + 2 + PAD)
        self._low = self._high = PAD
        self._offset = begin

    def _read(self) -> bool:
        """Append up to a chunk to the carried rest, moved to the front; False at the end of the stream."""
        rest = self._high - self._low
        self._buffer[PAD : PAD + rest] = self._buffer[self._low : self._high]
        self._low, self._high = PAD, PAD + rest
        with memoryview(self._buffer) as view:
            self._fill(view[: self._high + CHUNK])
        return self._high > PAD + rest

    def _fill(self, view: memoryview) -> None:
        """Read until the view is full or the stream ends; where it breaks off, that is kept for the end."""
        try:
            while not self._broken and self._high < len(view) and (count := self._take(view[self._high :])):
                self._high += count
        except broken() as error:
            self._broken = error

    def _drop_bom(self) -> None:
        while self._high - self._low < len(BOM) and self._read():
            pass
        if self._begin == 0 and self._buffer.startswith(BOM, self._low, self._high):
            self._low += len(BOM)
            self._offset += len(BOM)
            # The mark belongs to the first line, wherever this reader's share ends.
            self._end = None if self._end is None else max(self._end, self._offset + 1)

    def _cut(self, end: int, *, terminated: bool = True) -> Window:
        window = Window(self._buffer, self._low, end, self._offset, terminated)
        self._offset += end - self._low
        self._low = end
        return window

    def _pass_over(self) -> Window:
        """Skip a line that exceeds the limit; its LF, if any, belongs to it."""
        start, terminated = self._offset, False
        while not terminated:
            found = self._buffer.find(_LF, self._low, self._high)
            terminated = found >= 0
            cut = found + 1 if terminated else self._high
            self._offset += cut - self._low
            self._low = cut
            if not terminated and not self._read():
                break
        length = self._offset - start
        return Window(self._buffer, self._low, self._low, start, terminated, overlong=length)

    def _within(self, last: int) -> int:
        """Return where the lines that begin before `end` stop, given that lines end at `last`."""
        if self._end is None or self._offset + (last - self._low) <= self._end:
            return last
        beyond = self._low + (self._end - self._offset)
        return min(last, self._buffer.find(_LF, max(beyond - 1, self._low), last) + 1 or last)

    def _rest(self) -> Iterator[Window]:
        if self._low < self._high and not self._done():
            yield self._cut(self._high, terminated=False)

    def _done(self) -> bool:
        return self._end is not None and self._offset >= self._end

    def __iter__(self) -> Iterator[Window]:
        """Yield the windows in the order of the file; each is valid until the next is asked for.

        A stream that breaks off raises its error after all whole lines that came before it.
        """
        self._drop_bom()
        more = True
        while more and not self._done():
            more = self._read()
            last = self._buffer.rfind(_LF, self._low, self._high) + 1
            if last:
                yield self._cut(self._within(last))
            if not self._done() and self._high - self._low > self._limit:
                yield self._pass_over()
        if self._broken:
            raise self._broken
        yield from self._rest()


def skip_partial_line(stream: Stream, begin: int) -> int:
    """Return where the first line from `begin` on starts; the stream stands at `begin - 1`."""
    piece = bytearray(1 << 16)
    position = begin - 1
    while count := stream.readinto(memoryview(piece)) or 0:
        found = piece.find(_LF, 0, count)
        if found >= 0:
            return position + found + 1
        position += count
    return position
