"""How far peaks stand above the mean, what a high day's peak is, and whether traffic grows.

The peaks of days are log-normal around the level of their weekday, which may grow: one regression says all. With
few days the scatter is that of chance alone, and gives way to what the days show as they become more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.format import limit, setting
from planner.cdr.profile.rates import HOUR, Interval, student, written
from planner.cdr.profile.times import DAY, Times

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
MONTH_DAYS = 30.4375
_WEEK = 7
_ALIKE, _APART = (0,) * _WEEK, tuple(range(_WEEK))
_WEEKENDS = ((0, 0, 0, 0, 0, 1, 1), (0, 0, 0, 0, 1, 1, 0), (0, 0, 0, 0, 0, 0, 1))
"""Levels of weekdays: one, seven, and those that a single week can show (Saturday and Sunday, Friday and Saturday,
Sunday)."""
_WHOLE = 0.29
"""The scatter of rounding to whole calls."""
_STEP = 5.0
"""Standard errors from which on a step of the level is one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Logarithms of days explained by weekday and time, the last day being time 0.

    `groups` tells for every weekday, from Monday on, which of the levels it has.
    """

    groups: tuple[int, ...]
    trend: bool
    coefficients: Floats
    inverse: Floats
    scatter: float
    degrees: int

    @classmethod
    def of(
        cls, days: Sequence[int], values: Sequence[float], *, trend: bool, floor: float = 0.0, drift: float = 0.0
    ) -> Fit:
        """Fit; `floor` is the scatter that chance alone gives. Weekdays count where they show, of one week weekends.

        Where there is no `trend` to fit, `drift` is how much days may grow all the same: the standard deviation of the
        growth of the logarithm per day, around none (a ridge: A. E. Hoerl and R. W. Kennard, 1970).
        """
        logs = np.log(np.maximum(np.array(values, np.float64), 0.5))
        known = (_APART,) if len(days) >= 2 * _WEEK else _WEEKENDS if len(days) >= _WEEK - 1 else ()
        held, trend = (floor / drift) ** 2 if drift and not trend else 0.0, trend or drift > 0
        plain = _solved(_columns(days, _ALIKE, trend=trend), logs, held)
        best, most = (_ALIKE, plain), setting("weekday_gain")
        for groups in known:
            found = _solved(_columns(days, groups, trend=trend), logs, held)
            gain = (plain[2] - found[2]) / max(groups) / max(found[2] / max(found[3], 1), floor**2 / 4, 1e-12)
            if gain > most and found[3] > 0:
                best, most = (groups, found), gain
        groups, solved = best
        return cls(groups, trend, *solved[:2], *_scatter(solved, floor))

    def at(self, weekday: int, day: float = 0.0) -> tuple[float, float]:
        """Return the mean logarithm of a weekday at a time, and its variance."""
        row = _row(weekday, day, self.groups, trend=self.trend)
        return float(row @ self.coefficients), float(row @ self.inverse @ row) * self.scatter**2

    def slope(self) -> tuple[float, float]:
        """Return the growth of the logarithm per day, and its standard error."""
        return float(self.coefficients[1]), self.scatter * sqrt(float(self.inverse[1, 1]))

    def quantile(self, share: float) -> Interval:
        """Return what a share of days stays below now, with its interval."""
        means = [self.at(weekday)[0] for weekday in range(_WEEK)]
        value = _mixed(means, self.scatter, share)
        variance = self.at(int(np.argmax(means)))[1]
        z = (value - max(means)) / self.scatter if self.scatter else 0.0
        error = sqrt(variance + (z * self.scatter) ** 2 / (2 * self.degrees))
        half = student(self.degrees) * error
        return Interval(exp(value), exp(value - half), exp(value + half), "log-normal days")


def _row(weekday: int, day: float, groups: Sequence[int], *, trend: bool) -> Floats:
    dummies = [float(groups[weekday] == each) for each in range(1, max(groups) + 1)]
    return np.array([1.0, *([day] if trend else []), *dummies])


def _columns(days: Sequence[int], groups: Sequence[int], *, trend: bool) -> Floats:
    return np.array([_row(day % _WEEK, float(day - days[-1]), groups, trend=trend) for day in days])


def _solved(columns: Floats, logs: Floats, held: float = 0.0) -> tuple[Floats, Floats, float, int]:
    """Return coefficients, the inverse of the normal matrix, the sum of squared residuals and their degrees.

    `held` is the weight with which the second coefficient is held at 0, which costs no degree.
    """
    normal = columns.T @ columns
    if held:
        normal[1, 1] += held
    inverse: Floats = np.linalg.pinv(normal).astype(np.float64)
    found = inverse @ columns.T @ logs
    degrees = max(len(logs) - int(columns.shape[1]) + (held > 0), 0)
    return found, inverse, float(((logs - columns @ found) ** 2).sum()), degrees


def _scatter(solved: tuple[Floats, Floats, float, int], floor: float) -> tuple[float, int]:
    squares, degrees = solved[2], solved[3]
    if not floor:
        return sqrt(squares / max(degrees, 1)), max(degrees, 1)
    known = round(setting("day_scatter_days"))
    return sqrt((known * floor**2 + squares) / (known + degrees)), known + degrees


def _mixed(means: Sequence[float], scatter: float, share: float) -> float:
    """Return what a share of the days of all weekdays stays below (logarithms)."""
    from statistics import NormalDist  # noqa: PLC0415  beside its one use

    normal = NormalDist()
    low, high = min(means) - 6 * scatter, max(means) + 6 * scatter
    for _ in range(60):
        middle = (low + high) / 2
        below = sum(normal.cdf((middle - mean) / scatter) if scatter else float(middle >= mean) for mean in means)
        low, high = (middle, high) if below < share * len(means) else (low, middle)
    return high


def day_peaks(times: Times, *, growing: bool) -> dict[str, Any] | None:
    """Return the quantiles of the days' highest calls and rates, and how far peaks stand above the mean."""
    days = times.days.whole(times.clock.window)
    if not days or not times.days.calls:
        return None
    kinds = {
        "calls": {day: float(times.days.calls.get(day, (0, 0))[0]) for day in days},
        "cps_minute": {day: times.days.minute.get(day, 0) / 60 for day in days},
        "cps_second": {day: float(times.days.second.get(day, 0)) for day in days},
        "cps_hour": _by_day(times.hours, days),
    }
    widths = {"calls": 1, "cps_minute": 60, "cps_second": 1, "cps_hour": HOUR}
    busiest = max(times.hours.values())
    means = {"calls": max(times.by_hour.held.values(), default=0) / HOUR, "cps_minute": busiest / 60}
    means |= {"cps_second": busiest / HOUR, "cps_hour": busiest}
    found = {
        name: _quantiles(days, values, widths[name], means[name], growing=growing) for name, values in kinds.items()
    }
    highest = max(days, key=lambda day: kinds["calls"][day])
    found["calls"]["max_at"] = times.peak_at(highest) if highest in times.days.calls else None
    return {"days": len(days), "quantile": setting("peak_quantile"), **found, "above_mean": _above(times, days)}


