"""The simulator's data, and damage on purpose: every reason to reject a line, and lines that trip readers.

A kind acts at one of three places: on the numbers of a call before it is written, on the text of its
line, or on the end of a file. Rejected lines leave the traffic the truth counts; suspicious ones stay in
it with changed values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.catalogue.data import SCHEMAS
from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    import numpy as np

    from planner.cdr.simulation.lines import Calls, Whole


# Kinds beyond the format's reasons and suspicions, with what they do; all three leave accepted records.
LEGAL = {
    "duplicate": "the line is written twice",
    "hold_seconds": "holdTime is written in seconds instead of milliseconds",
    "odd_text": "quotes, backslashes, commas or letters beyond ASCII in the access numbers",
}
# Shares of these count files, not lines.
AT_FILE_END = ("truncated", "unterminated")
SHIFT_S = 60


@cache
def rejections() -> tuple[str, ...]:
    """Return the reasons to reject a line, in the format's order."""
    return tuple(reason.name for reason in cdr_format().reasons)


@cache
def suspicions() -> tuple[str, ...]:
    """Return the suspicions a simulated record can raise, in the format's order: it never lasts implausibly."""
    every = (suspicion.name for suspicion in cdr_format().suspicions)
    return tuple(name for name in every if name != "implausible_duration")


@cache
def kinds() -> tuple[str, ...]:
    """Return every kind of damage a workload may ask for."""
    return (*rejections(), *suspicions(), *LEGAL)


def check_damage(workload: Workload) -> None:
    """Refuse names that are no kind of damage, and more damage than lines. Raises WorkloadError."""
    for name, _ in workload.damage:
        if name not in kinds():
            raise WorkloadError(f"damage {name!r} is unknown; use {', '.join(kinds())}")
    total = sum(share for _, share in line_damage(workload))
    if total > 1:
        raise WorkloadError(f"the shares of damaged lines add up to {total:g}; at most 1 can be damaged")


def line_damage(workload: Workload) -> tuple[tuple[str, float], ...]:
    """Return the kinds that act on lines, with the share of lines each takes."""
    return tuple((name, share) for name, share in workload.damage if name not in AT_FILE_END and share > 0)


def file_damage(workload: Workload) -> dict[str, float]:
    """Return the kinds that act on the end of a file, with the share of files each takes."""
    return {name: share for name, share in workload.damage if name in AT_FILE_END and share > 0}


def damage_numbers(calls: Calls, names: list[str], interval: int, rng: np.random.Generator) -> None:
    """Change the values of calls whose `damage` is of a suspicious kind, `names[damage - 1]`."""
    shift = rng.integers(1, SHIFT_S, calls.size)
    for code, name in enumerate(names, start=1):
        if change := CHANGES.get(name):
            hit = calls["damage"] == code
            part = calls[hit]
            for column, values in change(part, shift[hit], interval).items():
                part[column] = values
            calls[hit] = part


