"""How far peaks stand above the mean, what a high day's peak is, and whether traffic grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import exp, inf, log, pi, sqrt
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
_STEP = 5.0
"""Standard errors from which on a step of the level is one."""


def day_peaks(times: Times, trend: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the quantiles of the days' highest calls and rates, and how far peaks stand above the mean."""
    days = times.days.whole(times.clock.window) or sorted(times.days.attempts)
    if not days or not times.days.calls:
        return None
    kinds = {
        "calls": {day: float(times.days.calls.get(day, (0, 0))[0]) for day in days},
        "cps_minute": {day: times.days.minute.get(day, 0) / 60 for day in days},
        "cps_second": {day: float(times.days.second.get(day, 0)) for day in days},
        "cps_hour": _by_day(times.hours, days),
    }
    widths = {"calls": 1, "cps_minute": 60, "cps_second": 1, "cps_hour": HOUR}
    around = {day: _around(times, day) for day in days}
    held = sum(times.by_hour.held.values()) / sum(times.hours.values())
    levels = {"calls": held, "cps_minute": 60, "cps_second": 1, "cps_hour": HOUR}
    found = {}
    usual, growing = _attempts(times, days, trend).kept.tolist(), _grows(trend)
    for name, values in kinds.items():
        chances = {
            day: _Chance(usual_scatter(max(values[day] * widths[name], 1.0), around[day] * levels[name]))
            for day in days
        }
        if name == "calls":
            chances |= _by_loads(times, values, held)
        found[name] = _quantiles(usual, values, chances, whole=widths[name] == 1, growing=growing)
        found[name]["max"] = max(values.values())
    highest = max(days, key=lambda day: kinds["calls"][day])
    found["calls"]["max_at"] = times.peak_at(highest) if highest in times.days.calls else None
    return {"days": len(days), "quantile": setting("peak_quantile"), **found, "above_mean": _above(times, days)}


def mean_day(times: Times, trend: dict[str, Any] | None) -> list[float] | None:
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
    whole = _today(_attempts(times, days, trend), days) / HOUR if days else sum(shape)
    others = max(sum(shape) - shape[of_day], 1e-9)
    kept = max(whole - highest, 0.0) / others
    return [highest if hour == of_day else min(kept * each, highest) for hour, each in enumerate(shape)]


def _grows(trend: dict[str, Any] | None) -> bool:
    return bool(trend and trend["shown"])


def _since_risen(times: Times, days: Sequence[int], trend: dict[str, Any] | None) -> Sequence[int]:
    """Return the days from which on the level is one that it had not before."""
    for step in reversed(trend["change_points"] if trend else ()):
        at = datetime.fromisoformat(step["at"]).toordinal() - 1
        before = [times.days.attempts[day] for day in days if day < at]
        if before and step["after"] > (1 + setting("step_size")) * float(np.median(before)):
            return [day for day in days if day >= at]
    return days


def _attempts(times: Times, days: Sequence[int], trend: dict[str, Any] | None) -> Fit:
    """Return the fit of the attempts of days: of what a day has, the number that chance moves least.

    Days before the level rose for good say nothing of today's.
    """
    days = _since_risen(times, days, trend)
    attempts = [float(times.days.attempts[day]) for day in days]
    chance = 1 / sqrt(max(float(np.median(attempts)), 1.0))
    return Fit.of(days, attempts, trend=_grows(trend), chance=chance, drift=setting("month_drift") / MONTH_DAYS)


def _today(fit: Fit, days: Sequence[int]) -> float:
    """Return the attempts of a mean day, of the weekdays that were seen, at the level of the last."""
    seen = {day % WEEK for day in days}
    return sum(exp(fit.at(weekday)[0]) for weekday in seen) / min(WEEK, days[-1] - days[0] + 1)


