"""Days explained by weekday and time: a regression of what is log-normal around the level of a weekday, which may grow.

With few days the scatter is that of chance and what is assumed beside it, and gives way to what the days show as they
become more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import erf, exp, hypot, sqrt
from operator import itemgetter
from statistics import NormalDist
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
_OF_MEDIAN = 1.4826
"""Standard deviation of a normal law over the median distance from its median."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Logarithms of days explained by weekday and time, the last day being time 0.

    `groups` tells for every weekday, from Monday on, which of the levels it has; `left` is what they leave
    of each day `kept`, with so many `degrees` of freedom; `chances` are the scatters that chance alone gives these, and
    `chance` that of the days that are asked for. Growth is `free` where nothing was known of it before.
    Where the loads of hours tell what chance makes of them, levels are higher by `lift`, and so much of the error that
    chance makes is left. `attempts` is what the same days' attempts scatter, where that is known.
    """

    groups: tuple[int, ...]
    sloped: bool
    free: bool
    coefficients: Floats
    inverse: Floats
    left: Floats
    degrees: int
    chances: Floats
    chance: float
    kept: Integers
    lift: float = 0.0
    unsure: float = 1.0
    attempts: Sequence[tuple[float, float]] | None = None

    @property
    def squares(self) -> float:
        """The sum of the squares of what is left."""
        return squares_of(self.left)

    @classmethod
    def of(
        cls,
        days: Sequence[int],
        values: Sequence[float],
        *,
        trend: bool,
        chances: Sequence[float] | None = None,
        drift: NormalDist | None = None,
    ) -> Fit:
        """Fit. Weekdays count where they show; days that lie far below what is usual say nothing of high ones.

        Where there is no `trend` to fit, `drift` is what is known before of the growth of the logarithm per day, around
        which it is held (a ridge: A. E. Hoerl and R. W. Kennard, 1970).
        """
        every, logs = np.array(days), np.log(np.maximum(np.array(values, np.float64), 0.5))
        by_chance = np.zeros(every.size) if chances is None else np.array(chances)
        asked = _Asked(every, logs, by_chance, None if trend else drift, trend=trend)
        kept = _usual(asked)
        while True:
            found = _levels(asked.of(kept))
            left = logs - np.array([found.at(day % WEEK, float(day - days[-1]))[0] for day in days])
            still = kept & ~_far_below(left, left[kept], by_chance)
            if (level := _upper(every[still], left[still])) is not None:
                still &= left >= level
            if still.sum() == kept.sum():
                return found
            kept = still

    def at(self, weekday: int, day: float = 0.0) -> tuple[float, float]:
        """Return the mean logarithm of a weekday at a time, and its variance over that of a day."""
        about = row(weekday, day, self.groups, trend=self.sloped)
        return float(about @ self.coefficients), float(about @ self.inverse @ about)

    def slope(self) -> tuple[float, float]:
        """Return the growth of the logarithm per day, and its standard error."""
        scatter = sqrt(self.squares / max(self.degrees, 1))
        return float(self.coefficients[1]), scatter * sqrt(float(self.inverse[1, 1]))

    def scatters(self) -> list[tuple[float, float]]:
        """Return what the scatter of days beside chance may be, and how likely each is."""
        return self._scatters(0.0)

    def growth(self) -> NormalDist:
        """Return what is known of the growth of the logarithm per day, after what was known before."""
        scatter = sum(weight * each for each, weight in self._scatters(self.chance))
        return NormalDist(float(self.coefficients[1]), scatter * sqrt(float(self.inverse[1, 1])))

    def quantile(self, share: float, ahead: float = 0.0) -> Interval:
        """Return what a share of days stays below so many days after the last, with its interval.

        Weekdays that were not seen are as those that were. How much days scatter beside chance is known from the days
        and from what is assumed of it before (Bayes): the bounds are quantiles of all that may be, each scatter with
        its weight.
        """
        means = [self.at(weekday, ahead)[0] + self.lift for weekday in self.seen]
        error, known = self.at(self.highest, ahead)[1], self.chance**2 * (1 - self.unsure)
        cases = [
            (weight, _mixed(means, each, share), sqrt(max(error * (each**2 - known), 0.0)))
            for each, weight in self._scatters(self.chance)
        ]
        miss = (1 - setting("confidence")) / 2
        value, low, high = (exp(_quantile(cases, each)) for each in (0.5, miss, 1 - miss))
        return Interval(value, low, high, "log-normal days")

    @property
    def seen(self) -> list[int]:
        """The weekdays of the days kept."""
        return sorted({int(day) % WEEK for day in self.kept})

    @property
    def highest(self) -> int:
        """The weekday of the highest level."""
        return max(self.seen, key=lambda weekday: self.at(weekday)[0])

    def _scatters(self, chance: float) -> list[tuple[float, float]]:
        """Return what the scatter of days may be with so much of chance, and how likely each is."""
        middle, assumed = _assumed("day_scatter") if self.attempts is None else _beyond(self.attempts)
        squares = middle[:, None] ** 2 + self.chances**2
        degrees = self.degrees / self.left.size
        told = np.log(assumed) - (self.left**2 / squares + degrees * np.log(squares)).sum(axis=1) / 2
        weights = np.exp(told - told.max())
        return list(zip(np.hypot(middle, chance).tolist(), (weights / weights.sum()).tolist(), strict=True))


def _edges() -> Floats:
    """Return the bounds of the scatters that are told apart."""
    widest = setting("day_scatter_widest")
    return setting("day_scatter") * np.concatenate((np.linspace(0, widest, 11), np.geomspace(widest, 40, 12)[1:]))


def _assumed(usual: str) -> tuple[Floats, Floats]:
    """Return scatters of days that may be, and how likely each is before days tell."""
    edges, widest = _edges(), setting("day_scatter_widest")
    middle = (edges[1:] + edges[:-1]) / 2
    over = middle / setting(usual)
    beyond = setting("day_scatter_tail") * np.log(np.maximum(over / widest, 1))
    weights = np.diff(edges) * np.exp(-(np.minimum(over, widest) ** 2) / 2 - beyond)
    return middle, weights / weights.sum()


def _beyond(days: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Return the same for peaks, which scatter as the attempts of days do, and of their own."""
    middle, own = _assumed("peak_scatter")
    scatters, weights = np.array(days).T
    every = np.hypot(scatters[:, None], middle)
    return middle, np.histogram(every, _edges(), weights=weights[:, None] * own)[0] + 1e-300


