"""What a window's records say about calls: when they ran, how long, by which route, and what is odd about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.cdr.format import cdr_format, limit
from planner.cdr.step.lines import EMPTY, Coders, Records
from planner.cdr.summary.changes import ANSWERED, ATTEMPTS, HOUR, HOUR_BITS, slots_of, tally
from planner.cdr.summary.samples import STARTS_AT, Sample, mix, mixed_on
from planner.cdr.summary.summary import ENDS, STARTS, TALKING, Row, Stretch, Summary, Table

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.step.fields import Coder, Words

    Flags = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]


_MS = 1000
_ANSWERED_BIT = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Calls:
    """Records with what follows from them.

    `end` = max(start, stop) and `duration` = end - start of every attempt, `setup` what of it is no whole second of
    hold time, `over` which talk a second longer than they last; `answer` and `stop` are those of answered calls alone,
    `answered` says which they are, `talking` numbers them. All in seconds.
    """

    records: Records
    answered: Flags
    talking: Integers
    end: Integers
    duration: Integers
    setup: Integers
    over: Flags
    answer: Integers
    stop: Integers

    @classmethod
    def of(cls, records: Records) -> Calls:
        """Derive the calls of a window's records."""
        answered = records.hold > 0
        end = np.maximum(records.start, records.stop)
        duration = end - records.start
        talking = answered.nonzero()[0]
        stop = records.stop.take(talking)
        answer = stop - (records.hold.take(talking) + (_MS - 1)) // _MS
        setup = duration - records.hold // _MS
        # More than a second over are at least a second in whole ones.
        over = records.hold > (duration + 1) * _MS if setup.size and setup.min() < 0 else np.zeros(setup.size, np.bool_)
        return cls(records, answered, talking, end, duration, setup, over, answer, stop)


