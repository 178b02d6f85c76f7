"""Names of CDR files by the clock, and files that appear whole or not at all, compressed on request."""

from __future__ import annotations

import bz2
import gzip
import lzma
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, cast

from planner.cdr.simulation.workload import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.cdr.simulation.workload import Layout

MINUTE = 60
GZIP_LEVEL = 6


def file_name(start: int, layout: Layout) -> str:
    """Return the name of the file that begins at `start` (s since 1970, local).

    Hourly files are YYYYMMDDHH.txt as documented; other intervals add what they need: minutes, seconds.
    """
    pattern = "%Y%m%d%H"
    if layout.interval != HOUR:
        pattern += "%M" if layout.interval % MINUTE == 0 else "%M%S"
    stem = datetime.fromtimestamp(start, UTC).strftime(pattern)
    return f"{stem}.txt" + (f".{layout.compression}" if layout.compression else "")


@contextmanager
def new_file(path: Path, compression: str) -> Iterator[IO[bytes]]:
    """Open `path` for writing; it takes its name when the block ends well, else nothing is left."""
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as raw, _compressor(raw, compression) as stream:
            yield stream
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def _compressor(raw: IO[bytes], compression: str) -> Iterator[IO[bytes]]:
    """Wrap a file in a compressor that writes no names and no times: same content, same bytes."""
    if not compression:
        yield raw
        return
    with _open(raw, compression) as stream:
        yield stream


def _open(raw: IO[bytes], compression: str) -> IO[bytes]:
    if compression == "gz":
        return cast("IO[bytes]", gzip.GzipFile("", "wb", GZIP_LEVEL, raw, mtime=0))
    if compression == "bz2":
        return bz2.open(raw, "wb")
    if compression == "xz":
        return lzma.open(raw, "wb", preset=1)
    import zstandard  # noqa: PLC0415  only this compression needs the library

    return zstandard.ZstdCompressor(level=3).stream_writer(raw, closefd=False)
