"""The profile as measured assumptions: what the sizing takes for its own numbers, under the same names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import copysign, exp, hypot, log, sqrt
from typing import Any, NamedTuple

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.profile import rates as confidence
from planner.cdr.profile.calls import mean_hold, mean_setup
from planner.cdr.profile.days import Fit
from planner.cdr.profile.peaks import QUANTILES, DayMeasures, by_chance, mean_day
from planner.cdr.profile.rates import HOUR, Hours, Interval, mean_and_deviation, usual, written
from planner.cdr.profile.times import Times
from planner.cdr.sources import shown
from planner.cdr.summary.samples import Histogram
from planner.cdr.summary.summary import Summary
from planner.wording import listing, wording

LOAD = "traffic.cps", "traffic.asr", "traffic.setup_time", "traffic.acd"
_NOTHING = {"value": 0.0, "low": 0.0, "high": 0.0}
_MINUTES = 60
_SHORT = 2
_FAILED, _FEWER = 50, 4
"""Failed records a part has on average that is judged by having less than a quarter of them: chance never says so."""
_OF_MEDIAN = 1.4826
"""Standard deviation of a normal law over the median distance from its median."""


class Part(NamedTuple):
    """Some records: of a clock hour (from 0001-01-01) or of a server's files, and those that are answered.

    Parts with one `of`, one after the other, may be taken together. A file alone tells nothing: where traffic ends,
    its last one holds the calls that were answered and still talked.
    """

    name: int | str
    of: str
    records: int
    answered: int
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Basics:
    """The counts that assumptions are made of; `hours` are whole clock hours, by when attempts began."""

    records: int
    answered: int
    hours: tuple[Part, ...] = ()
    servers: tuple[Part, ...] = ()

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
        return self._switched() or self._mixed()

    def _switched(self) -> str | None:
        """Return what is said where some hours hold answered calls alone and others every attempt."""
        known, alone = self._told(self.hours)
        if not alone:
            return None
        at = next(i for i in range(1, len(known)) if (known[i] in alone) != (known[i - 1] in alone))
        return wording(
            "{alone} of {hours} hours hold answered calls alone, the others every attempt: SS_CDR_RECORD_NONCONNECT "
            "was turned {way} at {when}; measure the files before and after it apart",
            alone=sum(part.parts for part in alone),
            hours=sum(part.parts for part in known),
            way="Off" if known[at] in alone else "On",
            when=written(int(known[at].name) * HOUR),
        )

    def _mixed(self) -> str | None:
        """Return what is said where the files of some servers hold answered calls alone and others every attempt."""
        _, alone = self._told(self.servers)
        if not alone:
            return None
        return wording(
            "the files in {folders} hold answered calls alone, the others every attempt: SS_CDR_RECORD_NONCONNECT was "
            "Off where they were written; measure them apart",
            folders=listing(shown(str(part.name)) for part in alone),
        )

    def _told(self, parts: tuple[Part, ...]) -> tuple[list[Part], list[Part]]:
        """Return parts so large that chance answers none of them alone, and those that hold answered calls alone.

        The second is empty where all do, or none.
        """
        failed = 1 - self.answered / self.records if self.records else 0.0
        if not failed:
            return [], []
        enough = max(limit("answered_only_records"), _FAILED / failed)
        most = min(setting("answered_only_share"), failed / _FEWER)
        known = list(_together(parts, enough))
        alone = [part for part in known if part.records - part.answered <= most * part.records]
        return known, alone if len(alone) < len(known) else []


def _together(parts: Iterable[Part], enough: float) -> Iterator[Part]:
    """Yield parts of at least so many records, made of as many neighbours as that takes."""
    taken: Part | None = None
    for part in parts:
        if taken and taken.of == part.of:
            name, of, *counts = taken
            taken = Part(name, of, *(one + more for one, more in zip(counts, part[2:], strict=True)))
        else:
            taken = part
        if taken.records >= enough:
            yield taken
            taken = None


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
    # Whole attempts: half of one is rounding.
    usual_spread = max(float(np.median(np.abs(by_minute - np.median(by_minute)))) - 0.5, 0.0) * _OF_MEDIAN
    error = max(sqrt(count), usual_spread * sqrt(_MINUTES))
    # Hours that chance alone cannot have set so far below are no choices: counting them made the interval too wide.
    least = count - 2 * confidence.quantile() * error
    choices = sum(each >= least for each in hours.attempts.values())
    return _entry("traffic.cps", "1/s", count, confidence.busiest_rate(count, HOUR, error, choices))


def _mean(
    name: str, unit: str, histogram: Histogram, exact: float | None, most: int | None = None
) -> Iterator[dict[str, Any]]:
    if exact is None:
        return
    values, counts = usual(*histogram.counted(), most)
    samples = int(counts.sum())
    yield _entry(name, unit, samples, confidence.mean(exact, mean_and_deviation(values, counts)[1], samples))


def _ratios(peaks: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield how far a high day's peaks stand above the busy hour: calls, and attempts a minute and a second.

    `known` are the entries of the busy hour's load. A high day is known apart from that hour: what makes the hour
    uncertain makes their product no wider, so a ratio's interval is what is left of the high day's without it. Chance
    lifts another load by another share: the load they are over, and what is chance, is told beside them.
    """
    at = next(name for name, share in QUANTILES.items() if share == peaks["quantile"])
    cps, asr, setup, acd = (known.get(name, _NOTHING) for name in LOAD)
    held = setup["value"] + asr["value"] * acd["value"]
    rate, load = [(cps, cps["value"])], cps["value"] * held
    calls = [*rate, (setup, held), (asr, held / (acd["value"] or 1)), (acd, held / (asr["value"] or 1))]
    for name, mean, parts in (("calls", load, calls), ("cps", cps["value"], rate), ("cps_second", cps["value"], rate)):
        found = peaks["cps_minute" if name == "cps" else name][at]
        if mean:
            bounds = {end: found["value"] / mean * _left(found, parts, end) for end in ("value", "low", "high")}
            method = confidence.in_words("log-normal days" + _assumed(peaks["days"]))
            yield _entry(f"traffic.peak_{name}_ratio", "ratio", peaks["days"], Interval(**bounds, method=method))
    chance = by_chance(peaks, load, cps["value"] * 60)
    beside = (("peaks_at_erlangs", "erlang", load), ("peaks_at_cps", "1/s", cps["value"]))
    for name, unit, value in (*beside, ("peak_deviations", "ratio", chance)):
        yield _entry(f"traffic.{name}", unit, peaks["days"], Interval(value, value, value, "what the ratios are over"))


