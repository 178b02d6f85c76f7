"""Days explained by weekday and time: a regression of what is log-normal around the level of a weekday, which may grow.

With few days the scatter is that of chance and what is assumed beside it, and gives way to what the days show as they
become more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import erf, exp, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from planner.cdr.format import setting
from planner.cdr.profile.rates import Interval

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

WEEK = 7
ALIKE, APART = (0,) * WEEK, tuple(range(WEEK))
"""Levels of weekdays: one, and seven."""
_WEEKENDS = {5, 6}, {4, 5}
"""Weekdays that are often alike, from Monday on: Saturday and Sunday, Friday and Saturday."""
_WIDEST, _TAIL = 2.5, 12
"""From how many times the assumed scatter of days on what is larger gets rarer by a power, and which."""
_SCATTERS = (*np.linspace(0, _WIDEST, 11).tolist(), *np.geomspace(_WIDEST, 40, 12)[1:].tolist())
"""The edges of the cases that are told apart, in times the same."""
_OFTEN = 3
"""Weeks from which on a weekday's median is that of usual days."""
_SHARE = 0.06
"""The share of days, a little more than one in twenty, from which on high ones are no exception."""
_OF_MEDIAN = 1.4826
"""Standard deviation of a normal law over the median distance from its median."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Logarithms of days explained by weekday and time, the last day being time 0.

    `groups` tells for every weekday, from Monday on, which of the levels it has; `left` is what they leave
    of each day `kept`, with so many `degrees` of freedom; `chance` is the scatter that chance alone gives.
    Where the loads of hours tell what chance makes of them, levels are higher by `lift`, and so much of the error that
    chance makes is left.
    """

    groups: tuple[int, ...]
    trend: bool
    coefficients: Floats
    inverse: Floats
    left: Floats
    degrees: int
    chance: float
    kept: Integers
    lift: float = 0.0
    unsure: float = 1.0

    @property
    def squares(self) -> float:
        """The sum of the squares of what is left."""
        return squares_of(self.left)

    @classmethod
    def of(
        cls, days: Sequence[int], values: Sequence[float], *, trend: bool, chance: float = 0.0, drift: float = 0.0
    ) -> Fit:
        """Fit. Weekdays count where they show; days that lie far below what is usual say nothing of high ones.

        Where there is no `trend` to fit, `drift` is how much days may grow all the same: the standard deviation of the
        growth of the logarithm per day, around none (a ridge: A. E. Hoerl and R. W. Kennard, 1970).
        """
        every, logs = np.array(days), np.log(np.maximum(np.array(values, np.float64), 0.5))
        asked = _Asked(days[-1], trend, chance, drift)
        kept = _usual(every, logs)
        while True:
            found = _levels(asked, every[kept], logs[kept])
            left = logs - np.array([found.at(day % WEEK, float(day - days[-1]))[0] for day in days])
            still = kept & ~_far_below(left, left[kept])
            if (level := _upper(every[still], left[still])) is not None:
                still &= left >= level
            if still.sum() == kept.sum():
                return found
            kept = still

    def at(self, weekday: int, day: float = 0.0) -> tuple[float, float]:
        """Return the mean logarithm of a weekday at a time, and its variance over that of a day."""
        about = row(weekday, day, self.groups, trend=self.trend)
        return float(about @ self.coefficients), float(about @ self.inverse @ about)

    def slope(self) -> tuple[float, float]:
        """Return the growth of the logarithm per day, and its standard error."""
        scatter = sqrt(self.squares / max(self.degrees, 1))
        return float(self.coefficients[1]), scatter * sqrt(float(self.inverse[1, 1]))

    def quantile(self, share: float, ahead: float = 0.0) -> Interval:
        """Return what a share of days stays below so many days after the last, with its interval.

        How much days scatter beside chance is known from the days and from what is assumed of it before (Bayes): the
        bounds are quantiles of all that may be, each scatter with its weight.
        """
        means = [self.at(weekday, ahead)[0] + self.lift for weekday in range(WEEK)]
        error, known = self.at(int(np.argmax(means)), ahead)[1], self.chance**2 * (1 - self.unsure)
        cases = [
            (weight, _mixed(means, each, share), sqrt(max(error * (each**2 - known), 0.0)))
            for each, weight in self._scatters()
        ]
        miss = (1 - setting("confidence")) / 2
        value, low, high = (exp(_quantile(cases, each)) for each in (0.5, miss, 1 - miss))
        return Interval(value, low, high, "log-normal days")

    def _scatters(self) -> list[tuple[float, float]]:
        """Return what the scatter of days may be, with how likely each is."""
        usual, edges = setting("day_scatter"), np.array(_SCATTERS)
        middle = (edges[1:] + edges[:-1]) / 2
        rarer = np.minimum(middle, _WIDEST) ** 2 / 2 + _TAIL * np.log(np.maximum(middle / _WIDEST, 1))
        assumed, squares = np.log(np.diff(edges)) - rarer, (middle * usual) ** 2 + self.chance**2
        told = assumed - (self.squares / squares + self.degrees * np.log(squares)) / 2
        weights = np.exp(told - told.max())
        return list(zip(np.sqrt(squares).tolist(), (weights / weights.sum()).tolist(), strict=True))


