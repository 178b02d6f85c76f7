"""Lines as they stand in a file, windows to be made batches of, and how far a file was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.cdr.export.rows import KEY_BYTES
from planner.cdr.line import Header, Record, Rejected, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.windows import Window

TRUNCATED = "truncated"


class Line(NamedTuple):
    """A line as it stands: content without its LF, number from 1, byte offset; `whole`: it had an LF."""

    content: bytes
    number: int
    offset: int
    whole: bool = True
    overlong: int = 0

    @property
    def raw(self) -> bytes:
        """The line without its line end."""
        return self.content.removesuffix(b"\r")

    def parsed(self) -> Record | Header | Rejected:
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

    def matches(self, window: Window, wanted: Position) -> bool:
        """Tell whether the content up to a position within the window next to add is that position's."""
        trial = Fingerprint()
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