def _assumed(days: int) -> str:
    """Return what is said where days are so few that their scatter is assumed rather than measured."""
    if days >= setting("day_scatter_days"):
        return ""
    scatter = hypot(setting("day_scatter"), setting("peak_scatter"))
    return f", their scatter assumed ({scatter:.1%} or so beside chance) as much as measured"


def _left(found: dict[str, float], parts: list[tuple[dict[str, Any], float]], end: str) -> float:
    """Return one end of a quantile over its value, without what its parts, each with its weight, account for."""
    whole = log(found[end] / found["value"])
    known = sum(((part[end] - part["value"]) / over) ** 2 for part, over in parts)
    return exp(copysign(sqrt(max(whole**2 - known, 0.0)), whole))


def _growth(trend: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if trend and trend["shown"]:
        method = confidence.in_words("regression over days")
        growth = Interval(**trend["growth_per_month"], method=method)
        yield _entry("traffic.growth", "ratio", round(trend["weeks"] * 7), growth)


def _day(times: Times, attempts: Fit) -> Iterator[dict[str, Any]]:
    shape = mean_day(times, attempts)
    if shape:
        first, last = times.by_hour.span()
        source = f"plan cdr profile: a mean day at today's level, its busiest hour that of all {last - first + 1}"
        fields = {"value": shape, "unit": "1/s", "basis": "measured", "samples": sum(times.hours.values())}
        yield {"name": "traffic.busy_hour_profile", **fields, "source": source}


def measured_assumptions(summary: Summary, basics: Basics, times: Times, days: DayMeasures) -> Iterator[dict[str, Any]]:
    """Yield the assumptions the archive supports, in the sizing model's names and units.

    An archive of answered calls alone tells neither ASR nor attempts: it gives only ACD and line length.
    """
    histograms, size = summary.histograms, summary.tallies["size"]
    setup, hold = mean_setup(summary, basics), mean_hold(summary, basics)
    acd = list(_mean("traffic.acd", "s", histograms["hold_s"], hold, limit("implausible_hold")))
    if basics.records and not basics.attempts_unknown and days.attempts:
        load = [
            _cps(times.by_hour, times.minutes, times.rates["second"].span),
            _entry("traffic.asr", "ratio", basics.records, confidence.share(basics.answered, basics.records)),
            *_mean("traffic.setup_time", "s", histograms["setup_s"], setup, limit("implausible_setup")),
        ]
        yield from load
        yield from _day(times, days.attempts)
        yield from _ratios(days.peaks, {each["name"]: each for each in (*load, *acd)}) if days.peaks else ()
        yield from _growth(days.trend)
    yield from acd
    exact = size / basics.records if basics.records else None
    yield from _mean("cdr.line_bytes", "B", histograms["line_bytes"], exact)