class _Asked(NamedTuple):
    """What a fit is asked for; the last day is time 0."""

    last: int
    trend: bool
    chance: float
    drift: float

    @property
    def scatter(self) -> float:
        """What is assumed of the scatter of days."""
        return sqrt(self.chance**2 + setting("day_scatter") ** 2)

    def fitted(self, days: Integers, logs: Floats, groups: tuple[int, ...]) -> Fit:
        """Return the fit with these levels of weekdays."""
        held = (self.scatter / self.drift) ** 2 if self.drift and not self.trend else 0.0
        sloped = self.trend or held > 0
        columns = np.array([row(int(day) % WEEK, float(day - self.last), groups, trend=sloped) for day in days])
        return Fit(groups, sloped, *solved(columns, logs, held), self.chance, days)

    def gain(self, fit: Fit, finer: Fit) -> float:
        """Return how much a finer fit explains, by level, over what it leaves (an F statistic)."""
        known = setting("day_scatter_days")
        left = (finer.squares + known * self.scatter**2) / (finer.degrees + known)
        return (fit.squares - finer.squares) / (max(finer.groups) - max(fit.groups)) / left


def _levels(asked: _Asked, days: Integers, logs: Floats) -> Fit:
    """Tell weekdays apart one step after the other, as long as that explains much more."""
    best = asked.fitted(days, logs, ALIKE)
    while True:
        finer = [asked.fitted(days, logs, groups) for groups in _finer(best.groups, days)]
        most, found = max(((asked.gain(best, each), each) for each in finer), key=itemgetter(0), default=(0.0, best))
        if most <= setting("weekday_gain" if found.groups == APART else "level_gain"):
            return best
        best = found


def row(weekday: int, day: float, groups: Sequence[int], *, trend: bool) -> Floats:
    """Return the row of a day in the matrix of a regression."""
    dummies = [float(groups[weekday] == each) for each in range(1, max(groups) + 1)]
    return np.array([1.0, *([day] if trend else []), *dummies])


def _finer(groups: tuple[int, ...], days: Integers) -> Iterator[tuple[int, ...]]:
    """Yield groups with one level more, of weekdays of one level that were seen; of two weeks, all apart."""
    seen = {int(day) % WEEK for day in days}
    if len(days) >= 2 * WEEK:
        yield from (APART,) if groups == ALIKE else ()
        return
    for apart in (*_WEEKENDS, *({weekday} for weekday in seen)):
        of = {groups[weekday] for weekday in apart}
        others = {weekday for weekday in seen if groups[weekday] in of} - apart
        if len(of) == 1 and apart <= seen and others:
            yield tuple(max(groups) + 1 if weekday in apart else old for weekday, old in enumerate(groups))


def _usual(days: Integers, logs: Floats) -> npt.NDArray[np.bool_]:
    """Tell which days do not lie far below their weekday's median, where each was seen often enough."""
    if days.size < _OFTEN * WEEK:
        return np.ones(days.size, bool)
    medians = np.array([np.median(logs[days % WEEK == weekday]) for weekday in range(WEEK)])
    left = logs - medians[days % WEEK]
    return ~_far_below(left, left)


def _far_below(left: Floats, among: Floats) -> npt.NDArray[np.bool_]:
    """Tell which days lie below the median by much more than is usual among them: a holiday, an outage."""
    middle = float(np.median(among))
    usual = _OF_MEDIAN * float(np.median(np.abs(among - middle)))
    return left < middle - max(setting("low_day_height") * usual, setting("low_day"))


def _upper(days: Integers, left: Floats) -> float | None:
    """Return where the upper of two kinds of days begins, None where they are of one kind.

    So that high ones decide, more must be high than stand above the quantile that is planned for, and one of the last
    weeks: else the level has fallen.
    """
    order = np.argsort(left)
    ascending = left[order]
    gaps = np.diff(ascending)
    at = int(np.argmax(gaps)) + 1 if gaps.size else 0
    parts = ascending[:at], ascending[at:]
    if parts[1].size < max(2.0, _SHARE * left.size) or days[order[at:]].max() <= days[-1] - _OFTEN * WEEK:
        return None
    within = sqrt(sum(float(((part - part.mean()) ** 2).sum()) for part in parts if part.size) / max(left.size - 2, 1))
    return float(parts[1][0]) if gaps[at - 1] > max(setting("low_day_height") * within, setting("low_day")) else None


def solved(columns: Floats, logs: Floats, held: float = 0.0) -> tuple[Floats, Floats, Floats, int]:
    """Return coefficients, the inverse of the normal matrix, what is left and its degrees.

    `held` is the weight with which the second coefficient is held at 0, which costs no degree.
    """
    normal = columns.T @ columns
    if held:
        normal[1, 1] += held
    inverse: Floats = np.linalg.pinv(normal).astype(np.float64)
    found = inverse @ columns.T @ logs
    degrees = max(len(logs) - int(columns.shape[1]) + (held > 0), 0)
    return found, inverse, logs - columns @ found, degrees


def squares_of(left: Floats) -> float:
    """Return the sum of squares."""
    return float((left**2).sum())


def _mixed(means: Sequence[float], scatter: float, share: float) -> float:
    """Return what a share of the days of all weekdays stays below (logarithms)."""
    return _quantile([(count / len(means), mean, scatter) for mean, count in Counter(means).items()], share)


def _quantile(cases: Sequence[tuple[float, float, float]], share: float) -> float:
    """Return a quantile of a mixture of normal laws, each with its weight, mean and deviation."""
    low = min(mean - 6 * spread for _, mean, spread in cases)
    high = max(mean + 6 * spread for _, mean, spread in cases)
    for _ in range(40):
        middle = (low + high) / 2
        below = sum(
            weight * (0.5 + erf((middle - mean) / (spread * sqrt(2))) / 2) if spread else weight * (middle >= mean)
            for weight, mean, spread in cases
        )
        low, high = (middle, high) if below < share else (low, middle)
    return high
