"""How far peaks stand above the mean, what a high day's peak is, and whether traffic grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil, exp, floor, inf, log, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.profile.days import ALIKE, APART, WEEK, Fit, row, solved, squares_of
from planner.cdr.profile.rates import DAY_HOURS, HOUR, student, written
from planner.cdr.profile.times import DAY, Times

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
MONTH_DAYS = 30.4375
_DEVIATION = 0.8413
"""The share of a normal law that lies below one standard deviation."""
_WHOLE = 0.29
"""The scatter of rounding to whole calls."""
_WIDTHS = {"calls": 1, "cps_minute": 60, "cps_second": 1, "cps_hour": HOUR}
"""Kinds of peaks, each a whole number over so many seconds."""


class DayMeasures(NamedTuple):
    """What the days of an archive tell: their trend, the fit of their attempts, and their peaks."""

    trend: dict[str, Any] | None = None
    attempts: Fit | None = None
    peaks: dict[str, Any] | None = None


def measure_days(times: Times) -> DayMeasures:
    """Return what days tell, as far as there are any."""
    if not times.hours:
        return DayMeasures()
    trend = find_trend(times)
    attempts = fit_attempts(times, trend)
    return DayMeasures(trend, attempts, day_peaks(times, attempts) if times.days.calls else None)


def _days_of(times: Times) -> list[int]:
    """Return the days seen as a whole, or all where there are none."""
    return times.days.whole(times.clock.window) or sorted(times.days.attempts)


def day_peaks(times: Times, attempts: Fit) -> dict[str, Any]:
    """Return the quantiles of the days' highest calls and rates, and how far peaks stand above the mean."""
    days = _days_of(times)
    kinds = {
        "calls": {day: times.days.calls.get(day, (0, 0))[0] for day in days},
        "cps_minute": {day: times.days.minute.get(day, 0) for day in days},
        "cps_second": {day: times.days.second.get(day, 0) for day in days},
        "cps_hour": {day: max(_hours_of(times.hours, day)) for day in days},
    }
    around = {day: _around(times, day) for day in days}
    held = sum(times.by_hour.held.values()) / sum(times.hours.values())
    levels = {"calls": held, "cps_minute": 60, "cps_second": 1, "cps_hour": HOUR}
    at_once = clustered(times)
    found = {}
    for name, counts in kinds.items():
        chances = {
            day: _Chance(usual_scatter(max(count, 1), around[day], levels[name], at_once[name]))
            for day, count in counts.items()
        }
        if name == "calls":
            usual = {day: count for day, count in counts.items() if not around[day].surged}
            chances |= _by_loads(times, usual, held, at_once[name])
        over = _WIDTHS[name]
        found[name] = _quantiles(attempts, counts, chances, over)
        found[name]["max"] = max(counts.values()) / over
    highest = max(days, key=lambda day: kinds["calls"][day])
    found["calls"]["max_at"] = times.peak_at(highest) if highest in times.days.calls else None
    return {"days": len(days), "quantile": setting("peak_quantile"), **found, "above_mean": _above(times, days)}


def in_whole_counts(peaks: Mapping[str, Any]) -> dict[str, Any]:
    """Return peaks as they are met, calls and attempts being whole; bounds are rounded outwards."""
    ends = {"value": ceil, "low": floor, "high": ceil}
    found = {
        name: {at: {end: ends[end](round(peaks[name][at][end] * over, 6)) / over for end in ends} for at in QUANTILES}
        for name, over in _WIDTHS.items()
    }
    return {**peaks, **{name: {**peaks[name], **quantiles} for name, quantiles in found.items()}}


def mean_day(times: Times, attempts: Fit) -> list[float] | None:
    """Return attempts per second by hour of a mean day of today, whose highest hour is the busiest of all.

    Weekends count with their share, and so does what happens on one weekday alone; weeks of holidays do not. None where
    not every hour was seen in full.
    """
    shape = times.by_hour.day_shape()
    if not shape:
        return None
    busiest = times.by_hour.busiest()
    highest, of_day = times.hours[busiest] / HOUR, busiest % DAY_HOURS
    days = times.days.whole(times.clock.window)
    whole = _today(attempts, days) / HOUR if days else sum(shape)
    others = max(sum(shape) - shape[of_day], 1e-9)
    kept = max(whole - highest, 0.0) / others
    return [highest if hour == of_day else min(kept * each, highest) for hour, each in enumerate(shape)]


def _since_risen(times: Times, days: Sequence[int], trend: dict[str, Any] | None) -> Sequence[int]:
    """Return the days from which on the level is one that it had not before."""
    for step in reversed(trend["change_points"] if trend else ()):
        at = datetime.fromisoformat(step["at"]).toordinal() - 1
        before = [times.days.attempts[day] for day in days if day < at]
        if before and step["after"] > (1 + setting("step_size")) * float(np.median(before)):
            return [day for day in days if day >= at]
    return days


