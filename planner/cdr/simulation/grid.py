"""Names of CDR files by the clock, and files that appear whole or not at all, compressed on request."""

from __future__ import annotations

import bz2
import gzip
import lzma
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import IO, TYPE_CHECKING, cast

from planner.cdr.simulation.calls import DEPTH_SHARES
from planner.cdr.simulation.damage import SHIFT_S
from planner.cdr.simulation.workload import DAY, HOUR, Workload, to_seconds
from planner.cdr.sources import zstandard
from planner.files import replacing

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
    with replacing(path) as raw, _compressor(raw, compression) as stream:
        yield stream


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
    return cast("IO[bytes]", zstandard().ZstdFile(raw, "wb", level=3))


# How an archive is cut: files by the clock, made of equal blocks, and runs of files for one process.
#
# All instants are seconds since 1970 of the local clock.

# Attempts of one block, about: bounds the memory of a process.
BLOCK_ATTEMPTS = 200_000
# What retries are grouped by, and so the step of every horizon.
SLOT_S = 600
# A run repeats the attempts of the hours before it; it must be long against that.
LOOKBACKS_A_RUN = 6


@dataclass(frozen=True, slots=True)
class Grid:
    """The cut of one archive: `files` intervals from `origin`, each of `blocks_a_file` blocks.

    `lookback` (s) is how long before an instant a call can have arrived that still matters at it.
    """

    origin: int
    interval: int
    files: int
    blocks_a_file: int
    lookback: int

    @property
    def block(self) -> int:
        """Seconds of a block."""
        return self.interval // self.blocks_a_file

    def file_start(self, index: int) -> int:
        """Return the first instant of a file."""
        return self.origin + index * self.interval

    def horizon(self, instant: int) -> int:
        """Return up to when events are complete once all attempts before `instant` are known."""
        return (instant - 2 * SHIFT_S) // SLOT_S * SLOT_S


def grid(workload: Workload) -> Grid:
    """Return the cut of a workload's archive, long enough for its last call to end."""
    traffic, timing, interval = workload.traffic, workload.timing, workload.layout.interval
    start = to_seconds(traffic.start)
    origin = start // interval * interval
    tries = (len(DEPTH_SHARES) + 1) * (timing.max_setup + 1)
    lookback = ceil(tries + timing.max_hold) + interval + 2 * SHIFT_S + SLOT_S
    files = ceil((start + traffic.seconds + lookback - origin) / interval)
    return Grid(origin, interval, files, _blocks(workload), lookback)


def _blocks(workload: Workload) -> int:
    traffic, interval = workload.traffic, workload.layout.interval
    highest = traffic.cps * max(traffic.diurnal)
    for burst in traffic.bursts:
        highest *= max(burst.factor, 1)
    fitting = (n for n in range(1, interval + 1) if interval % n == 0 and highest * interval / n <= BLOCK_ATTEMPTS)
    return next(fitting, interval)


def runs(workload: Workload, cut: Grid, processes: int) -> list[tuple[int, int]]:
    """Split the files into runs of about equal traffic, as pairs of first and end index."""
    weights = [_weight(workload, cut.file_start(index), cut.interval) for index in range(cut.files)]
    longest = cut.files * cut.interval / (LOOKBACKS_A_RUN * cut.lookback)
    count = min(max(processes, int(longest)), cut.files) if processes > 1 else max(1, int(longest))
    share, total = sum(weights) / count, 0.0
    edges = [0]
    for index, weight in enumerate(weights, start=1):
        total += weight
        if total >= share * len(edges) and len(edges) < count:
            edges.append(index)
    return [(a, b) for a, b in zip(edges, [*edges[1:], cut.files], strict=True) if a < b]


def _weight(workload: Workload, start: int, interval: int) -> float:
    """Return roughly how much traffic an interval sees, by the daily profile."""
    first = to_seconds(workload.traffic.start)
    if not first - interval < start < first + workload.traffic.seconds:
        return 0.0
    hours = range(start, start + interval, HOUR)
    return sum(workload.traffic.diurnal[hour % DAY // HOUR] for hour in hours)
