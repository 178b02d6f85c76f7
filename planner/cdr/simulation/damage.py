"""Damage on purpose: every reason to reject a line, every suspicion, and legal lines that trip readers.

A kind acts at one of three places: on the numbers of a call before it is written, on the text of its
line, or on the end of a file. Rejected lines leave the traffic the truth counts; suspicious ones stay in
it with changed values.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from planner.cdr.format import cdr_format
from planner.cdr.simulation.workload import MILLISECONDS, WorkloadError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from planner.cdr.simulation.lines import Calls, Whole
    from planner.cdr.simulation.workload import Workload


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
            change(part, shift[hit], interval)
            calls[hit] = part


def _stop_before_start(calls: Calls, shift: Whole, _: int) -> None:
    calls["start"] = calls["stop"] + shift


def _hold_exceeds(calls: Calls, shift: Whole, _: int) -> None:
    calls["hold"] = (calls["stop"] - calls["start"] + 1 + shift) * MILLISECONDS


def _hold_seconds(calls: Calls, _: Whole, __: int) -> None:
    calls["hold"] = (calls["hold"] + MILLISECONDS // 2) // MILLISECONDS


def _outside_file_time(calls: Calls, _: Whole, interval: int) -> None:
    # A record that was flushed late: it stands at the top of the next file.
    calls["written"] = (calls["stop"] // interval + 1) * interval


def _eighteen_fields(calls: Calls, _: Whole, __: int) -> None:
    calls["columns"] = 18


def _no_pdd(calls: Calls, _: Whole, __: int) -> None:
    calls["columns"] = 19
    calls["caller_pdd"] = calls["callee_pdd"] = -1


def _with_pdd(calls: Calls, _: Whole, __: int) -> None:
    calls["columns"] = 19


CHANGES = {
    "stop_before_start": _stop_before_start,
    "hold_exceeds_duration": _hold_exceeds,
    "hold_seconds": _hold_seconds,
    "outside_file_time": _outside_file_time,
    "fields_18": _eighteen_fields,
    "pdd_empty": _no_pdd,
    "pdd": _with_pdd,
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


def _empty(_: list[bytes], __: int) -> list[bytes]:
    return [b""]


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


def _instant(index: int) -> Callable[[list[bytes], int], list[bytes]]:
    def spoil(fields: list[bytes], way: int) -> list[bytes]:
        ways = _bad_instants(fields[index])
        return [*fields[:index], ways[way % len(ways)], *fields[index + 1 :]]

    return spoil


def _hold_time(fields: list[bytes], way: int) -> list[bytes]:
    ways = (b"", *BAD_INTEGERS)
    return [*fields[:4], ways[way % len(ways)], *fields[5:]]


def _pdd(fields: list[bytes], way: int) -> list[bytes]:
    place = 17 + way // len(BAD_INTEGERS) % 2
    return [*fields[:place], BAD_INTEGERS[way % len(BAD_INTEGERS)], *fields[place + 1 :]]


def _odd_text(fields: list[bytes], way: int) -> list[bytes]:
    place = 11 + way // len(ODD_TEXTS) % 2
    return [*fields[:place], ODD_TEXTS[way % len(ODD_TEXTS)], *fields[place + 1 :]]


SPOILERS = {
    "empty": _empty,
    "length": _length,
    "encoding": _encoding,
    "fields": _fields,
    "start_time": _instant(2),
    "stop_time": _instant(3),
    "hold_time": _hold_time,
    "pdd": _pdd,
    "odd_text": _odd_text,
}


def spoil(content: bytes, kind: str, way: int) -> bytes:
    """Return a line's content (without line end) damaged in the `way`-th way of its kind."""
    return SEPARATOR.join(SPOILERS[kind](content.split(SEPARATOR), way))


def torn(content: bytes, way: int) -> bytes:
    """Return the beginning of a line as a killed writer leaves it: at least a byte, never 17 fields."""
    fields = content.split(SEPARATOR)
    whole = SEPARATOR.join(fields[: 1 + way % 16])
    return whole[: max(1, len(whole) - way % 5)]