def _by_day(hours: Mapping[int, int], days: Sequence[int]) -> dict[int, float]:
    highest: dict[int, int] = {}
    for hour, count in hours.items():
        highest[hour // 24] = max(highest.get(hour // 24, 0), count)
    return {day: highest.get(day, 0) / HOUR for day in days}


_BLOCK, _BLOCKS = 10, 6
"""Minutes of a part of the hour around a peak, and how many it has."""


def _around(times: Times, day: int) -> float:
    """Return the attempts a second of the usual minutes of the hour around a day's peak: a surge is not among them."""
    first = times.days.calls.get(day, (0, day * DAY))[1] // 60 - _BLOCK * _BLOCKS // 2
    minutes = [times.minutes.get(first + each, 0) for each in range(_BLOCK * _BLOCKS)]
    parts = sorted(sum(minutes[begin : begin + _BLOCK]) for begin in range(0, len(minutes), _BLOCK))
    return parts[(_BLOCKS - 1) // 2] / (60 * _BLOCK)


class _Chance(NamedTuple):
    """The scatter that chance gives to a day's highest.

    Where the loads of its hours tell what chance makes of them: how much higher that is (a logarithm), and the standard
    error of it.
    """

    scatter: float
    higher: float = 0.0
    error: float = inf


def _by_loads(times: Times, calls: Mapping[int, float], held: float) -> dict[int, _Chance]:
    """Return what chance makes of the loads of hours, for days whose most calls are no surge."""
    by_day = {day: [times.by_hour.held.get(24 * day + hour, 0) / HOUR for hour in range(24)] for day in calls}
    days = [day for day, loads in by_day.items() if calls[day] and max(loads) > 0]
    if not days:
        return {}
    hours = np.array([by_day[day] for day in days])
    middle, high = (highest_by_chance(hours, held, share) for share in (0.5, _DEVIATION))
    scatter, found = np.log(high / middle), {}
    for day, usual, each, load in zip(days, middle.tolist(), scatter.tolist(), hours.max(axis=1).tolist(), strict=True):
        error = sqrt(2 * held / HOUR / load)
        chance = _Chance(sqrt(each**2 + (_WHOLE / usual) ** 2), log(usual / calls[day]), error)
        if -chance.higher < setting("surge_deviations") * sqrt(chance.scatter**2 + error**2):
            found[day] = chance
    return found


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


def _quantiles(
    days: Sequence[int], values: Mapping[int, float], chances: Mapping[int, _Chance], *, whole: bool, growing: bool
) -> dict[str, Any]:
    """Return the quantiles of days' highest, by what chance makes of each; where weekdays differ, of the highest."""
    listed, drift = [values[day] for day in days], setting("month_drift") / MONTH_DAYS
    chance = float(np.median([chances[day].scatter for day in days]))
    fit = Fit.of(days, listed, trend=growing, chance=chance, drift=drift)
    best = max(range(WEEK), key=lambda weekday: fit.at(weekday)[0])
    high = [chances[day] for day in fit.kept.tolist() if fit.groups[day % WEEK] == fit.groups[best]]
    if max(fit.groups):
        fit = Fit.of(days, listed, trend=growing, chance=float(np.median([each.scatter for each in high])), drift=drift)
    error = float(np.median([each.error for each in high]))
    if error < inf:
        own = fit.chance**2 * fit.at(best)[1]
        unsure = error**2 / (own + error**2)
        lift = float(np.mean([each.higher for each in high])) * (1 - unsure)
        fit = replace(fit, lift=lift, unsure=unsure)
    # A last week of holidays has grown, too.
    shares = {name: fit.quantile(share, max(values) - days[-1]) for name, share in QUANTILES.items()}
    # Calls are whole: the fewest that so many days stay at or below are half a call under the quantile, rounded up.
    half = 0.5 if whole else 0.0
    return {
        name: {end: max(getattr(each, end) - half, getattr(each, end) / 2) for end in ("value", "low", "high")}
        for name, each in shares.items()
    }


def usual_scatter(highest: float, mean: float) -> float:
    """Return the scatter of a day's highest count, as a share of it, that chance gives.

    Counts scatter by the root of their level. The highest of an hour of this `mean` stands by some roots of it above,
    and scatters less; what stands higher is a surge, too short for chance to be met often.
    """
    half = setting("chance_height") / 2
    root = sqrt(highest + half**2) - half
    chance = setting("surge_scatter") * sqrt(highest) if _surges(highest, mean) else setting("chance_scatter") * root
    return sqrt((chance / highest) ** 2 + (_WHOLE / highest) ** 2)


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
    whole = times.days.attempts.get(hour // 24, 0) / 24
    return {
        "minute": _over(times.minutes[minute] * 60, times.hours.get(minute // 60, 0)),
        "hour": _over(times.hours[hour], whole) if hour // 24 in attempts else None,
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
    since = [(day, value) for day, value in zip(days, values, strict=True) if not steps or day >= steps[-1][0]]
    growth = _growth(*zip(*since, strict=True)) if len(since) >= limit("trend_days") else None
    factors = Fit.of(days, values, trend=True)
    means = [exp(factors.at(weekday)[0]) for weekday in range(WEEK)]
    return {
        "weeks": len(days) / WEEK,
        "growth_per_month": growth,
        "shown": growth is not None and (growth["low"] > 0 or growth["high"] < 0),
        "weekday": [mean / (sum(means) / WEEK) for mean in means],
        "change_points": [{"at": written(day * DAY), "before": before, "after": after} for day, before, after in steps],
    }


def _growth(days: Sequence[int], values: Sequence[float]) -> dict[str, float]:
    fit = Fit.of(days, values, trend=True)
    slope, error = fit.slope()
    # Days that follow each other are alike: there is less to go by than their number says.
    alike = _alikeness(fit.left)
    half = student(fit.degrees) * error * sqrt((1 + alike) / (1 - alike))
    bounds = {"value": slope, "low": slope - half, "high": slope + half}
    return {name: exp(each * MONTH_DAYS) - 1 for name, each in bounds.items()}


def _alikeness(left: Floats) -> float:
    square = float((left**2).sum())
    return min(max(float((left[1:] * left[:-1]).sum()) / square, 0.0), 0.8) if square else 0.0


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
        if left < squares and abs(found[-1]) > _STEP * error:
            best, squares, size = at, left, float(found[-1])
    if not best or abs(size) < setting("step_size"):
        return []
    before, after = float(np.mean(values[:best])), float(np.mean(values[best:]))
    here = (days[best], before, after)
    return [*_steps(days[:best], values[:best]), here, *_steps(days[best:], values[best:])]