def add_times(summary: Summary, calls: Calls) -> None:
    """Count starts, ends and conversations by second, and answered calls by the minute they start in."""
    start = calls.records.start
    events = {STARTS: (start,), ENDS: (calls.end,), TALKING: (calls.answer,)}
    summary.seconds.add(events, {TALKING: calls.stop})
    summary.answered_minutes.add({0: (start.take(calls.talking) // MINUTE,)}, {})


def add_distributions(summary: Summary, calls: Calls) -> None:
    """Count the distributions, and add up what averages are made of."""
    records, histograms = calls.records, summary.histograms
    histograms["hold_s"].add(calls.stop - calls.answer)
    histograms["setup_s"].add(np.maximum(calls.setup, 0))
    histograms["caller_pdd_ms"].add(records.caller_pdd)
    histograms["callee_pdd_ms"].add(records.callee_pdd)
    histograms["line_bytes"].add(records.size)
    summary.tallies["hold_ms"] += int(records.hold.sum())
    summary.tallies["duration_s"] += int(calls.duration.sum())
    over = calls.over.nonzero()[0]
    if over.size:
        talks = records.hold.take(over) - calls.duration.take(over) * _MS
        summary.tallies.update(over=over.size, over_ms=int(talks.sum()))
    summary.tallies["size"] += int(records.size.sum())
    for count, lines in enumerate(np.bincount(records.fields).tolist()):
        if lines:
            summary.tallies[f"fields:{count}"] += lines


def suspicious(calls: Calls, stretch: Stretch) -> Iterator[tuple[str, Flags]]:
    """Yield the suspicions (see `schemas/cdr-format.json`) and the records they apply to."""
    records = calls.records
    yield "fields_18", records.fields == 18  # noqa: PLR2004  the irregular number of fields
    yield "pdd_empty", (records.caller_pdd == EMPTY) | (records.callee_pdd == EMPTY)
    backwards = records.stop < records.start
    yield "stop_before_start", backwards
    yield "hold_exceeds_duration", calls.over & ~backwards
    longest = limit("implausible_setup")
    delay = np.maximum(records.caller_pdd, records.callee_pdd)
    too_long = (calls.setup > longest) | (delay > longest * _MS) | (records.hold > limit("implausible_hold") * _MS)
    yield "implausible_duration", too_long
    if stretch.named_time:
        begin, until = stretch.named_time
        yield "outside_file_time", (records.stop < begin) | (records.stop >= until)


def add_sample(sample: Sample, calls: Calls, prints: Words) -> None:
    """Add the attempts that may belong to the sample, to the hour they are in and to one they are near.

    `prints` fingerprint routes and gateways.
    """
    records, near = calls.records, limit("retry_window")
    hour = records.start // HOUR
    second = records.start - hour * HOUR
    before, after = (second < near).nonzero()[0], (second >= HOUR - near).nonzero()[0]
    numbers = mix(records.caller_tail, records.callee_tail)
    which = np.concatenate((np.arange(hour.size), before, after))
    hours = np.concatenate((hour, hour.take(before) - 1, hour.take(after) + 1))
    call = mixed_on(numbers.take(which), hours.view(np.uint64))
    found = (call <= sample.bound).nonzero()[0]
    if not found.size:
        return
    kept, call = which.take(found), call.take(found)
    start = records.start.take(kept)
    route = prints.take(records.route.take(kept), axis=0)
    times = [column.view(np.uint64) for column in (start, records.stop.take(kept), records.hold.take(kept))]
    since = (start - hours.take(found) * HOUR + near).view(np.uint64)
    print_ = mix(mix(call, *times), route[:, 0]) >> np.uint64(64 - STARTS_AT)
    attempt = (print_ & ~_ANSWERED_BIT) | calls.answered.take(kept) | (since << STARTS_AT)
    sample.add(np.stack((call, attempt, route[:, 1], np.ones_like(call))))


# Calls as they are collected while reading, and the events in them, second by second.

_NEAR = 4
_CHUNK = 1 << 14
"""Hours from a batch's middle that count as near it, and how many events are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls by the codes of their spans; times in seconds, `hold` in ms.

    `answer` and `stop` are those of answered calls alone, which `talking` numbers.
    """

    route: Small
    billing: Small
    prefix: Small
    hold: Small
    start: Integers
    end: Integers
    talking: Integers
    answer: Integers
    stop: Integers

    @classmethod
    def of(cls, calls: Calls) -> Batch:
        """Return what is kept of a window's calls."""
        some = calls.records
        return cls(
            route=some.route.astype(np.int32),
            billing=some.billing.astype(np.int32),
            prefix=some.prefix.astype(np.int32),
            hold=some.hold.astype(np.int32),
            start=some.start,
            end=calls.end,
            talking=calls.talking,
            answer=calls.answer,
            stop=calls.stop,
        )

    @classmethod
    def joined(cls, parts: list[Batch]) -> Batch:
        """Return the calls of all parts."""
        columns = {c.name: np.concatenate([getattr(part, c.name) for part in parts]) for c in fields(cls)}
        sizes = np.array([part.start.size for part in parts])
        columns["talking"] += np.repeat(np.cumsum(sizes) - sizes, [part.talking.size for part in parts])
        return cls(**columns)

    def times(self) -> Iterator[tuple[Integers, int, Integers, Integers]]:
        """Yield calls and kind of every sort of event, and when calls in progress become more and less."""
        yield np.arange(self.start.size), ATTEMPTS, self.start, self.end
        yield self.talking, ANSWERED, self.answer, self.stop


class Events(NamedTuple):
    """Events of calls: the slots they are in (see `changes`), and whether they make calls in progress more."""

    calls: Integers
    moments: tuple[tuple[Integers, bool], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """`count` events within some hours from hour `origin` on, which slots count from."""

    origin: int
    hours: int
    count: int
    events: tuple[Events, ...]

    @classmethod
    def of(cls, events: list[Events]) -> Period | None:
        """Return the period of events whose slots count from year 1, None of none."""
        filled = [some for some in events if some.calls.size]
        if not filled:
            return None
        every = [slots for some in filled for slots, _ in some.moments]
        origin = min(int(slots.min()) for slots in every) >> HOUR_BITS
        hours = (max(int(slots.max()) for slots in every) >> HOUR_BITS) - origin + 1
        for slots in every:
            np.subtract(slots, origin << HOUR_BITS, out=slots)
        return cls(origin, hours, sum(slots.size for slots in every), tuple(filled))

    def pieces(self) -> Iterator[Events]:
        """Yield the events, so few at a time that work on them stays in the processor's cache."""
        for calls, moments in self.events:
            for begin in range(0, calls.size, _CHUNK):
                part = slice(begin, begin + _CHUNK)
                yield Events(calls[part], tuple((slots[part], rises) for slots, rises in moments))


def periods_of(batch: Batch) -> list[Period]:
    """Return the events near the middle of a batch, and apart from them all others.

    Together in one array, a damaged date would stretch it over years.
    """
    near: list[Events] = []
    far: list[Events] = []
    middle = int(batch.start[batch.start.size // 2]) // HOUR
    low, high = (middle - _NEAR) << HOUR_BITS, (middle + _NEAR + 1) << HOUR_BITS
    for calls, kind, ups, downs in batch.times():
        moments = tuple((slots_of(times, kind), rises) for times, rises in ((ups, True), (downs, False)))
        if calls.size and all(low <= slots.min() and slots.max() < high for slots, _ in moments):
            near.append(Events(calls, moments))
            continue
        for slots, rises in moments:
            close = (slots >= low) & (slots < high)
            for group, which in ((near, close), (far, ~close)):
                kept = which.nonzero()[0]
                group.append(Events(calls.take(kept), ((slots.take(kept), rises),)))
    return [period for group in (near, far) if (period := Period.of(group))]


# What is counted by code while reading, turned into totals and changes per gateway, reason and prefix.

MINUTE = 60
_BATCH = 1 << 17


def _cut(text: bytes) -> bytes:
    return text[: cdr_format().limits["key_bytes"]]


def _field(index: int) -> Callable[[bytes], bytes]:
    return lambda span: _cut(span.split(b"|")[index])


def leading_digits(text: bytes) -> bytes:
    """Return the digits a number begins with."""
    return text[: next((i for i, byte in enumerate(text) if not 48 <= byte <= 57), len(text))]  # noqa: PLR2004  0-9


PARTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "endReason": ("route", _field(0)),
    "endDirection": ("route", _field(1)),
    "callerGatewayId": ("route", _field(2)),
    "calleeGatewayId": ("route", _field(3)),
    "billingMode": ("billing", _field(1)),
    "prefix": ("prefix", leading_digits),
}
"""Where each table's key comes from: the coded span, and its part."""


class Parts:
    """The distinct parts of a coder's keys, in order, and for every code the index of its part."""

    def __init__(self, coder: Coder, part: Callable[[bytes], bytes]) -> None:
        self._coder = coder
        self._part = part
        self._index: dict[bytes, int] = {}
        self._seen = np.zeros(0, np.int64)
        self.keys: tuple[bytes, ...] = ()
        self.groups = np.zeros(0, np.int64)

    def update(self) -> None:
        """Take in the codes that are new since the last time."""
        new = self._coder.keys[self._seen.size :]
        if not new:
            return
        seen = [self._index.setdefault(self._part(key), len(self._index)) for key in new]
        self._seen = np.concatenate((self._seen, np.array(seen, np.int64)))
        if len(self._index) > len(self.keys):
            self.keys = tuple(sorted(self._index))
        order = np.empty(len(self.keys), np.int64)
        order[[self._index[key] for key in self.keys]] = np.arange(len(self.keys))
        self.groups = order[self._seen]


class Grouping:
    """Turns one coder's codes into rows and changes of the tables that are parts of its span."""

    def __init__(self, name: str, coder: Coder) -> None:
        self.name = name
        self.coder = coder
        self._parts = {table: Parts(coder, part) for table, (span, part) in PARTS.items() if span == name}

    def drain(self, batch: Batch, periods: list[Period], tables: dict[str, Table]) -> None:
        """Add a batch, and what happens in it, to the tables."""
        codes: Small = getattr(batch, self.name)
        counted = _totals(codes, batch, len(self.coder))
        for name, parts in self._parts.items():
            parts.update()
            totals = [np.bincount(parts.groups, column, len(parts.keys)) for column in counted]
            for key, *total in zip(parts.keys, *(t.astype(np.int64).tolist() for t in totals), strict=True):
                if total[0]:
                    tables[name].add(key, Row(*total))
        for period in periods:
            self._add_changes(codes, period, tables)

    def _add_changes(self, codes: Small, period: Period, tables: dict[str, Table]) -> None:
        tallies = {name: tally(period.hours, len(parts.keys), period.count) for name, parts in self._parts.items()}
        rows = {name: parts.groups * tallies[name].stride for name, parts in self._parts.items()}
        for calls, moments in period.pieces():
            owners = codes.take(calls)
            for name, counted in tallies.items():
                own = rows[name].take(owners)
                for slots, rises in moments:
                    counted.add(own, slots, rises=rises)
        for name, parts in self._parts.items():
            for hour, cells, changes in tallies[name].netted():
                tables[name].changes.add(parts.keys, period.origin + hour, cells, changes)


def _totals(codes: Small, batch: Batch, size: int) -> tuple[Integers, ...]:
    """Return attempts, answered calls and hold time (ms) by code.

    Sums of a batch's milliseconds stay far below 2^53: as floating point they are exact.
    """
    attempts = np.bincount(codes, minlength=size)
    answered = np.bincount(codes.take(batch.talking), minlength=size)
    return attempts, answered, np.bincount(codes, batch.hold, size)


class Groupings:
    """The groupings of one set of coders, and the calls they have not been given yet."""

    def __init__(self, coders: Coders) -> None:
        self._groupings = [Grouping(name, getattr(coders, name)) for name in ("route", "billing", "prefix")]
        self._pending: list[Batch] = []
        self._count = 0

    @property
    def full(self) -> bool:
        """Tell whether the pending calls should be worked off."""
        return self._count >= _BATCH

    def add(self, calls: Calls) -> None:
        """Take in a window's calls."""
        self._pending.append(Batch.of(calls))
        self._count += len(calls.records)

    def drain(self, tables: dict[str, Table]) -> None:
        """Move all pending calls into the tables."""
        if self._pending:
            batch = Batch.joined(self._pending)
            self._pending, self._count = [], 0
            periods = periods_of(batch)
            for grouping in self._groupings:
                grouping.drain(batch, periods, tables)
