"""A workload as people write it (`--acd 60s`), and its files: named by the clock, whole or not at all, compressed."""

import bz2
import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, isfinite
from pathlib import Path
from typing import IO, cast

from planner.catalogue.mixtures import codec_mix, missed, number_list
from planner.catalogue.units import QuantityError, measure
from planner.cdr.simulation.calls import DEPTH_SHARES
from planner.cdr.simulation.workload import (
    AT_FILE_END,
    DAY,
    HOUR,
    SHIFT_S,
    Burst,
    Law,
    Layout,
    Routing,
    Timing,
    Traffic,
    Workload,
    WorkloadError,
    check_damage,
    default,
    rejections,
    to_seconds,
)
from planner.cdr.sources import zstandard
from planner.files import replacing

# Asked for by one word: every reason but the ones that are about size or the end of a file.
ALL_REASONS = "all"
NOT_IN_ALL = ("length", *AT_FILE_END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of `plan cdr simulate` as texts; an empty text takes the default."""

    cps: float
    hours: float
    seed: int
    asr: str = ""
    acd: str = ""
    hold_law: str = "exponential"
    setup_time: str = ""
    setup_law: str = "exponential"
    pdd: str = ""
    max_hold: str = ""
    start: str = ""
    diurnal: str = ""
    bursts: tuple[str, ...] = ()
    retries: str = "0"
    caller_gateways: int = 12
    callee_gateways: int = 24
    skew: float = 1.0
    numeric_ids: bool = False
    codecs: str = ""
    columns: str = "19"
    interval: str = ""
    crlf: bool = False
    header: bool = False
    nonconnect: bool = True
    compression: str = ""
    damage: tuple[str, ...] = ()


def read_workload(options: Options) -> Workload:
    """Return the workload that options describe. Raises WorkloadError naming the option."""
    workload = Workload(
        options.seed, _traffic(options), _timing(options), _routing(options), _layout(options), _damage(options)
    )
    check_damage(workload)
    return workload


def _share(option: str, text: str) -> float:
    """Return a share written as 0.4 or 40%."""
    stripped = text.strip()
    try:
        value = float(stripped.removesuffix("%")) / (100 if stripped.endswith("%") else 1)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and 0 <= value <= 1):
        raise WorkloadError(f"{option}: {text!r} is no share; write 0.4 or 40%")
    return value


def _seconds(option: str, text: str, name: str) -> float:
    if not text:
        return float(default(name))
    try:
        return float(measure("duration", text, "s"))
    except QuantityError as error:
        raise WorkloadError(f"{option}: {error}; write {error.expected}") from None


def _law(option: str, text: str, mean: float, spread: str) -> Law:
    """Return a law written as its name, or `lognormal:SPREAD`."""
    shape, sign, given = text.partition(":")
    try:
        wide = float(given) if sign else float(default(spread))
        return Law(shape, mean, wide if shape == "lognormal" else 0.0)
    except WorkloadError as error:
        raise WorkloadError(f"{option}: {error}") from None
    except ValueError:
        raise WorkloadError(f"{option}: {given!r} is no spread; write lognormal:1.2") from None


def _traffic(options: Options) -> Traffic:
    if not (isfinite(options.hours) and options.hours > 0):
        raise WorkloadError(f"--hours: the archive must cover some time, not {options.hours:g} h")
    asr = _share("--asr", options.asr) if options.asr else float(default("asr"))
    bursts = tuple(_burst(text) for text in options.bursts)
    retries = _share("--retries", options.retries)
    seconds = round(options.hours * HOUR)
    start = _start(options.start or str(default("start")))
    return Traffic(options.cps, asr, seconds, start, _diurnal(options.diurnal), bursts, retries)


def _start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise WorkloadError(f"--start: {text!r} is no time; write 2026-04-26 or 2026-04-26T08:00:00") from None
    if start.tzinfo is not None:
        raise WorkloadError(f"--start: {text!r} names a zone; the files hold local times without one")
    return start.replace(microsecond=0)


def _diurnal(text: str) -> tuple[float, ...]:
    if not text:
        return (1.0,) * 24
    try:
        return tuple(float(value) for value in number_list(text))
    except QuantityError as error:
        raise WorkloadError(f"--diurnal: {error}; write 24 factors separated by commas") from None


def _burst(text: str) -> Burst:
    """Return a burst written as HH:MM,LENGTH,FACTOR."""
    try:
        at, length, factor = text.split(",")
        of_day = datetime.strptime(at, "%H:%M")  # noqa: DTZ007  a time of day has no zone
        seconds = float(of_day.hour * HOUR + of_day.minute * 60)
        return Burst(seconds, float(measure("duration", length, "s")), float(factor))
    except WorkloadError as error:
        raise WorkloadError(f"--burst: {error}") from None
    except (ValueError, QuantityError):
        raise WorkloadError(f"--burst: {text!r} is no burst; write 10:00,5m,3 (at, length, factor)") from None


def _timing(options: Options) -> Timing:
    hold = _law("--hold-law", options.hold_law, _seconds("--acd", options.acd, "acd"), "lognormal_spread")
    mean = _seconds("--setup-time", options.setup_time, "setup_time")
    setup = _law("--setup-law", options.setup_law, mean, "lognormal_spread")
    pdd = Law("lognormal", _seconds("--pdd", options.pdd, "pdd"), float(default("pdd_spread")))
    longest = _seconds("--max-hold", options.max_hold, "max_hold")
    return Timing(hold, setup, pdd, float(default("min_setup")), float(default("max_setup")), longest)


def _routing(options: Options) -> Routing:
    codecs: tuple[tuple[str, float], ...] = ()
    if options.codecs:
        try:
            codecs = tuple(codec_mix(options.codecs).items())
        except QuantityError as error:
            raise WorkloadError(f"--codec: {error}; write {error.expected}") from None
    return Routing(options.caller_gateways, options.callee_gateways, options.skew, options.numeric_ids, codecs)


def _layout(options: Options) -> Layout:
    return Layout(
        round(_seconds("--interval", options.interval, "interval")),
        _columns(options.columns),
        options.crlf,
        options.header,
        options.nonconnect,
        options.compression,
    )


def _columns(text: str) -> tuple[tuple[int, float], ...]:
    """Return column counts written as 19, or as a mix 17=30,19=70."""
    try:
        pairs = [part.partition("=") for part in text.split(",")]
        mix = tuple((int(count), float(share or 1)) for count, _, share in pairs)
    except ValueError:
        raise WorkloadError(f"--columns: {text!r} is no mix; write 19, or 17=30,19=70") from None
    total = sum(share for _, share in mix)
    if not (total > 0 and all(isfinite(share) and share >= 0 for _, share in mix)):
        raise WorkloadError(f"--columns: the shares of {text!r} must be 0 or more, and one above 0")
    if whole := missed(total):
        raise WorkloadError(f"--columns: the shares of {text!r} add up to {total:g}, not to {whole}")
    return tuple((count, share / total) for count, share in mix)


def _damage(options: Options) -> tuple[tuple[str, float], ...]:
    """Return kinds written as KIND=SHARE, each once; `all=SHARE` spreads a share over every reason."""
    shares: dict[str, float] = {}
    for text in (part for option in options.damage for part in option.split(",")):
        name, sign, share = text.strip().partition("=")
        if not sign:
            raise WorkloadError(f"--damage: {text!r} has no share; write fields=0.001 or fields=0.1%")
        names = [kind for kind in rejections() if kind not in NOT_IN_ALL] if name == ALL_REASONS else [name]
        value = _share("--damage", share) / len(names)
        shares |= {kind: shares.get(kind, 0.0) + value for kind in names}
    return tuple(shares.items())


# Names of CDR files by the clock, and files that appear whole or not at all, compressed on request.

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
