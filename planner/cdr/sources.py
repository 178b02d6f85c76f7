"""Where CDR files are found, each once, and bytes in, windows of whole lines out: bounded memory.

A window is a stretch of a reused buffer with room on both sides, so that the vectorised step may look a few
bytes beyond a line. Lines longer than the limit are passed over and reported, never held.
"""

from __future__ import annotations

import bz2
import glob
import gzip
import lzma
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import compress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from planner.cdr.format import Record, cdr_format, parse_line
from planner.files import Kind, look, walk
from planner.wording import wording

_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)

PAD = 256
CHUNK = 1 << 20
_SPARE = 4096
"""Bytes for the rest of a line that is carried on, and for what a file may have grown by."""
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
        # A small file needs a small buffer: clearing a large one takes as long as reading it.
        self._chunk = CHUNK if end is None else min(CHUNK, end - begin + _SPARE)
        self._buffer = bytearray(PAD + self._chunk + _SPARE + PAD)
        self._low = self._high = PAD
        self._offset = begin

    def _read(self) -> bool:
        """Append up to a chunk to the carried rest, moved to the front; False at the end of the stream."""
        rest = self._high - self._low
        carried = self._buffer[self._low : self._high]
        if len(self._buffer) < PAD + rest + self._chunk + PAD:
            self._chunk, self._buffer = CHUNK, bytearray(PAD + CHUNK + self._limit + 2 + PAD)
        self._buffer[PAD : PAD + rest] = carried
        self._low, self._high = PAD, PAD + rest
        with memoryview(self._buffer) as view:
            self._fill(view[: self._high + self._chunk])
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


# Where CDRs come from: files, folders, patterns and standard input, plain or compressed; each file once.

STDIN = "-"
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
SUFFIXES = frozenset(("", ".txt", ".cdr", ".csv", ".log"))
"""What a CDR file's name may end with, below a suffix of compression, in any case of letters."""
_PIECE = 1 << 18
_NAMED = 5
_TELLING = 1 << 12
"""Bytes from which on two files that hold the same are copies; shorter ones are where they hold different records."""
_FILE_URI = re.compile("^file:/+")


class UnreadableError(Exception):
    """An input that cannot be read; the message names it and says what would be right."""


class NothingHereError(UnreadableError):
    """A folder that can be read and holds no CDR file."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One input: the path as shown, and when it was found: its size in bytes (as stored) and its times.

    `mtime_ns` can be set by anyone; `ctime_ns`, where the system keeps it, changes with every change. `identity` is
    device and inode, zeros where the system has none.
    """

    path: str
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0
    identity: tuple[int, int] = (0, 0)


