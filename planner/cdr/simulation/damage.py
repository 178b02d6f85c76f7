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
    import numpy as np

    from planner.cdr.simulation.rows import Calls, Whole
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
    """Return the suspicions a record can raise, in the format's order."""
    return tuple(suspicion.name for suspicion in cdr_format().suspicions)


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
