"""Counting simulated calls: records by their values, and events by the second they happen in."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.simulation.grid import SLOT_S
from planner.cdr.simulation.sweep import Level, peaks_by_key, sweep
from planner.cdr.simulation.tally import KEYS, KeyTally, Tally
from planner.cdr.simulation.texts import subscribers
from planner.cdr.simulation.workload import HOUR, MILLISECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.rows import Calls, Whole

MINUTE = 60
TAIL = 8


def histogram(values: NDArray[Any]) -> Counter[int]:
    """Return how often each value occurs; values are 0 or more."""
    if values.size == 0:
        return Counter()
    least = int(values.min())
    counts = np.bincount(values - least)
    found = np.flatnonzero(counts)
    return Counter(dict(zip((found + least).tolist(), counts[found].tolist(), strict=True)))


def answer_times(calls: Calls) -> Whole:
    """Return the second each answered call began to talk: stop less the hold time, rounded up."""
    times: Whole = calls["stop"] - -(-calls["hold"] // MILLISECONDS)
    return times


def key_codes(calls: Calls, name: str) -> NDArray[np.int64]:
    """Return the code of each call under a key; that of `prefix` is its area's position."""
    if name == "prefix":
        return calls["callee"].astype(np.int64) // _lines_an_area()
    return np.asarray(calls[name].astype(np.int64))


@cache
def _lines_an_area() -> int:
    numbers = subscribers()
    return next(i for i, number in enumerate(numbers) if number[:4] != numbers[0][:4])


def tally_records(calls: Calls, line_bytes: NDArray[np.int64]) -> Tally:
    """Count records (accepted lines that are no header), given with the bytes of their lines."""
    tally = Tally()
    if calls.size == 0:
        return tally
    answered = calls["hold"] > 0
    duration = np.maximum(calls["start"], calls["stop"]) - calls["start"]
    tally.totals.update(
        records=int(calls.size),
        answered=int(answered.sum()),
        hold_ms=int(calls["hold"].sum()),
        duration_s=int(duration.sum()),
        record_bytes=int(line_bytes.sum()),
    )
    tally.histograms["line_bytes"] = histogram(line_bytes)
    tally.histograms["hold_s"] = histogram(-(-calls["hold"][answered] // MILLISECONDS))
    for index, column in ((17, "caller_pdd"), (18, "callee_pdd")):
        shown = (calls["columns"] > index) & (calls[column] >= 0)
        tally.histograms[column] = histogram(calls[column][shown])
    for name in KEYS:
        _tally_key(tally.keys[name], key_codes(calls, name), calls, answered)
    for name in ("start", "stop"):
        tally.bounds[f"first_{name}"] = int(calls[name].min())
        tally.bounds[f"last_{name}"] = int(calls[name].max())
    return tally


def _tally_key(entries: dict[int, KeyTally], codes: Whole, calls: Calls, answered: NDArray[np.bool_]) -> None:
    attempts = np.bincount(codes)
    talked = np.bincount(codes[answered], minlength=attempts.size)
    # Sums of a block stay far below 2^53, so the weights' floating point is exact.
    hold = np.bincount(codes, weights=calls["hold"]).astype(np.int64)
    for code in np.flatnonzero(attempts).tolist():
        entries[code] = KeyTally(int(attempts[code]), int(talked[code]), int(hold[code]))


def tally_events(calls: Calls, low: int, high: int) -> Tally:
    """Count what happens from `low` to before `high`: starts, calls in progress, groups of tries.

    `calls` are all records that started, talked or ended then, and others. Both bounds are slot starts.
    """
    tally = Tally()
    _tally_starts(tally, calls.compress((calls["start"] >= low) & (calls["start"] < high)))
    answered = calls.compress(calls["hold"] > 0)
    tally.levels["attempts"] = sweep(calls["start"], calls["stop"], low, high)
    begin, end = answer_times(answered), answered["stop"]
    tally.levels["answered"] = sweep(begin, end, low, high)
    for name in KEYS:
        tried = peaks_by_key(calls["start"], calls["stop"], key_codes(calls, name), low, high)
        talked = peaks_by_key(begin, end, key_codes(answered, name), low, high)
        for code, peak in tried.items():
            tally.keys[name][code] = KeyTally(peak_attempts=peak)
        for code, peak in talked.items():
            tally.keys[name].setdefault(code, KeyTally()).peak_answered = peak
    return tally


def _tally_starts(tally: Tally, calls: Calls) -> None:
    if calls.size == 0:
        return
    seconds, counts = np.unique(calls["start"], return_counts=True)
    tally.per_second = histogram(counts)
    top = int(np.argmax(counts))
    tally.busiest_second = Level(int(counts[top]), int(seconds[top]))
    tally.starts["minute"] = histogram(calls["start"] // MINUTE)
    tally.starts["hour"] = histogram(calls["start"] // HOUR)
    tally.totals.update(_groups(calls))


def _groups(calls: Calls) -> dict[str, int]:
    """Count the groups of tries that saw several gateways, and copies of records.

    A group has the same last digits of caller and callee and starts in the same slot. A copy has the
    same last digits, times, hold time and fields 6 to 9 as another record.
    """
    tails = _tails()
    pair = tails[calls["caller"]] * tails.size + tails[calls["callee"]]
    slot = calls["start"] // SLOT_S
    group = pair * (1 + int(slot.max() - slot.min())) + slot - slot.min()
    order = np.argsort(group)
    group, gateway = group[order], calls["callee_gateway"][order]
    first = np.flatnonzero(np.append(True, np.diff(group) > 0))
    several = np.maximum.reduceat(gateway, first) > np.minimum.reduceat(gateway, first)
    return {
        "groups": int(first.size),
        "groups_over_several_gateways": int(several.sum()),
        "copies": _copies(calls, pair),
    }


def _copies(calls: Calls, pair: NDArray[np.int64]) -> int:
    start = calls["start"] - calls["start"].min()
    instant = pair * (1 + int(start.max())) + start
    order = np.argsort(instant)
    same = np.diff(instant[order]) == 0
    alike = order[np.append(same, False) | np.append(False, same)]
    columns = ("stop", "hold", "end_reason", "end_direction", "caller_gateway", "callee_gateway")
    whole = np.stack([instant[alike], *(calls[column][alike].astype(np.int64) for column in columns)])
    return int(alike.size - np.unique(whole, axis=1).shape[1])


@cache
def _tails() -> NDArray[np.int64]:
    """Return for each number the position of its last digits among all last digits."""
    return np.unique([number[-TAIL:] for number in subscribers()], return_inverse=True)[1].astype(np.int64)