def shown(path: str | Path) -> str:
    r"""Return a path as text that any output can hold: bytes that are no UTF-8 appear as `\xNN`."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _source(path: Path) -> Source:
    try:
        state = path.stat()
    except OSError as error:
        raise UnreadableError(f"{shown(path)}: {error.strerror}") from error
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError(f"{shown(path)}: a pipe or device, not a file; pipe it in and write - for its path")
    identity = (state.st_dev, state.st_ino) if state.st_ino else (0, 0)
    return Source(str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns, identity)


def plain_name(path: str) -> str:
    """Return a path without its suffix of compression."""
    return path[: -len(Path(path).suffix)] if is_compressed(path) else path


def _inside(folder: Path) -> Found:
    """Return the CDR files below a folder, what below it cannot be read, and what is said of those left out."""
    errors: list[UnreadableError] = []
    notes: list[str] = []
    files = _below(folder, errors, notes)
    fits = [is_named_so(str(path)) and not path.name.startswith(".") for path in files]
    if not any(fits) and not errors:
        expected = "YYYYMMDDHH.txt, .cdr, .csv or .log, plain or as .gz, .bz2, .xz or .zst"
        raise NothingHereError("; ".join((f"{shown(folder)}: no CDR files here", *notes, f"expected {expected}")))
    others = [path.name for path, fit in zip(files, fits, strict=True) if not fit]
    return Found(list(_sources(compress(files, fits), errors)), errors, [*_left_out(folder, others), *notes])


def _below(folder: Path, errors: list[UnreadableError], notes: list[str]) -> list[Path]:
    """Return what below a folder is no folder, in order; folders that cannot be read, or are not entered, are told."""

    def enters(path: str) -> bool:
        hidden, link = os.path.basename(path).startswith("."), os.path.islink(path)  # noqa: PTH114, PTH119  many
        if hidden:
            notes.append(wording("{folder}: left out, a hidden folder", folder=shown(path)))
        elif link:
            notes.append(wording("{folder}: left out, a link to a folder: name it beside", folder=shown(path)))
        return not hidden

    found = list(walk(folder, enters))
    errors += (UnreadableError(f"{shown(each.path)}: {each.error}") for each in found if each.kind is Kind.FOLDER)
    return [Path(each.path) for each in found if each.kind is not Kind.FOLDER]


def _sources(paths: Iterable[Path], errors: list[UnreadableError]) -> Iterator[Source]:
    for path in paths:
        try:
            yield _source(path)
        except UnreadableError as error:
            errors.append(error)


def _left_out(folder: Path, names: list[str]) -> Iterator[str]:
    listed = ", ".join(map(shown, names[:_NAMED])) + (", ..." if len(names) > _NAMED else "")
    if len(names) == 1:
        yield wording("{folder}: left out 1 file by its name: {name}", folder=shown(folder), name=listed)
    elif names:
        yield wording(
            "{folder}: left out {count} files by their names: {names}",
            folder=shown(folder),
            count=len(names),
            names=listed,
        )


class Found(NamedTuple):
    """The inputs, each file once and in the order of paths; what was not found; and what was left out, and why."""

    sources: list[Source]
    errors: list[UnreadableError]
    notes: list[str]


def find_sources(arguments: Iterable[str]) -> Found:
    """Return the inputs the arguments name.

    Folders are searched to any depth for the suffixes in `SUFFIXES`; what is hidden is left out. A file is itself
    under any spelling, link or hard link; a copy of a file that is there too, compressed or not, is left out.
    """
    named: dict[str, Source] = {}
    errors: list[UnreadableError] = []
    notes: list[str] = []
    for argument in arguments:
        try:
            found = _expand(argument)
        except UnreadableError as error:
            errors.append(error)
            continue
        named |= {source.path: source for source in found.sources}
        errors += found.errors
        notes += found.notes
    # A twin has the name of a file under any of its spellings: before one of these stands for all.
    untwinned = _without_twins(sorted(named.values()), notes)
    return Found(_once(untwinned, notes), errors, notes)


def is_remote(path: str) -> bool:
    """Tell whether a path is a URI of another file system than this machine's."""
    return "://" in path and not _FILE_URI.match(path)


def is_named_so(path: str) -> bool:
    """Tell whether a file in a folder is taken for one of CDRs, by its suffix; a README is none."""
    name = Path(plain_name(path))
    return name.suffix.lower() in SUFFIXES and name.stem.upper() != "README"


def _expand(argument: str) -> Found:
    if argument == STDIN:
        return Found([Source(STDIN)], [], [])
    argument = _FILE_URI.sub("/", argument)
    if look(argument).kind is Kind.FOLDER:
        return _inside(Path(argument))
    if os.path.lexists(argument) or not glob.has_magic(argument):
        return Found([_source(Path(argument))], [], [])
    matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207  a shell's pattern
    if not matches:
        raise UnreadableError(f"{shown(argument)}: no file matches this pattern")
    return find_sources(matches)


def _once(sources: list[Source], notes: list[str]) -> list[Source]:
    """Return the sources without those that are another one by device and inode."""
    seen: dict[tuple[int, int], Source] = {}
    for source in sources:
        first = seen.setdefault(source.identity, source) if source.identity != (0, 0) else source
        if first is not source and os.path.normpath(first.path) != os.path.normpath(source.path):
            notes.append(wording("{path}: the same file as {other}", path=shown(source.path), other=shown(first.path)))
    identities = {id(each) for each in seen.values()}
    return [source for source in sources if source.identity == (0, 0) or id(source) in identities]


def _without_twins(sources: list[Source], notes: list[str]) -> list[Source]:
    """Return the sources without those that hold, compressed or under another name, what another one holds."""
    folder_of = cache(os.path.realpath)
    real = {source: _real(source.path, folder_of) for source in sources if source.path != STDIN}
    beginning = cache(_beginning)
    compressed = any(map(is_compressed, real.values()))
    kept: dict[object, list[Source]] = {}
    left = set()
    for source in sorted(real, key=lambda each: (plain_name(real[each]), is_compressed(real[each]), each)):
        keys = _may_be_alike(real[source], source.size)
        # A compressed copy of another name has another size, too.
        keys += (beginning(source.path),) if compressed and beginning(source.path).telling else ()
        others = (each for key in keys for each in kept.get(key, ()) if not _is_same_file(each, source, real))
        alike = (each for each in others if beginning(each.path) == beginning(source.path))
        alike = (each for each in alike if plain_name(real[each]) == keys[0] or beginning(each.path).telling)
        first = next((each for each in alike if _same_content(each.path, source.path)), None)
        if first:
            left.add(source.path)
            same = wording("{path}: the same records as {other}", path=shown(source.path), other=shown(first.path))
            notes.append(same)
            continue
        for key in keys:
            kept.setdefault(key, []).append(source)
    return [source for source in sources if source.path not in left]


