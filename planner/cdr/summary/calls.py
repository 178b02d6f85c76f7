"""What a window's records say about calls: when they ran, how long, and what is odd about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.settings import limit
from planner.cdr.step.records import EMPTY
from planner.cdr.summary.routes import MINUTE
from planner.cdr.summary.sample import mix
from planner.cdr.summary.summary import ENDS, STARTS, TALKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from planner.cdr.step.records import Records
    from planner.cdr.step.words import Words
    from planner.cdr.summary.sample import Sample
    from planner.cdr.summary.stretch import Stretch
    from planner.cdr.summary.summary import Summary

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_MS = 1000
_ANSWERED_BIT = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Calls:
    """Records with what follows from them.

    `end` = max(start, stop) and `duration` = end - start of every attempt; `answer` and `stop` are those of
    answered calls alone, `answered` says which they are, `talking` numbers them. All in seconds.
    """

    records: Records
    answered: Flags
    talking: Integers
    end: Integers
    duration: Integers
    answer: Integers
    stop: Integers

    @classmethod
    def of(cls, records: Records) -> Calls:
        """Derive the calls of a window's records."""
        answered = records.hold > 0
        end = np.maximum(records.start, records.stop)
        talking = np.flatnonzero(answered)
        stop = records.stop.take(talking)
        answer = stop - (records.hold.take(talking) + (_MS - 1)) // _MS
        return cls(records, answered, talking, end, end - records.start, answer, stop)


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
    histograms["setup_s"].add(np.maximum(calls.duration - records.hold // _MS, 0))
    histograms["caller_pdd_ms"].add(records.caller_pdd)
    histograms["callee_pdd_ms"].add(records.callee_pdd)
    histograms["line_bytes"].add(records.size)
    summary.tallies["hold_ms"] += int(records.hold.sum())
    summary.tallies["duration_s"] += int(calls.duration.sum())
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
    yield "hold_exceeds_duration", (records.hold > (calls.duration + 1) * _MS) & ~backwards
    if stretch.named_time:
        begin, until = stretch.named_time
        yield "outside_file_time", (records.stop < begin) | (records.stop >= until)


def add_sample(sample: Sample, calls: Calls, prints: Words) -> None:
    """Add the attempts that may belong to the sample; `prints` fingerprint routes and gateways."""
    records = calls.records
    window = (records.start // limit("retry_window")).view(np.uint64)
    call = mix(records.caller_tail, records.callee_tail, window)
    kept = np.flatnonzero(call <= sample.bound)
    if not kept.size:
        return
    call, route = call[kept], prints[records.route[kept]]
    times = [column[kept].view(np.uint64) for column in (records.start, records.stop, records.hold)]
    attempt = mix(mix(call, *times), route[:, 0])
    attempt = (attempt & ~_ANSWERED_BIT) | calls.answered[kept].astype(np.uint64)
    sample.add(np.stack((call, attempt, route[:, 1], np.ones_like(call))))