def fit_attempts(times: Times, trend: dict[str, Any] | None) -> Fit:
    """Return the fit of the attempts of days: of what a day has, the number that chance moves least.

    Days before the level rose for good say nothing of today's.
    """
    days = _since_risen(times, _days_of(times), trend)
    attempts = [float(times.days.attempts[day]) for day in days]
    chances = [1 / sqrt(max(each, 1.0)) for each in attempts]
    drift = NormalDist(0.0, setting("month_drift") / MONTH_DAYS)
    return Fit.of(days, attempts, trend=bool(trend and trend["shown"]), chances=chances, drift=drift)


def _today(fit: Fit, days: Sequence[int]) -> float:
    """Return the attempts of a mean day, of the weekdays that were seen, at the level of the last."""
    seen = {day % WEEK for day in days}
    return sum(exp(fit.at(weekday)[0]) for weekday in seen) / min(WEEK, days[-1] - days[0] + 1)


_BLOCK, _BLOCKS = 10, 6
"""Minutes of a part of an hour, and how many it has."""


class Around(NamedTuple):
    """The hour around a day's peak: attempts a second of usual minutes, seconds of those far above, and any surge."""

    usual: float
    high: int
    surged: bool


def _around(times: Times, day: int) -> Around:
    """Return what the hour around a day's peak is like: a surge is none of its usual minutes."""
    first = times.days.calls.get(day, (0, day * DAY))[1] // 60 - _BLOCK * _BLOCKS // 2
    minutes = [times.minutes.get(first + each, 0) for each in range(_BLOCK * _BLOCKS)]
    usual = _usual_part([sum(minutes[begin : begin + _BLOCK]) for begin in range(0, len(minutes), _BLOCK)])
    high = sum(each > (usual / _BLOCK + max(minutes)) / 2 for each in minutes)
    # A surge stands above the other parts of its clock hour: hours differ.
    hour = first // 60 * 60
    parts = [sum(times.minutes.get(hour + at + each, 0) for each in range(_BLOCK)) for at in range(0, 120, _BLOCK)]
    here = (first - hour) // _BLOCK
    highest = max(range(here, here + _BLOCKS + 1), key=lambda part: parts[part])
    own = highest // _BLOCKS * _BLOCKS
    return Around(usual / (60 * _BLOCK), 60 * high, _surges(parts[highest], _usual_part(parts[own : own + _BLOCKS])))