def _may_be_alike(path: str, size: int) -> tuple[object, ...]:
    """Return what two files must share, one of these, to be looked at: name, or size, or the time in their names."""
    plain = plain_name(path)
    return plain, size, os.path.basename(plain).split(".", 1)[0]  # noqa: PTH119  many


def _is_same_file(one: Source, other: Source, real: dict[Source, str]) -> bool:
    """Tell whether two sources are one file, which is told apart from two that hold the same."""
    return real[one] == real[other] or one.identity == other.identity != (0, 0)


class _Beginning(NamedTuple):
    """The digest of how a file begins, and whether that tells copies."""

    digest: bytes
    telling: bool


def _beginning(path: str) -> _Beginning:
    try:
        with open_plain(path) as stream:
            content = _filled(stream, _TELLING)
    except broken():
        content = b""
    return _Beginning(blake2b(content, digest_size=16).digest(), tells(content))


def tells(content: bytes) -> bool:
    """Tell whether files that begin so, and hold the same, are copies: not of column names, or of one call alone."""
    if len(content) >= _TELLING:
        return True
    return sum(isinstance(parse_line(line), Record) for line in set(content.split(_LF))) > 1


def _real(path: str, folder_of: Callable[[str], str]) -> str:
    """Return where a path leads; most files are no links, and lie in one folder."""
    folder, name = os.path.split(path)
    return os.path.realpath(path) if os.path.islink(path) else os.path.join(folder_of(folder), name)  # noqa: PTH114, PTH118  many


def _same_content(one: str, other: str) -> bool:
    try:
        with open_plain(one) as first, open_plain(other) as second:
            return all(a == b for a, b in _pieces(first, second))
    except broken():
        return False


def _pieces(first: BinaryIO, second: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield equal lengths of both streams, and where one ends what the other still has."""
    while True:
        a, b = _filled(first), _filled(second)
        yield a, b
        if not a or a != b:
            return


def _filled(stream: BinaryIO, most: int = _PIECE) -> bytes:
    parts, length = [], 0
    while length < most and (part := stream.read(most - length)):
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def is_compressed(path: str) -> bool:
    """Tell whether a file must be decompressed, and therefore read from its beginning."""
    return path.lower().endswith(COMPRESSED)


@cache
def zstandard() -> Any:  # noqa: ANN401  one of two modules
    """Return the module of the standard library that Python has from 3.14 on, or what stands for it before."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    except ImportError:
        from backports import zstd  # type: ignore[no-redef, unused-ignore]  # noqa: PLC0415
    return zstd


def decompress(path: str, raw: BinaryIO) -> BinaryIO:
    """Return a stream over the decompressed bytes of `raw`, by the path's suffix."""
    match path.rsplit(".", 1)[-1].lower():
        case "gz":
            return cast("BinaryIO", gzip.GzipFile(fileobj=raw))
        case "bz2":
            return cast("BinaryIO", bz2.BZ2File(raw))
        case "xz":
            return cast("BinaryIO", lzma.LZMAFile(raw))
        case "zst":
            return cast("BinaryIO", zstandard().ZstdFile(raw))
    return raw


@contextmanager
def open_plain(path: str) -> Iterator[BinaryIO]:
    """Open a path's bytes, decompressed by its suffix; `-` is standard input. Raises `OSError`."""
    if path == STDIN:
        yield cast("BinaryIO", sys.stdin.buffer)
        return
    with Path(path).open("rb", buffering=0) as raw, decompress(path, cast("BinaryIO", raw)) as stream:
        yield stream


def damage_of(path: str, error: Exception) -> UnreadableError:
    """Return the clear error for a stream that broke off, or is not what its suffix says."""
    reason = getattr(error, "strerror", None) or error
    return UnreadableError(f"{shown(path)}: cannot be read to its end ({reason}); restore it or leave it out")
