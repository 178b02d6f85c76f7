"""Reading `.zst`: every frame of the file, and an error where the last one is cut short."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator


_PIECE = 1 << 18


class ZstandardReader(io.RawIOBase):
    """A binary stream over the decompressed bytes.

    The library's own reader ends silently at the end of the first frame and at a cut; archives rotated by
    parallel compressors have many frames, and a cut must not look like the end.
    """

    def __init__(self, raw: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415  only where a .zst is read

        self._raw = raw
        self._decompressor = zstandard.ZstdDecompressor()
        self._frame = self._decompressor.decompressobj()
        self._ready = b""
        self._rest = b""
        self._begun = False

    def readable(self) -> bool:
        """Tell that this is an input."""
        return True

    def close(self) -> None:
        """Close the compressed file too."""
        self._raw.close()
        super().close()

    def _next_frame(self) -> None:
        if self._frame.eof:
            self._rest = self._frame.unused_data
            self._frame = self._decompressor.decompressobj()
            self._begun = False

    def _fill(self) -> bool:
        compressed = self._rest or self._raw.read(_PIECE)
        self._rest = b""
        if not compressed:
            if self._begun:
                raise EOFError("the compressed stream ends before its end-of-frame")
            return False
        self._begun = True
        try:
            self._ready = self._frame.decompress(compressed)
        except Exception as error:
            raise OSError(f"not a zstandard stream: {error}") from error
        self._next_frame()
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what is ready; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready:
            if not self._fill():
                return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


# Where CDRs come from: files, folders, patterns and standard input, plain or compressed.

STDIN = "-"
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
SUFFIXES = frozenset(("", ".txt", ".cdr", ".csv", ".log", *COMPRESSED))


class UnreadableError(Exception):
    """An input that cannot be read; the message names it and says what would be right."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One input: the path as shown, and when it was found: its size in bytes (as stored) and its times.

    `mtime_ns` can be set by anyone; `ctime_ns`, where the system keeps it, changes with every change.
    """

    path: str
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0


def shown(path: str) -> str:
    r"""Return a path as text that any output can hold: bytes that are no UTF-8 appear as `\xNN`."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _source(path: Path) -> Source:
    try:
        state = path.stat()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}") from error
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError(f"{path}: a pipe or device, not a file; pipe it in and write - for its path")
    return Source(str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _inside(folder: Path) -> list[Source]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    found = [_source(path) for path in files if ".txt" in path.suffixes or path.suffix in {"", ".cdr", ".log"}]
    if not found:
        raise UnreadableError(f"{folder}: no CDR files here; expected YYYYMMDDHH.txt, .gz, .bz2, .xz or .zst")
    return found


def _expand(argument: str) -> list[Source]:
    if argument == STDIN:
        return [Source(STDIN)]
    path = Path(argument)
    if path.is_dir():
        return _inside(path)
    if path.exists() or not glob.has_magic(argument):
        return [_source(path)]
    matches = [Path(match) for match in sorted(glob.glob(argument, recursive=True))]  # noqa: PTH207  a shell's pattern
    if not matches:
        raise UnreadableError(f"{argument}: no file matches this pattern")
    return [_source(match) for match in matches if match.is_file()]


def find_sources(arguments: list[str]) -> tuple[list[Source], list[UnreadableError]]:
    """Return the inputs the arguments name, each file once and in the order of paths, and what was not found.

    Folders are searched to any depth for the suffixes in `SUFFIXES`; hidden files are left out.
    """
    found: dict[str, Source] = {}
    errors: list[UnreadableError] = []
    for argument in arguments:
        try:
            found |= {source.path: source for source in _expand(argument)}
        except UnreadableError as error:
            errors.append(error)
    return sorted(found.values()), errors


def is_compressed(path: str) -> bool:
    """Tell whether a file must be decompressed, and therefore read from its beginning."""
    return path.endswith(COMPRESSED)


def decompress(path: str, raw: BinaryIO) -> BinaryIO:
    """Return a stream over the decompressed bytes of `raw`, by the path's suffix."""
    match path.rsplit(".", 1)[-1]:
        case "gz":
            return cast("BinaryIO", gzip.GzipFile(fileobj=raw))
        case "bz2":
            return cast("BinaryIO", bz2.BZ2File(raw))
        case "xz":
            return cast("BinaryIO", lzma.LZMAFile(raw))
        case "zst":
            return cast("BinaryIO", ZstandardReader(raw))
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
    return UnreadableError(f"{path}: cannot be read to its end ({reason}); restore it or leave it out")
