"""The profile as measured assumptions: what the sizing takes for its own numbers, under the same names."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.profile import rates as confidence
from planner.cdr.profile.calls import mean_hold, mean_setup
from planner.cdr.profile.peaks import QUANTILES
from planner.cdr.profile.rates import HOUR, Hours, Interval, mean_and_deviation, usual, written
from planner.cdr.profile.times import Times
from planner.cdr.summary.samples import Histogram
from planner.cdr.summary.summary import Summary
from planner.wording import wording

_MINUTES = 60
_SHORT = 2
_OF_MEDIAN = 1.4826
"""Standard deviation of a normal law over the median distance from its median."""


@dataclass(frozen=True, slots=True)
class Basics:
    """The counts that assumptions are made of; `hours` are (hour, attempts, answered) of whole clock hours."""

    records: int
    answered: int
    hours: tuple[tuple[int, int, int], ...] = ()

    @property
    def answered_only(self) -> bool:
        """Tell whether the archive seems to hold answered calls alone (SS_CDR_RECORD_NONCONNECT Off)."""
        return _answered_alone(self.records, self.answered)

    @property
    def attempts_unknown(self) -> str | None:
        """Why attempts and ASR cannot be known, in words; None where they can."""
        failed = self.records - self.answered
        if self.answered_only:
            return wording(
                "the archive holds answered calls alone (SS_CDR_RECORD_NONCONNECT Off: {failed} of {records} records "
                "failed), so that attempts per second and ASR are unknown",
                failed=f"{failed:,}",
                records=f"{self.records:,}",
            )
        return self._switched()

    def _switched(self) -> str | None:
        """Return what is said where some hours hold answered calls alone and others every attempt."""
        known = [each for each in self.hours if each[1] >= limit("answered_only_records")]
        alone = [_answered_alone(attempts, answered) for _, attempts, answered in known]
        if all(alone) or not any(alone):
            return None
        at = next(i for i in range(1, len(alone)) if alone[i] != alone[i - 1])
        return wording(
            "{alone} of {hours} hours hold answered calls alone, the others every attempt: SS_CDR_RECORD_NONCONNECT "
            "was turned {way} at {when}; measure the files before and after it apart",
            alone=sum(alone),
            hours=len(alone),
            way="Off" if alone[at] else "On",
            when=written(known[at][0] * HOUR),
        )


def _answered_alone(records: int, answered: int) -> bool:
    enough = records >= limit("answered_only_records")
    return enough and records - answered <= setting("answered_only_share") * records


def _entry(name: str, unit: str, samples: int, interval: Interval) -> dict[str, Any]:
    bounds = {"value": interval.value, "low": interval.low, "high": interval.high}
    source = f"plan cdr profile: {samples} samples, {interval.method}"
    return {"name": name, **bounds, "unit": unit, "basis": "measured", "samples": samples, "source": source}


def _cps(hours: Hours, minutes: dict[int, int], span: int) -> dict[str, Any]:
    """Return the busy hour's rate; its error is the larger of Poisson's and that of its own usual minutes.

    A surge of some minutes is no error of the rate: it stands among the peaks.

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
    usual_spread = float(np.median(np.abs(by_minute - np.median(by_minute)))) * _OF_MEDIAN
    error = max(sqrt(count), usual_spread * sqrt(_MINUTES))
    return _entry("traffic.cps", "1/s", count, confidence.busiest_rate(count, HOUR, error, last - first + 1))


def _mean(
    name: str, unit: str, histogram: Histogram, exact: float | None, most: int | None = None
) -> Iterator[dict[str, Any]]:
    if exact is None:
        return
    values, counts = usual(*histogram.counted(), most)
    samples = int(counts.sum())
    yield _entry(name, unit, samples, confidence.mean(exact, mean_and_deviation(values, counts)[1], samples))


def _ratios(peaks: dict[str, Any], cps: float, calls: float) -> Iterator[dict[str, Any]]:
    """Yield how far a high day's peaks stand above the busy hour: calls, and attempts a minute and a second."""
    at = next(name for name, share in QUANTILES.items() if share == peaks["quantile"])
    over = {"calls": calls, "cps": cps, "cps_second": cps}
    for name, mean in over.items():
        found = peaks["cps_minute" if name == "cps" else name][at]
        bounds = {end: found[end] / mean for end in ("value", "low", "high")}
        method = confidence.in_words("log-normal days")
        yield _entry(f"traffic.peak_{name}_ratio", "ratio", peaks["days"], Interval(**bounds, method=method))


def _growth(trend: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if trend and trend["shown"]:
        method = confidence.in_words("regression over days")
        growth = Interval(**trend["growth_per_month"], method=method)
        yield _entry("traffic.growth", "ratio", round(trend["weeks"] * 7), growth)


def _day(hours: Hours) -> Iterator[dict[str, Any]]:
    shape = hours.day_shape()
    if shape:
        first, last = hours.span()
        source = f"plan cdr profile: mean attempts per second by hour of the day over {last - first + 1} hours"
        fields = {"value": shape, "unit": "1/s", "basis": "measured", "samples": sum(hours.attempts.values())}
        yield {"name": "traffic.busy_hour_profile", **fields, "source": source}


def measured_assumptions(
    summary: Summary, basics: Basics, times: Times, peaks: dict[str, Any] | None, trend: dict[str, Any] | None
) -> Iterator[dict[str, Any]]:
    """Yield the assumptions the archive supports, in the sizing model's names and units.

    An archive of answered calls alone tells neither ASR nor attempts: it gives only ACD and line length.
    """
    histograms, size = summary.histograms, summary.tallies["size"]
    setup, hold = mean_setup(summary, basics), mean_hold(summary, basics)
    if basics.records and not basics.attempts_unknown and times.hours:
        cps = _cps(times.by_hour, times.minutes, times.rates["second"].span)
        yield cps
        yield _entry("traffic.asr", "ratio", basics.records, confidence.share(basics.answered, basics.records))
        yield from _mean("traffic.setup_time", "s", histograms["setup_s"], setup, limit("implausible_setup"))
        yield from _day(times.by_hour)
        calls = cps["value"] * ((setup or 0.0) + (hold or 0.0) * basics.answered / basics.records)
        yield from _ratios(peaks, cps["value"], calls) if peaks and calls else ()
        yield from _growth(trend)
    yield from _mean("traffic.acd", "s", histograms["hold_s"], hold, limit("implausible_hold"))
    exact = size / basics.records if basics.records else None
    yield from _mean("cdr.line_bytes", "B", histograms["line_bytes"], exact)
