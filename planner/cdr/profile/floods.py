"""Zero-duration floods: minutes in which the rate multiplies and nearly nothing is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.cdr.profile.clock import written_range
from planner.cdr.profile.ranks import rank
from planner.cdr.settings import limit, setting

_MINUTE = 60
_LISTED = 50


@dataclass(slots=True)
class _Episode:
    begin: int
    end: int
    attempts: int
    answered: int
    peak: int

    def document(self) -> dict[str, Any]:
        when = written_range(self.begin * _MINUTE, self.end * _MINUTE)
        rate = {"peak_cps": self.peak / _MINUTE}
        return {**when, "minutes": self.end - self.begin, "attempts": self.attempts, "answered": self.answered, **rate}


def _threshold(attempts: dict[int, int]) -> float:
    counts = np.array(sorted(attempts.values()), np.int64)
    usual = rank(counts, np.ones_like(counts), 500)
    return max(setting("flood_factor") * usual, float(limit("flood_attempts")))


def find_floods(attempts: dict[int, int], answered: dict[int, int]) -> dict[str, Any]:
    """Return the episodes of minutes (counted from 0001-01-01) that look like an attack.

    A minute belongs to one if it has at least `flood_attempts` attempts, `flood_factor` times the median of
    the minutes with traffic, and a share of `flood_share` of them stays unanswered.
    """
    if not attempts:
        return {"count": 0, "attempts": 0, "episodes": []}
    enough, share = _threshold(attempts), setting("flood_share")
    episodes: list[_Episode] = []
    for minute in sorted(attempts):
        count, good = attempts[minute], answered.get(minute, 0)
        if count < enough or count - good < share * count:
            continue
        if not episodes or episodes[-1].end != minute:
            episodes.append(_Episode(minute, minute, 0, 0, 0))
        last = episodes[-1]
        last.end, last.peak = minute + 1, max(last.peak, count)
        last.attempts, last.answered = last.attempts + count, last.answered + good
    total = sum(episode.attempts for episode in episodes)
    return {"count": len(episodes), "attempts": total, "episodes": [e.document() for e in episodes[:_LISTED]]}