# What a kind sets in the calls it takes, from their values, shifts (s) and the interval of the files (s).
CHANGES: dict[str, Callable[[Calls, Whole, int], dict[str, Any]]] = {
    "stop_before_start": lambda calls, shift, _: {"start": calls["stop"] + shift},
    "hold_exceeds_duration": lambda calls, shift, _: {
        "hold": (calls["stop"] - calls["start"] + 1 + shift) * MILLISECONDS
    },
    "hold_seconds": lambda calls, _, __: {"hold": (calls["hold"] + MILLISECONDS // 2) // MILLISECONDS},
    # A record that was flushed late: it stands at the top of the next file.
    "outside_file_time": lambda calls, _, interval: {"written": (calls["stop"] // interval + 1) * interval},
    "fields_18": lambda *_: {"columns": 18},
    "pdd_empty": lambda *_: {"columns": 19, "caller_pdd": -1, "callee_pdd": -1},
    "pdd": lambda *_: {"columns": 19},
}


# Sound lines turned into bad ones: one way after another for each reason, so that every way occurs.

SEPARATOR = b"|"
FULL_WIDTH_TWELVE = "\uff11\uff12".encode()
BAD_BYTES = (b"\xff", b"\xc0\xaf", b"\xe2\x82", b"\xed\xa0\x80", b"\0", b"\x80", b"\xf8\x88\x80\x80\x80")
BAD_INTEGERS = (
    b"+1", b"-1", b"1e3", b"1.5", b" 7", b"7 ", b"N/A", b"0x10", b"1234567890", b"1_000",
    b'"7"', FULL_WIDTH_TWELVE,
)  # fmt: skip
ODD_TEXTS = (
    b'"', b"O'Hara", b"back\\slash", b'"Example, Inc."', b"\xc3\xa9t\xc3\xa9", b"\\", b"#1", b"a,b;c",
    b"a\rb", b"\xf0\x9f\x93\x9e", b" \t ",
)  # fmt: skip


def _bad_instants(sound: bytes) -> tuple[bytes, ...]:
    day, clock = sound[:10], sound[11:]
    return (
        b"", sound[:4] + b"-02-30 " + clock, day + b" 24:00:00", day + b" 23:59:60", day + b"T" + clock,
        day + b" " + clock[:5], b" " + sound, sound + b"Z", b"0000-00-00 00:00:00", day + b" 12:60:00",
        sound[:5] + b"13" + sound[7:], sound[2:], b"1777204818000", sound.replace(b"-", b"/"),
    )  # fmt: skip


def _length(fields: list[bytes], way: int) -> list[bytes]:
    limit = cdr_format().limits["line_bytes"]
    return [*fields[:11], b"5" * (limit + 1 + way % 7), *fields[12:]]


def _encoding(fields: list[bytes], way: int) -> list[bytes]:
    spoiled = list(fields)
    # The numbers, the gateways and the last field in turn.
    place = (0, 7, 11, len(fields) - 1)[way // len(BAD_BYTES) % 4]
    spoiled[place] = spoiled[place][:2] + BAD_BYTES[way % len(BAD_BYTES)] + spoiled[place][2:]
    return spoiled


def _fields(fields: list[bytes], way: int) -> list[bytes]:
    ways = (
        fields[:16], fields[:12], fields[:1], [*fields, *[b"0"] * 4], [*fields, *[b""] * 27],
        [b";".join(fields)], [b",".join(fields)], [*fields[:3], *fields], [b"#" + fields[0]],
    )  # fmt: skip
    return list(ways[way % len(ways)])


def _replaced(fields: list[bytes], place: int, ways: tuple[bytes, ...], way: int) -> list[bytes]:
    return [*fields[:place], ways[way % len(ways)], *fields[place + 1 :]]


SPOILERS: dict[str, Callable[[list[bytes], int], list[bytes]]] = {
    "empty": lambda _, __: [b""],
    "length": _length,
    "encoding": _encoding,
    "fields": _fields,
    "start_time": lambda fields, way: _replaced(fields, 2, _bad_instants(fields[2]), way),
    "stop_time": lambda fields, way: _replaced(fields, 3, _bad_instants(fields[3]), way),
    "hold_time": lambda fields, way: _replaced(fields, 4, (b"", *BAD_INTEGERS), way),
    "pdd": lambda fields, way: _replaced(fields, 17 + way // len(BAD_INTEGERS) % 2, BAD_INTEGERS, way),
    "odd_text": lambda fields, way: _replaced(fields, 11 + way // len(ODD_TEXTS) % 2, ODD_TEXTS, way),
}


def spoil(content: bytes, kind: str, way: int) -> bytes:
    """Return a line's content (without line end) damaged in the `way`-th way of its kind."""
    return SEPARATOR.join(SPOILERS[kind](content.split(SEPARATOR), way))


def torn(content: bytes, way: int) -> bytes:
    """Return the beginning of a line as a killed writer leaves it: at least a byte, never 17 fields."""
    fields = content.split(SEPARATOR)
    whole = SEPARATOR.join(fields[: 1 + way % 16])
    return whole[: max(1, len(whole) - way % 5)]


# The simulator's data: defaults, codes with their weights, reserved numbers and addresses.


@cache
def vocabulary() -> dict[str, Any]:
    """Return the data of `schemas/simulation.json`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / "simulation.json").read_text(encoding="utf-8"))
    return loaded


def default(name: str) -> Any:  # noqa: ANN401  numbers and texts alike
    """Return the value a simulation takes where the user declares none, in the unit its entry states."""
    return vocabulary()["defaults"][name]["value"]


def codes(name: str) -> list[str]:
    """Return every code of a vocabulary once, in the order of first mention: answered, then failed."""
    entry = vocabulary()[name]
    return list(dict.fromkeys(code for code, _ in (*entry["answered"], *entry["failed"])))


def weights(name: str, outcome: str) -> list[float]:
    """Return the probability of each of `codes(name)` for calls of this outcome (answered or failed)."""
    chosen = dict(vocabulary()[name][outcome])
    total = sum(chosen.values())
    return [chosen.get(code, 0) / total for code in codes(name)]


# Local times as whole seconds since 1970 of the same clock, and back; a day has 86,400 of them.

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  the files' times have no zone


def to_seconds(local: datetime) -> int:
    """Return a local time as seconds since 1970 of the same clock."""
    return (local - EPOCH) // timedelta(seconds=1)


def to_text(seconds: int) -> str:
    """Return an instant as the files write it."""
    return (EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S")


# What is simulated: the traffic, its timing, the gateways it runs over and the layout of its files.
#
# Plain frozen values, checked when they are made; times are seconds, shares are fractions of one.

DAY = 86400
HOUR = 3600
HOURS_A_DAY = 24
MILLISECONDS = 1000
SHAPES = ("exponential", "lognormal", "deterministic")
COMPRESSIONS = ("", "gz", "bz2", "xz", "zst")
COLUMN_COUNTS = (17, 18, 19)
MAX_GATEWAYS = 60_000
# Four digits, with room for the last calls; local times count from 1970.
YEARS = (1970, 8999)


class WorkloadError(ValueError):
    """A workload nobody could simulate: the message says what was given and what would be right."""


def _require(holds: bool, message: str) -> None:  # noqa: FBT001  a condition is a boolean
    if not holds:
        raise WorkloadError(message)


@dataclass(frozen=True, slots=True)
class Law:
    """A distribution of times: its shape, mean (s) and, for log-normal, the spread of the logarithm."""

    shape: str
    mean: float
    spread: float = 0.0

    def __post_init__(self) -> None:
        _require(self.shape in SHAPES, f"law {self.shape!r} is unknown; use one of {', '.join(SHAPES)}")
        _require(isfinite(self.mean) and self.mean >= 0, f"a mean time must be 0 s or more, not {self.mean:g}")
        _require(0 <= self.spread <= 5, f"a spread lies between 0 and 5, not {self.spread:g}")  # noqa: PLR2004  e^5 already spans 22 orders of magnitude


@dataclass(frozen=True, slots=True)
class Burst:
    """A daily surge: from `at` (s after midnight) for `length` s the rate is multiplied by `factor`."""

    at: float
    length: float
    factor: float

    def __post_init__(self) -> None:
        _require(0 <= self.at < DAY, f"a burst starts within the day, not at {self.at:g} s after midnight")
        _require(0 < self.length <= DAY, f"a burst lasts up to a day, not {self.length:g} s")
        _require(isfinite(self.factor) and self.factor >= 0, f"a factor is 0 or more, not {self.factor:g}")


@dataclass(frozen=True, slots=True)
class Traffic:
    """Attempts per second, the share answered, and how the rate moves over the day.

    `cps` counts every try as an attempt, further tries of a failed call included; `retries` is their share.
    `diurnal` holds one factor per hour of the day, `seconds` the time over which attempts start.
    """

    cps: float
    asr: float
    seconds: int
    start: datetime
    diurnal: tuple[float, ...] = (1.0,) * HOURS_A_DAY
    bursts: tuple[Burst, ...] = ()
    retries: float = 0.0

    def __post_init__(self) -> None:
        _require(isfinite(self.cps) and 0 < self.cps <= 1e6, f"CPS must be above 0, not {self.cps:g}")  # noqa: PLR2004  beyond any switch
        _require(0 <= self.asr <= 1, f"ASR is a share between 0 and 1 (or 0% and 100%), not {self.asr:g}")
        _require(self.seconds > 0, f"the archive must cover some time, not {self.seconds} s")
        _require(self.start.tzinfo is None, "the start is a local time without a zone, as in the files")
        first, last = self.start.year, self.start.year + self.seconds // (365 * DAY)
        wrong = f"years lie between {YEARS[0]} and {YEARS[1]}, not {first}-{last}"
        _require(YEARS[0] <= first <= last <= YEARS[1], wrong)
        _require(len(self.diurnal) == HOURS_A_DAY, f"a daily profile has 24 values, not {len(self.diurnal)}")
        _require(all(isfinite(f) and f >= 0 for f in self.diurnal), "a daily profile has factors of 0 or more")
        _require(0 <= self.retries <= 0.5, f"retries are a share between 0 and 0.5, not {self.retries:g}")  # noqa: PLR2004  a further try needs a first one


@dataclass(frozen=True, slots=True)
class Timing:
    """The laws of conversation, set-up and post-dial delay, and the longest times the switch allows (s)."""

    hold: Law
    setup: Law
    pdd: Law
    min_setup: float
    max_setup: float
    max_hold: float

    def __post_init__(self) -> None:
        _require(self.hold.mean > 0, f"ACD must be above 0 s, not {self.hold.mean:g}")
        _require(1 <= self.max_hold <= 10 * DAY, f"the longest call is 1 s to 10 days, not {self.max_hold:g} s")
        _require(self.hold.mean <= self.max_hold, f"an ACD of {self.hold.mean:g} s exceeds --max-hold")
        _require(
            self.min_setup <= self.setup.mean <= self.max_setup,
            f"the setup time must lie between {self.min_setup:g} s (times are written in whole seconds)"
            f" and {self.max_setup:g} s, not {self.setup.mean:g} s",
        )


@dataclass(frozen=True, slots=True)
class Routing:
    """How many gateways carry the traffic, how unevenly (a Zipf exponent), and what they are called."""

    caller_gateways: int = 12
    callee_gateways: int = 24
    skew: float = 1.0
    numeric_ids: bool = False
    codecs: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for count in (self.caller_gateways, self.callee_gateways):
            _require(1 <= count <= MAX_GATEWAYS, f"gateways: 1 to {MAX_GATEWAYS}, not {count}")
        _require(0 <= self.skew <= 5, f"a skew lies between 0 (even) and 5, not {self.skew:g}")  # noqa: PLR2004  above, one gateway carries all


@dataclass(frozen=True, slots=True)
class Layout:
    """How files are cut, named and written."""

    interval: int
    columns: tuple[tuple[int, float], ...] = ((19, 1.0),)
    crlf: bool = False
    header: bool = False
    nonconnect: bool = True
    compression: str = ""

    def __post_init__(self) -> None:
        _require(60 <= self.interval <= DAY, f"an interval lies between 60 and 86400 s, not {self.interval}")  # noqa: PLR2004  the documented range
        _require(DAY % self.interval == 0, f"an interval divides the day into equal files; {self.interval} s does not")
        _require(self.compression in COMPRESSIONS, f"compression is gz, bz2, xz or zst, not {self.compression!r}")
        for count, _ in self.columns:
            _require(count in COLUMN_COUNTS, f"lines have 17, 18 or 19 columns, not {count}")


@dataclass(frozen=True, slots=True)
class Workload:
    """One archive: the same workload gives the same bytes, whatever number of processes writes them."""

    seed: int
    traffic: Traffic
    timing: Timing
    routing: Routing
    layout: Layout
    damage: tuple[tuple[str, float], ...] = field(default=())

    def __post_init__(self) -> None:
        _require(self.seed >= 0, f"a seed is a whole number from 0, not {self.seed}")
        shares = [share for _, share in self.damage]
        _require(all(0 <= share <= 1 for share in shares), "a share of damage lies between 0 and 1")