def _by_day(hours: Mapping[int, int], days: Sequence[int]) -> dict[int, float]:
    highest: dict[int, int] = {}
    for hour, count in hours.items():
        highest[hour // 24] = max(highest.get(hour // 24, 0), count)
    return {day: highest.get(day, 0) / HOUR for day in days}


def _quantiles(
    days: Sequence[int], values: Mapping[int, float], width: int, mean: float, *, growing: bool
) -> dict[str, Any]:
    listed = [values[day] for day in days]
    floor = usual_scatter(max(float(np.median(listed)) * width, 1.0), mean)
    fit = Fit.of(days, listed, trend=growing, floor=floor, drift=setting("month_drift") / MONTH_DAYS)
    shares = {name: fit.quantile(share) for name, share in QUANTILES.items()}
    plain = {name: {"value": each.value, "low": each.low, "high": each.high} for name, each in shares.items()}
    return {**plain, "max": max(listed)}


def usual_scatter(highest: float, mean: float) -> float:
    """Return the scatter of a day's highest count, as a share of it, that chance and the usual difference of days give.

    Counts scatter by the root of their level. The highest of an hour of this `mean` stands by some roots of it above,
    and scatters less; what stands higher is a surge, too short for chance to be met often.
    """
    half = setting("chance_height") / 2
    root = sqrt(highest + half**2) - half
    surge = highest > mean + setting("surge_height") * sqrt(mean)
    chance = setting("surge_scatter") * sqrt(highest) if surge else setting("chance_scatter") * root
    return sqrt((chance / highest) ** 2 + (_WHOLE / highest) ** 2 + setting("day_scatter") ** 2)


def _above(times: Times, days: Sequence[int]) -> dict[str, float | None]:
    """Return the highest minute over the mean of its hour, hour over its day, day over its week, week over all."""
    minute = max(times.minutes, key=lambda each: times.minutes[each])
    hour = max(times.hours, key=lambda each: times.hours[each])
    attempts = {day: times.days.attempts.get(day, 0) for day in days}
    weeks: dict[int, list[int]] = {}
    for day, count in attempts.items():
        weeks.setdefault(day // _WEEK, []).append(count)
    means = {week: sum(counts) / len(counts) for week, counts in weeks.items() if len(counts) == _WEEK}
    day = max(attempts, key=lambda each: attempts[each])
    whole = times.days.attempts.get(hour // 24, 0) / 24
    return {
        "minute": _over(times.minutes[minute] * 60, times.hours.get(minute // 60, 0)),
        "hour": _over(times.hours[hour], whole) if hour // 24 in attempts else None,
        "day": _over(attempts[day], means.get(day // _WEEK, 0)),
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
    means = [exp(factors.at(weekday)[0]) for weekday in range(_WEEK)]
    return {
        "weeks": len(days) / _WEEK,
        "growth_per_month": growth,
        "shown": growth is not None and (growth["low"] > 0 or growth["high"] < 0),
        "weekday": [mean / (sum(means) / _WEEK) for mean in means],
        "change_points": [{"at": written(day * DAY), "before": before, "after": after} for day, before, after in steps],
    }


def _growth(days: Sequence[int], values: Sequence[float]) -> dict[str, float]:
    fit = Fit.of(days, values, trend=True)
    slope, error = fit.slope()
    # Days that follow each other are alike: there is less to go by than their number says.
    alike = _alikeness(fit, days, values)
    half = student(fit.degrees) * error * sqrt((1 + alike) / (1 - alike))
    bounds = {"value": slope, "low": slope - half, "high": slope + half}
    return {name: exp(each * MONTH_DAYS) - 1 for name, each in bounds.items()}


def _alikeness(fit: Fit, days: Sequence[int], values: Sequence[float]) -> float:
    left = np.array(
        [log(max(value, 0.5)) - fit.at(day % _WEEK, day - days[-1])[0] for day, value in zip(days, values, strict=True)]
    )
    square = float((left**2).sum())
    return min(max(float((left[1:] * left[:-1]).sum()) / square, 0.0), 0.8) if square else 0.0


def _steps(days: Sequence[int], values: Sequence[float]) -> list[tuple[int, float, float]]:
    """Return the days from which on the level is another one, with the means before and after.

    A step must explain the days better than growth does.
    """
    if len(days) < 2 * _WEEK:
        return []
    logs = np.log(np.maximum(np.array(values), 0.5))
    weekly = _columns(days, _APART if len(days) >= 3 * _WEEK else _ALIKE, trend=False)
    smooth = _solved(np.column_stack((weekly, np.array(days) - days[-1])), logs)[2]
    best, squares, size = 0, smooth, 0.0
    for at in range(_WEEK, len(days) - _WEEK + 1):
        found, inverse, left, degrees = _solved(np.column_stack((weekly, np.arange(len(days)) >= at)), logs)
        error = sqrt(max(left, 1e-12) / max(degrees, 1) * float(inverse[-1, -1]))
        if left < squares and abs(found[-1]) > _STEP * error:
            best, squares, size = at, left, float(found[-1])
    if not best or abs(size) < setting("step_size"):
        return []
    before, after = float(np.mean(values[:best])), float(np.mean(values[best:]))
    here = (days[best], before, after)
    return [*_steps(days[:best], values[:best]), here, *_steps(days[best:], values[best:])]
