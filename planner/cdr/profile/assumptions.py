"""The profile as measured assumptions: what the sizing takes for its own numbers, under the same names."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.profile import statistics as confidence
from planner.cdr.profile.rates import HOUR
from planner.cdr.profile.statistics import mean_and_deviation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.profile.document import Times
    from planner.cdr.profile.rates import Hours
    from planner.cdr.profile.statistics import Interval
    from planner.cdr.summary.summary import Summary

_MINUTES = 60
_MS = 1000
_SHORT = 2
_FEW = 100
"""Records below which an archive without a single failed attempt says nothing about how it was written."""


@dataclass(frozen=True, slots=True)
class Basics:
    """The counts that assumptions are made of."""

    records: int
    answered: int

    @property
    def answered_only(self) -> bool:
        """Tell whether the archive seems to hold answered calls alone (SS_CDR_RECORD_NONCONNECT Off)."""
        return self.records >= _FEW and self.answered == self.records


def _entry(name: str, unit: str, samples: int, interval: Interval) -> dict[str, Any]:
    bounds = {"value": interval.value, "low": interval.low, "high": interval.high}
    source = f"plan cdr profile: {samples} samples, {interval.method}"
    return {"name": name, **bounds, "unit": unit, "basis": "measured", "samples": samples, "source": source}


def _cps(hours: Hours, minutes: dict[int, int], span: int) -> dict[str, Any]:
    """Return the busy hour's rate; its error is the larger of Poisson's and that of its own 60 minutes.

    An archive of less than two hours may hold no whole clock hour: its mean rate counts too.
    """
    first, last = hours.span()
    total = sum(hours.attempts.values())
    busiest = hours.busiest()
    count = hours.attempts[busiest]
    if last - first < _SHORT and total * HOUR > count * max(span, _MINUTES):
        interval = confidence.busiest_rate(total, max(span, _MINUTES), sqrt(total), _SHORT + 1)
        return _entry("traffic.cps", "1/s", total, interval)
    by_minute = np.array([minutes.get(busiest * _MINUTES + i, 0) for i in range(_MINUTES)], np.float64)
    error = max(sqrt(count), float(by_minute.std()) * sqrt(_MINUTES))
    return _entry("traffic.cps", "1/s", count, confidence.busiest_rate(count, HOUR, error, last - first + 1))


def _mean(name: str, unit: str, histogram: str, summary: Summary, exact: float) -> dict[str, Any]:
    values, counts = summary.histograms[histogram].counted()
    samples = int(counts.sum())
    return _entry(name, unit, samples, confidence.mean(exact, mean_and_deviation(values, counts)[1], samples))


def _day(hours: Hours) -> Iterator[dict[str, Any]]:
    shape = hours.day_shape()
    if shape:
        first, last = hours.span()
        source = f"plan cdr profile: mean attempts per second by hour of the day over {last - first + 1} hours"
        fields = {"value": shape, "unit": "1/s", "basis": "measured", "samples": sum(hours.attempts.values())}
        yield {"name": "traffic.busy_hour_profile", **fields, "source": source}


def measured_assumptions(summary: Summary, basics: Basics, times: Times) -> Iterator[dict[str, Any]]:
    """Yield the assumptions the archive supports, in the sizing model's names and units.

    An archive of answered calls alone tells neither ASR nor attempts: it gives only ACD and line length.
    """
    tallies = summary.tallies
    if basics.records and not basics.answered_only:
        yield _cps(times.by_hour, times.minutes, times.rates["second"].span)
        yield _entry("traffic.asr", "ratio", basics.records, confidence.share(basics.answered, basics.records))
        setup = (tallies["duration_s"] - tallies["hold_ms"] / _MS) / basics.records
        yield _mean("traffic.setup_time", "s", "setup_s", summary, max(setup, 0.0))
        yield from _day(times.by_hour)
    if basics.answered:
        yield _mean("traffic.acd", "s", "hold_s", summary, tallies["hold_ms"] / _MS / basics.answered)
    if basics.records:
        yield _mean("cdr.line_bytes", "B", "line_bytes", summary, tallies["size"] / basics.records)
