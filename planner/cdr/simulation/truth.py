"""The truth about simulated calls: counted by their values, and by the second they happen in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.simulation.calls import gateway_ids, subscribers
from planner.cdr.simulation.options import SLOT_S
from planner.cdr.simulation.workload import HOUR, MILLISECONDS, Workload, codes, rejections, suspicions, to_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.lines import Calls, Whole
    from planner.cdr.simulation.writer import Archive

    Seconds = NDArray[np.int64]


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


# Calls in progress, by a sweep line over their events: every start adds one, every end takes one away.
#
# Intervals are half open and given as two arrays of seconds; all results are whole numbers and exact.


@dataclass(slots=True)
class Level:
    """What a sweep saw: the peak, the first second that reached it, and the seconds each level lasted."""

    peak: int = 0
    at: int | None = None
    seconds: Counter[int] = field(default_factory=Counter)

    def merge(self, other: Level) -> None:
        """Take in what another sweep saw over other seconds."""
        later = other.at is not None and self.at is not None and other.at > self.at
        if other.peak > self.peak or (other.peak == self.peak and other.at is not None and not later):
            self.peak, self.at = other.peak, other.at
        self.seconds.update(other.seconds)


def sweep(begin: Seconds, end: Seconds, low: int, high: int) -> Level:
    """Sweep over the seconds from `low` to before `high`; intervals may reach beyond either."""
    some = (begin < end) & (begin < high) & (end > low)
    ups = np.maximum(begin[some], low)
    downs = end[some]
    events = np.concatenate((ups, downs[downs < high]))
    changes = np.ones(events.size, dtype=np.int64)
    changes[ups.size :] = -1
    order = np.argsort(events, kind="stable")
    events, levels = events[order], np.cumsum(changes[order])
    # Of several events in one second only the level after the last one lasts.
    last = np.flatnonzero(np.append(np.diff(events) > 0, True)) if events.size else np.empty(0, dtype=np.int64)
    return _level(events[last], levels[last], high)


def _level(instants: Seconds, levels: Seconds, high: int) -> Level:
    if not (instants.size and levels.max() > 0):
        return Level()
    lasted = np.diff(np.append(instants, high))
    found, inverse = np.unique(levels, return_inverse=True)
    totals = np.zeros(found.size, dtype=np.int64)
    np.add.at(totals, inverse, lasted)
    top = int(np.argmax(levels))
    seconds = {int(level): int(total) for level, total in zip(found, totals, strict=True) if level > 0}
    return Level(int(levels[top]), int(instants[top]), Counter(seconds))


def peaks_by_key(begin: Seconds, end: Seconds, keys: Seconds, low: int, high: int) -> dict[int, int]:
    """Return per key the most intervals in progress in any second from `low` to before `high`.

    One sweep over the events of all keys, sorted by key and second; intervals may reach beyond either bound.
    """
    some = (begin < end) & (begin < high) & (end > low)
    ups, downs, owners = np.maximum(begin[some], low), end[some], keys[some]
    ending = downs < high
    owner = np.concatenate((owners, owners[ending]))
    changes = np.ones(owner.size, dtype=np.int64)
    changes[ups.size :] = -1
    instants = owner * (1 << 40) + np.concatenate((ups, downs[ending]))
    order = np.argsort(instants, kind="stable")
    instants, changes = instants[order], changes[order]
    last = np.flatnonzero(np.append(np.diff(instants) > 0, instants.size > 0))
    levels, owner = np.cumsum(changes)[last], instants[last] >> 40
    found: dict[int, int] = {}
    before = 0
    for first, beyond in pairwise([*np.flatnonzero(np.diff(owner, prepend=-1)).tolist(), owner.size]):
        found[int(owner[first])] = int(levels[first:beyond].max()) - before
        before = int(levels[beyond - 1])
    return found


# What is true of the records of an archive, counted from the simulated calls themselves.
#
# Nothing here reads a file or shares code with the measuring engine: it is the other side of the comparison.
# Counts of separate parts of an archive add up to those of the whole.

KEYS = {
    "caller_gateway": "callerGatewayId",
    "callee_gateway": "calleeGatewayId",
    "end_reason": "endReason",
    "end_direction": "endDirection",
    "billing_mode": "billingMode",
    "prefix": "prefix",
    "codec": "codec",
}


@dataclass(slots=True)
class KeyTally:
    """The records of one gateway, code or prefix, and the most of them in progress in any second."""

    attempts: int = 0
    answered: int = 0
    hold_ms: int = 0
    peak_attempts: int = 0
    peak_answered: int = 0

    def merge(self, other: KeyTally) -> None:
        """Add the records of another part of the archive."""
        self.attempts += other.attempts
        self.answered += other.answered
        self.hold_ms += other.hold_ms
        self.peak_attempts = max(self.peak_attempts, other.peak_attempts)
        self.peak_answered = max(self.peak_answered, other.peak_answered)


@dataclass(slots=True)
class Tally:
    """Counts over records: totals, histograms (value -> how often), starts by time, levels, and keys."""

    totals: Counter[str] = field(default_factory=Counter)
    suspicions: Counter[str] = field(default_factory=Counter)
    histograms: dict[str, Counter[int]] = field(default_factory=dict)
    starts: dict[str, Counter[int]] = field(default_factory=dict)
    per_second: Counter[int] = field(default_factory=Counter)
    busiest_second: Level = field(default_factory=Level)
    levels: dict[str, Level] = field(default_factory=lambda: {"attempts": Level(), "answered": Level()})
    keys: dict[str, dict[int, KeyTally]] = field(default_factory=lambda: {name: {} for name in KEYS})
    bounds: dict[str, int] = field(default_factory=dict)

    def merge(self, other: Tally) -> None:
        """Add the counts of another part of the archive."""
        for mine, theirs in ((self.totals, other.totals), (self.suspicions, other.suspicions)):
            mine.update(theirs)
        self.per_second.update(other.per_second)
        for group, theirs_by_name in ((self.histograms, other.histograms), (self.starts, other.starts)):
            for name, counts in theirs_by_name.items():
                group.setdefault(name, Counter()).update(counts)
        self.busiest_second.merge(other.busiest_second)
        for name, level in other.levels.items():
            self.levels[name].merge(level)
        for name, entries in other.keys.items():
            for code, entry in entries.items():
                self.keys[name].setdefault(code, KeyTally()).merge(entry)
        for name, value in other.bounds.items():
            _bound(self.bounds, name, value)


def _bound(bounds: dict[str, int], name: str, value: int) -> None:
    """Keep the smallest `first_*` and the largest `last_*`."""
    choose = min if name.startswith("first") else max
    bounds[name] = choose(bounds.get(name, value), value)


# The truth about a simulated archive, as a document (`schemas/truth-v1.schema.json`).

SCHEMA = "truth-v1"
TRUTH_FILE = "truth.json"
SPANS = {"second": 1, "minute": MINUTE, "hour": HOUR}
PERCENTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99_9": 0.999}


def document(workload: Workload, archive: Archive) -> dict[str, Any]:
    """Return all that is true of the archive of a workload, ready for JSON."""
    tally = archive.tally
    return {
        "schema": SCHEMA,
        "workload": _workload(workload),
        **_counts(archive),
        **_means(tally),
        "reasons": {name: sum(truth.reasons[name] for truth in archive.files) for name in rejections()},
        "suspicious": {name: tally.suspicions[name] for name in suspicions()},
        "first_start": _instant(tally.bounds.get("first_start")),
        "last_start": _instant(tally.bounds.get("last_start")),
        "first_stop": _instant(tally.bounds.get("first_stop")),
        "last_stop": _instant(tally.bounds.get("last_stop")),
        "cps": {span: _rate(tally, span) for span in SPANS},
        "attempts_by_hour": _by_hour(tally),
        "hours_without_attempts": _quiet_hours(tally),
        "concurrency": {name: _truth_level(level) for name, level in tally.levels.items()},
        "hold_seconds": _distribution(tally.histograms.get("hold_s", {})),
        "line_bytes": _distribution(tally.histograms.get("line_bytes", {})),
        "callerPdd": _distribution(tally.histograms.get("caller_pdd", {})),
        "calleePdd": _distribution(tally.histograms.get("callee_pdd", {})),
        "keys": _keys(workload, tally),
        "retries": {
            "groups": tally.totals["groups"],
            "groups_over_several_gateways": tally.totals["groups_over_several_gateways"],
        },
        "copies": tally.totals["copies"],
        "files": [
            {
                "name": truth.name,
                "lines": truth.lines,
                "headers": truth.headers,
                "rejected": truth.reasons.total(),
                "bytes": truth.bytes,
            }
            for truth in archive.files
        ],
        "damaged": [entry._asdict() for truth in archive.files for entry in truth.damaged],
    }


def _workload(workload: Workload) -> dict[str, Any]:
    plain = asdict(workload)
    plain["traffic"]["start"] = workload.traffic.start.isoformat(sep=" ")
    return plain | {"damage": dict(workload.damage)}


def _counts(archive: Archive) -> dict[str, int]:
    totals = archive.tally.totals
    lines = sum(truth.lines for truth in archive.files)
    rejected = sum(truth.reasons.total() for truth in archive.files)
    return {
        "lines": lines,
        "accepted": lines - rejected,
        "rejected": rejected,
        "headers": sum(truth.headers for truth in archive.files),
        "records": totals["records"],
        "answered": totals["answered"],
        "bytes": archive.bytes,
        "record_bytes": totals["record_bytes"],
        "hold_ms": totals["hold_ms"],
        "duration_s": totals["duration_s"],
    }


def _means(tally: Tally) -> dict[str, float | None]:
    """Return ASR, ACD (s) and the mean time before answer or failure (s); None where nothing was measured."""
    totals = tally.totals
    records, answered = totals["records"], totals["answered"]
    setup_ms = totals["duration_s"] * MILLISECONDS - totals["hold_ms"]
    return {
        "asr": answered / records if records else None,
        "acd": totals["hold_ms"] / answered / MILLISECONDS if answered else None,
        "setup_time": setup_ms / records / MILLISECONDS if records else None,
    }


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else to_text(seconds)


def _rate(tally: Tally, span: str) -> dict[str, Any]:
    """Return attempts in one second, minute or hour: the peak, when, and percentiles over all of them.

    All spans from the first attempt's to the last one's count, those without an attempt as 0.
    """
    width = SPANS[span]
    if "first_start" not in tally.bounds:
        return {"peak": 0, "at": None, "spans": 0, **_percentiles({}, 0)}
    spans = tally.bounds["last_start"] // width - tally.bounds["first_start"] // width + 1
    if span == "second":
        peak, at, counts = tally.busiest_second.peak, tally.busiest_second.at, tally.per_second
    else:
        peak, at, counts = _busiest(tally.starts[span], width)
    return {"peak": peak, "at": _instant(at), "spans": spans, **_percentiles(counts, spans)}


def _busiest(starts: Counter[int], width: int) -> tuple[int, int, Counter[int]]:
    peak = max(starts.values())
    at = min(moment for moment, count in starts.items() if count == peak) * width
    return peak, at, Counter(starts.values())


def _percentiles(counts: Mapping[int, int], total: int) -> dict[str, int | None]:
    """Return nearest-rank percentiles of `total` values, of which `counts` lists those above 0."""
    ordered = [(0, total - sum(counts.values())), *sorted(counts.items())]
    found: dict[str, int | None] = {}
    for name, share in PERCENTILES.items():
        rank, seen = ceil(share * total), 0
        found[name] = None
        for value, count in ordered:
            seen += count
            if total and seen >= rank and count:
                found[name] = value
                break
    return found


def _by_hour(tally: Tally) -> dict[str, int]:
    hours = sorted(tally.starts.get("hour", {}).items())
    return {to_text(hour * HOUR): count for hour, count in hours}


def _quiet_hours(tally: Tally) -> list[str]:
    hours = tally.starts.get("hour")
    if not hours:
        return []
    return [to_text(hour * HOUR) for hour in range(min(hours), max(hours)) if hour not in hours]


def _truth_level(level: Level) -> dict[str, Any]:
    seconds = {str(value): lasted for value, lasted in sorted(level.seconds.items())}
    return {"peak": level.peak, "at": _instant(level.at), "seconds": seconds}


def _distribution(counts: Mapping[int, int]) -> dict[str, Any]:
    """Return count, sum, extremes, nearest-rank percentiles and all values of a histogram."""
    some = {value: count for value, count in sorted(counts.items()) if count}
    total = sum(some.values())
    above = {value: count for value, count in some.items() if value > 0}
    return {
        "count": total,
        "sum": sum(value * count for value, count in some.items()),
        "min": min(some, default=None),
        "max": max(some, default=None),
        **_percentiles(above, total),
        "values": {str(value): count for value, count in some.items()},
    }


def _keys(workload: Workload, tally: Tally) -> dict[str, dict[str, dict[str, int]]]:
    texts = _key_texts(workload)
    return {
        KEYS[name]: {texts[name][code]: asdict(entry) for code, entry in sorted(entries.items())}
        for name, entries in tally.keys.items()
        if texts[name]
    }


def _key_texts(workload: Workload) -> dict[str, list[str]]:
    """Return what each key's codes stand for in the lines; codecs stand in no line and may be undeclared."""
    areas = dict.fromkeys(number[:4] for number in subscribers())
    return {
        "caller_gateway": gateway_ids("caller", workload.routing),
        "callee_gateway": gateway_ids("callee", workload.routing),
        "end_reason": codes("end_reasons"),
        "end_direction": codes("end_directions"),
        "billing_mode": codes("billing_modes"),
        "prefix": list(areas),
        "codec": [name for name, _ in workload.routing.codecs],
    }