class _Asked(NamedTuple):
    """What a fit is asked for: days, their logarithms, and what chance makes of each."""

    days: Integers
    logs: Floats
    chances: Floats
    drift: NormalDist | None
    trend: bool
    last: int = 0

    def of(self, kept: npt.NDArray[np.bool_]) -> _Asked:
        """Return the same of some days; the last of all is time 0."""
        return _Asked(self.days[kept], self.logs[kept], self.chances[kept], self.drift, self.trend, int(self.days[-1]))

    @property
    def chance(self) -> float:
        """What chance makes of most days."""
        return float(np.median(self.chances))

    @property
    def scatter(self) -> float:
        """What is assumed of the scatter of days."""
        return hypot(self.chance, setting("day_scatter"))

    def fitted(self, groups: tuple[int, ...]) -> Fit:
        """Return the fit with these levels of weekdays."""
        sloped = self.trend or self.drift is not None
        since = self.days - self.last
        columns = np.array(
            [row(int(day) % WEEK, float(at), groups, trend=sloped) for day, at in zip(self.days, since, strict=True)]
        )
        mean, held = (self.drift.mean, (self.scatter / self.drift.stdev) ** 2) if self.drift else (0.0, 0.0)
        found, inverse, left, degrees = solved(columns, self.logs - mean * since, held)
        found[1:2] += mean
        return Fit(groups, sloped, self.trend, found, inverse, left, degrees, self.chances, self.chance, self.days)

    def gain(self, fit: Fit, finer: Fit) -> float:
        """Return how much a finer fit explains, by level, over what it leaves and what is asked of it."""
        known = setting("day_scatter_days")
        left = (finer.squares + known * self.scatter**2) / (finer.degrees + known)
        found = (fit.squares - finer.squares) / (max(finer.groups) - max(fit.groups)) / left
        return found / setting("weekday_gain" if finer.groups == APART else "level_gain")


def _levels(asked: _Asked) -> Fit:
    """Tell weekdays apart one step after the other, as long as that explains much more."""
    best = asked.fitted(ALIKE)
    while True:
        finer = [asked.fitted(groups) for groups in _finer(best.groups, asked.days)]
        most, found = max(((asked.gain(best, each), each) for each in finer), key=itemgetter(0), default=(0.0, best))
        if most <= 1:
            return best
        best = found


def row(weekday: int, day: float, groups: Sequence[int], *, trend: bool) -> Floats:
    """Return the row of a day in the matrix of a regression."""
    dummies = [float(groups[weekday] == each) for each in range(1, max(groups) + 1)]
    return np.array([1.0, *([day] if trend else []), *dummies])


def _finer(groups: tuple[int, ...], days: Integers) -> Iterator[tuple[int, ...]]:
    """Yield groups with one level more, of weekdays of one level that were seen; of two weeks also all apart."""
    seen = {int(day) % WEEK for day in days}
    if groups == ALIKE and len(days) >= 2 * WEEK:
        yield APART
    for apart in (*_WEEKENDS, *({weekday} for weekday in seen)):
        of = {groups[weekday] for weekday in apart}
        others = {weekday for weekday in seen if groups[weekday] in of} - apart
        if len(of) == 1 and apart <= seen and others:
            yield tuple(max(groups) + 1 if weekday in apart else old for weekday, old in enumerate(groups))


def _usual(asked: _Asked) -> npt.NDArray[np.bool_]:
    """Tell which days do not lie far below their weekday's median, where each was seen often enough."""
    days, logs, chances, *_ = asked
    if days.size < setting("weekday_weeks") * WEEK:
        return np.ones(days.size, bool)
    medians = np.array([np.median(logs[days % WEEK == weekday]) for weekday in range(WEEK)])
    left = logs - medians[days % WEEK]
    return ~_far_below(left, left, chances)


def _far_below(left: Floats, among: Floats, chances: Floats) -> npt.NDArray[np.bool_]:
    """Tell which days lie below the median by much more than is usual among them and by chance: holidays, outages."""
    middle = float(np.median(among))
    usual = np.maximum(_OF_MEDIAN * float(np.median(np.abs(among - middle))), chances)
    return np.asarray(left < middle - np.maximum(setting("low_day_height") * usual, setting("low_day")))


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
    few, last = max(2.0, setting("high_day_share") * left.size), days[-1] - setting("weekday_weeks") * WEEK
    if parts[1].size < few or days[order[at:]].max() <= last:
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
