"""How far chance alone may take a measurement of one archive from a prediction that is true.

The model speaks of means; an archive is one sample of them. Three things part the two: the profile's own rate
is known within its interval alone, a count of N scatters by sqrt(N), and calls that began before the archive
are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from planner.cdr.profile.confidence import quantile
from planner.cdr.settings import setting

if TYPE_CHECKING:
    from collections.abc import Mapping

_NORMAL = NormalDist()
_SETTLED = 3
"""Mean remaining durations after which a system that begins empty is within 5 % of its load."""


def covered_seconds(profile: Mapping[str, Any]) -> int:
    """Return how many seconds of the busy hour lie between the first and the last attempt; 1 at least."""
    span, busy = profile["span"], profile["busy_hour"]
    begin = max(datetime.fromisoformat(each["from"]) for each in (span, busy))
    end = min(datetime.fromisoformat(each["until"]) for each in (span, busy))
    return max(round((end - begin).total_seconds()), 1)


def rate_interval(basis: Mapping[str, Any]) -> tuple[float, float]:
    """Return the bounds of a profile's attempts per second as shares of their value."""
    known = next((each for each in basis["assumptions"] if each["name"] == "traffic.cps"), None)
    return (known["low"] / known["value"], known["high"] / known["value"]) if known else (1.0, 1.0)


def highest_level(mean: float, periods: float, chance: float) -> float:
    """Return what the highest of a Poisson level stays below with `chance`.

    `mean` is the offered load (erlangs), `periods` the time watched in mean durations of an attempt. The
    correlation of calls that come and go is 1 - |t| / duration near 0, whatever the law of their durations,
    so that the level exceeds z deviations periods * z^2 * Q(z) times (J. Pickands, 1969).
    """
    low, high = sqrt(2.0), 40.0
    for _ in range(60):
        middle = (low + high) / 2
        above = periods * middle**2 * _NORMAL.cdf(-middle) > -log(chance)
        low, high = (middle, high) if above else (low, middle)
    # Below the deviation where that chance is largest the formula says nothing: the mean is always reached.
    z = low if low > sqrt(2.0) else 0.0
    return mean + z * sqrt(mean) + (z * z - 1) / 6


@dataclass(frozen=True, slots=True)
class Durations:
    """Of an attempt (s): the mean, and the mean that is still to come of those in progress."""

    mean: float
    remaining: float


def durations(profile: Mapping[str, Any]) -> Durations:
    """Return the durations of a profile's attempts, from the moments of set-up and hold times."""
    calls, setup = profile["calls"], profile["distributions"]["setup_s"]
    hold = calls["hold_time"] or {"mean": 0.0, "deviation": 0.0}
    asr, begin = calls["asr"], calls["setup_time"]
    mean = begin + asr * hold["mean"]
    square = begin**2 + setup["deviation"] ** 2 + asr * (hold["mean"] ** 2 + hold["deviation"] ** 2)
    square += 2 * begin * asr * hold["mean"]
    return Durations(max(mean, 1.0), square / (2 * mean) if mean else 1.0)


class Chance:
    """Bounds within which a measurement is to be expected, if the model that a profile feeds is true."""

    def __init__(self, profile: Mapping[str, Any], basis: Mapping[str, Any]) -> None:
        self._busy, self._seconds = profile["busy_hour"], covered_seconds(profile)
        self._span = max(profile["span"]["seconds"], 1)
        self._durations = durations(profile)
        self._rate = rate_interval(basis)
        self._begins_empty = profile["span"]["from"] >= self._busy["from"]

    def _of(self, figure: Mapping[str, float]) -> tuple[float, float]:
        return figure["low"] * self._rate[0], figure["high"] * self._rate[1]

    def counted(self, figure: Mapping[str, float], count: int) -> tuple[float, float]:
        """Return the bounds of a rate behind which `count` events stand."""
        low, high = self._of(figure)
        error = quantile() / sqrt(max(count, 1))
        return low * max(1 - error, 0.0), high * (1 + error)

    def load(self, figure: Mapping[str, float]) -> tuple[float, float]:
        """Return the bounds of the mean concurrency of the busy hour."""
        low, high = self._of(figure)
        # The variance of a mean over T of a level with variance m and integrated correlation 2R is 2Rm / T.
        error = quantile() * sqrt(2 * self._durations.remaining / self._seconds)
        missing = figure["value"] * min(self._durations.remaining / self._seconds, 1.0)
        low -= missing if self._begins_empty else 0.0
        return max(low - error * sqrt(low), 0.0) if low > 0 else 0.0, high + error * sqrt(high)

    def highest(self, load: Mapping[str, float]) -> tuple[float, float]:
        """Return the bounds of the highest concurrency, given the figure of the offered load.

        At least the settled part of the busy hour was as busy as the model says, at most all of the archive.
        """
        low, high = self._of(load)
        miss = (1 - setting("confidence")) / 2
        settled = self._seconds - _SETTLED * self._durations.remaining * self._begins_empty
        least = highest_level(low, max(settled / self._durations.mean, 1.0), miss)
        most = highest_level(high, max(self._span / self._durations.mean, 1.0), 1 - miss)
        return least if settled > 0 else 0.0, most