def _usual_part(parts: Sequence[int]) -> int:
    """Return the attempts of a usual part of an hour."""
    return sorted(parts)[(_BLOCKS - 1) // 2]


def _hours_of(counts: Mapping[int, int], day: int) -> list[int]:
    """Return what the hours of a day have."""
    return [counts.get(day * DAY_HOURS + hour, 0) for hour in range(DAY_HOURS)]


class _Chance(NamedTuple):
    """The scatter that chance gives to a day's highest.

    Where the loads of its hours tell what chance makes of them: how much higher that is (a logarithm), and the standard
    error of it.
    """

    scatter: float
    higher: float = 0.0
    error: float = inf


def _by_loads(times: Times, calls: Mapping[int, int], held: float, at_once: float) -> dict[int, _Chance]:
    """Return what chance makes of the loads of hours, for days whose most calls are no surge."""
    days = [day for day in calls if calls[day] and max(_hours_of(times.by_hour.held, day)) > 0]
    if not days:
        return {}
    hours = np.array([_hours_of(times.by_hour.held, day) for day in days]) / HOUR
    middle, high = (highest_by_chance(hours / at_once, held, share) * at_once for share in (0.5, _DEVIATION))
    scatter, found = np.log(high / middle), {}
    for day, usual, each, load in zip(days, middle.tolist(), scatter.tolist(), hours.max(axis=1).tolist(), strict=True):
        error = sqrt(2 * held / HOUR * at_once / load)
        chance = _Chance(sqrt(each**2 + (_WHOLE / usual) ** 2), log(usual / calls[day]), error)
        if -chance.higher < setting("surge_deviations") * sqrt(chance.scatter**2 + error**2):
            found[day] = chance
    return found


def clustered(times: Times) -> dict[str, float]:
    """Return how many come at once by chance, by kind of peak: the variance of counts over their mean (Poisson's is 1).

    Of two minutes in a row the squared difference is as large as their sum on average; a step is no chance. Of attempts
    that come together as many are calls together as are answered. What comes in clusters is as Poisson's of so many
    fewer (W. S. Hayward, in A. A. Fredericks, 1980).
    """
    at, counts = (np.fromiter(each, np.int64) for each in (times.minutes, times.minutes.values()))
    place = np.unique(at // 2, return_inverse=True)[1]
    sums = np.bincount(place, counts)
    squares = np.bincount(place, counts * (1 - at % 2 * 2)) ** 2
    usual = squares <= setting("surge_height") ** 2 * sums
    known = 1 + setting("clustered_minutes") / (2 * sums.size)
    more = max(float((squares - sums)[usual].sum() / sums.sum() / known), 0.0)
    calls = more * min(sum(times.by_hour.answered.values()) / sum(times.hours.values()), 1.0)
    return {"calls": 1 + calls, "cps_minute": 1 + more, "cps_second": 1.0, "cps_hour": 1 + more}


def highest_by_chance(hours: Floats, held: float, share: float) -> Floats:
    """Return what a share of days with such loads by hour (a row a day, erlangs) stay below, calls being `held` (s).

    Calls in progress are Poisson's whatever the law of their times. They rise above a level as often as a call begins
    at it, and from so rare a level they are soon back: how often is the mean of another Poisson law (D. Aldous, 1989).
    """
    loads = np.maximum(hours, 1e-9)
    low = loads.max(axis=1)
    high = low + 8 * np.sqrt(low) + 20
    for _ in range(30):
        level = ((low + high) / 2)[:, None]
        # The logarithm of the factorial, by Stirling's series.
        factorial = (level + 0.5) * np.log(level + 1) - level - 1 + log(2 * pi) / 2 + 1 / (12 * (level + 1))
        above = HOUR / held * loads * np.exp(level * np.log(loads) - loads - factorial) * (1 - loads / (level + 1))
        more = above.sum(axis=1) > -log(share)
        low, high = np.where(more, level[:, 0], low), np.where(more, high, level[:, 0])
    return np.asarray(high + 0.5)


def _quantiles(attempts: Fit, counts: Mapping[int, int], chances: Mapping[int, _Chance], over: int) -> dict[str, Any]:
    """Return the quantiles of days' highest, by what chance makes of each; where weekdays differ, of the highest."""
    days = attempts.kept.tolist()
    scatters = [chances[day].scatter for day in days]
    listed = [counts[day] for day in days]
    fit = Fit.of(days, listed, trend=attempts.free, chances=scatters, drift=attempts.growth())
    high = [chances[day] for day in fit.kept.tolist() if fit.groups[day % WEEK] == fit.groups[fit.highest]]
    fit = replace(fit, chance=float(np.median([each.scatter for each in high])), attempts=attempts.scatters())
    error = float(np.median([each.error for each in high]))
    if error < inf:
        own = fit.chance**2 * fit.at(fit.highest)[1]
        unsure = error**2 / (own + error**2)
        lift = float(np.mean([each.higher for each in high])) * (1 - unsure)
        fit = replace(fit, lift=lift, unsure=unsure)
    # A last week of holidays has grown, too.
    shares = {name: fit.quantile(share, max(counts) - days[-1]) for name, share in QUANTILES.items()}
    # The fewest that so many days stay at or below are half a count under the quantile, rounded up.
    return {
        name: {end: max(getattr(each, end) - 0.5, getattr(each, end) / 2) / over for end in ("value", "low", "high")}
        for name, each in shares.items()
    }


def usual_scatter(highest: float, around: Around, width: float, at_once: float = 1.0) -> float:
    """Return the scatter of a day's highest count, as a share of it, that chance gives; so many come at once.

    Counts, each of so many seconds, scatter by the root of their level. The highest of a usual hour stands by some
    roots above the mean, and scatters less; what stands higher is a surge, too short for chance to be met often.
    """
    count = highest / at_once
    half = setting("chance_height") / 2
    root = sqrt(count + half**2) - half
    surge = (1 + around.high / width / setting("surge_moments")) ** -setting("surge_power")
    surges = _surges(count, around.usual * width / at_once)
    chance = surge * sqrt(count) if surges else setting("chance_scatter") * root
    return sqrt((chance / count) ** 2 + (_WHOLE / highest) ** 2)


def _surges(highest: float, mean: float) -> bool:
    return sqrt(highest) > sqrt(mean) + setting("surge_height") / 2


def by_chance(peaks: Mapping[str, Any], load: float, attempts: float) -> float:
    """Return by how many standard deviations of its level chance lifts a high day's peak.

    `load` and `attempts` a minute are those of the busy hour. A surge has too few moments for chance to find its
    height in: what remains is its scatter.
    """
    share = NormalDist().inv_cdf(peaks["quantile"])
    usual = peaks["calls"]["p50"]["value"], peaks["cps_minute"]["p50"]["value"] * 60
    if any(map(_surges, usual, (load, attempts))):
        return share * setting("surge_scatter")
    return setting("chance_height") + share * setting("chance_scatter")


def _above(times: Times, days: Sequence[int]) -> dict[str, float | None]:
    """Return the highest minute over the mean of its hour, hour over its day, day over its week, week over all."""
    minute = max(times.minutes, key=lambda each: times.minutes[each])
    hour = max(times.hours, key=lambda each: times.hours[each])
    attempts = {day: times.days.attempts.get(day, 0) for day in days}
    weeks: dict[int, list[int]] = {}
    for day, count in attempts.items():
        weeks.setdefault(day // WEEK, []).append(count)
    means = {week: sum(counts) / len(counts) for week, counts in weeks.items() if len(counts) == WEEK}
    day = max(attempts, key=lambda each: attempts[each])
    whole = times.days.attempts.get(hour // DAY_HOURS, 0) / DAY_HOURS
    return {
        "minute": _over(times.minutes[minute] * 60, times.hours.get(minute // 60, 0)),
        "hour": _over(times.hours[hour], whole) if hour // DAY_HOURS in attempts else None,
        "day": _over(attempts[day], means.get(day // WEEK, 0)),
        "week": _over(max(means.values(), default=0), sum(means.values()) / len(means)) if len(means) > 1 else None,
    }


def _over(part: float, mean: float) -> float | None:
    return part / mean if mean else None


# Growth, the pattern of the week, and days on which the level changed for good.


def find_trend(times: Times) -> dict[str, Any] | None:
    """Return growth per month with its interval, weekday factors and steps; None below some whole weeks."""
    days = times.days.whole(times.clock.window)
    if len(days) < limit("trend_days"):
        return None
    values = [float(times.days.attempts[day]) for day in days]
    steps = _steps(days, values)
    first, last = _of_one_level(days, steps)
    growth = _growth(days[first:last], values[first:last]) if last - first >= limit("trend_days") else None
    factors = Fit.of(days, values, trend=True)
    means = [exp(factors.at(weekday)[0]) for weekday in range(WEEK)]
    return {
        "weeks": len(days) / WEEK,
        "growth_per_month": growth,
        "shown": growth is not None and (growth["low"] > 0 or growth["high"] < 0),
        "weekday": [mean / (sum(means) / WEEK) for mean in means],
        "change_points": [{"at": written(day * DAY), "before": before, "after": after} for day, before, after in steps],
    }


def _of_one_level(days: Sequence[int], steps: Sequence[tuple[int, float, float]]) -> tuple[int, int]:
    """Return which days, from and until, show growth: those since the last step, or before a fall of late."""
    edges = [0, *(days.index(day) for day, _, _ in steps), len(days)]
    fell = bool(steps) and steps[-1][2] < steps[-1][1] and edges[-1] - edges[-2] < limit("trend_days")
    return (edges[-3], edges[-2]) if fell else (edges[-2], edges[-1])


def _growth(days: Sequence[int], values: Sequence[float]) -> dict[str, float]:
    fit = Fit.of(days, values, trend=True)
    slope, error = fit.slope()
    # Days that follow each other are alike: there is less to go by than their number says.
    alike = _alikeness(fit.left)
    half = student(fit.degrees) * error * sqrt((1 + alike) / (1 - alike))
    bounds = {"value": slope, "low": slope - half, "high": slope + half}
    return {name: exp(each * MONTH_DAYS) - 1 for name, each in bounds.items()}


def _alikeness(left: Floats) -> float:
    square = squares_of(left)
    return min(max(float((left[1:] * left[:-1]).sum()) / square, 0.0), setting("alike_days")) if square else 0.0


def _steps(days: Sequence[int], values: Sequence[float]) -> list[tuple[int, float, float]]:
    """Return the days from which on the level is another one, with the means before and after.

    A step must explain the days better than growth does.
    """
    if len(days) < 2 * WEEK:
        return []
    logs = np.log(np.maximum(np.array(values), 0.5))
    apart = APART if len(days) >= 3 * WEEK else ALIKE
    weekly = np.array([row(day % WEEK, 0.0, apart, trend=False) for day in days])
    smooth = squares_of(solved(np.column_stack((weekly, np.array(days) - days[-1])), logs)[2])
    best, squares, size = 0, smooth, 0.0
    for at in range(WEEK, len(days) - WEEK + 1):
        found, inverse, residuals, degrees = solved(np.column_stack((weekly, np.arange(len(days)) >= at)), logs)
        left = squares_of(residuals)
        error = sqrt(max(left, 1e-12) / max(degrees, 1) * float(inverse[-1, -1]))
        if left < squares and abs(found[-1]) > setting("step_errors") * error:
            best, squares, size = at, left, float(found[-1])
    if not best or abs(size) < setting("step_size"):
        return []
    before, after = float(np.mean(values[:best])), float(np.mean(values[best:]))
    here = (days[best], before, after)
    return [*_steps(days[:best], values[:best]), here, *_steps(days[best:], values[best:])]
