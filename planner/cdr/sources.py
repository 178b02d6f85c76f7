"""Where CDRs come from: files, folders, patterns and standard input, plain or compressed; each file once."""

from __future__ import annotations

import bz2
import glob
import gzip
import lzma
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from planner.cdr.windows import broken
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
SUFFIXES = frozenset(("", ".txt", ".cdr", ".csv", ".log"))
"""What a CDR file's name may end with, below a suffix of compression, in any case of letters."""
_PIECE = 1 << 18
_NAMED = 5


class UnreadableError(Exception):
    """An input that cannot be read; the message names it and says what would be right."""


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
    identity = (state.st_dev, state.st_ino) if state.st_ino else (0, 0)
    return Source(str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns, identity)


def plain_name(path: str) -> str:
    """Return a path without its suffix of compression."""
    return path[: -len(Path(path).suffix)] if is_compressed(path) else path


def _inside(folder: Path) -> tuple[list[Source], list[str]]:
    """Return the CDR files below a folder, and what is said of those left out."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    fitting = [path for path in files if Path(plain_name(str(path))).suffix.lower() in SUFFIXES]
    if not fitting:
        expected = "YYYYMMDDHH.txt, .cdr, .csv or .log, plain or as .gz, .bz2, .xz or .zst"
        raise UnreadableError(f"{folder}: no CDR files here; expected {expected}")
    others = [path.name for path in files if path not in set(fitting)]
    return [_source(path) for path in fitting], [_left_out(folder, others)] if others else []


def _left_out(folder: Path, names: list[str]) -> str:
    listed = ", ".join(map(shown, names[:_NAMED])) + (", ..." if len(names) > _NAMED else "")
    return wording(
        "{folder}: left out {count} by their names: {names}", folder=shown(str(folder)), count=len(names), names=listed
    )


def _expand(argument: str) -> tuple[list[Source], list[str]]:
    if argument == STDIN:
        return [Source(STDIN)], []
    path = Path(argument)
    if path.is_dir():
        return _inside(path)
    if path.exists() or not glob.has_magic(argument):
        return [_source(path)], []
    matches = [Path(match) for match in sorted(glob.glob(argument, recursive=True))]  # noqa: PTH207  a shell's pattern
    if not matches:
        raise UnreadableError(f"{argument}: no file matches this pattern")
    return [_source(match) for match in matches if match.is_file()], []


class Found(NamedTuple):
    """The inputs, each file once and in the order of paths; what was not found; and what was left out, and why."""

    sources: list[Source]
    errors: list[UnreadableError]
    notes: list[str]


def find_sources(arguments: Iterable[str]) -> Found:
    """Return the inputs the arguments name.

    Folders are searched to any depth for the suffixes in `SUFFIXES`; hidden files are left out. A file is itself
    under any spelling, link or hard link; a compressed copy of a file that is there too is left out.
    """
    named: dict[str, Source] = {}
    errors: list[UnreadableError] = []
    notes: list[str] = []
    for argument in arguments:
        try:
            sources, said = _expand(argument)
        except UnreadableError as error:
            errors.append(error)
            continue
        named |= {source.path: source for source in sources}
        notes += said
    once = _once(sorted(named.values()), notes)
    return Found(_without_twins(once, notes), errors, notes)


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
    """Return the sources without those that hold, compressed, what another one of the same name holds."""
    kept: dict[str, Source] = {}
    left = set()
    for source in sorted(sources, key=lambda each: (plain_name(each.path), is_compressed(each.path))):
        first = kept.setdefault(plain_name(source.path), source)
        if first is not source and _same_content(first.path, source.path):
            left.add(source.path)
            same = wording("{path}: the same records as {other}", path=shown(source.path), other=shown(first.path))
            notes.append(same)
    return [source for source in sources if source.path not in left]


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


def _filled(stream: BinaryIO) -> bytes:
    parts, length = [], 0
    while length < _PIECE and (part := stream.read(_PIECE - length)):
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def is_compressed(path: str) -> bool:
    """Tell whether a file must be decompressed, and therefore read from its beginning."""
    return path.lower().endswith(COMPRESSED)


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
    return UnreadableError(f"{path}: cannot be read to its end ({reason}); restore it or leave it out")
