"""A live folder beside the plan: what its latest day and hour come to, and which of it leaves the plan."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.cdr.profile.statistics import written
from planner.cdr.profile.times import Times
from planner.cdr.sources import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from planner.cdr.sources import Source
    from planner.cdr.summary.summary import Summary

_HOUR_MINUTES = 60
_FEW = 100
"""Attempts of an hour below which its ASR says nothing."""

LIMITS = {
    "calls": "calls in progress, highest of the latest day",
    "cps": "attempts a second, highest minute of the latest day",
    "cps_second": "attempts a second, highest second of the latest day",
    "asr": "share of answered attempts, latest hour (a lower limit)",
    "disk": "share of the file system that is full",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One round: the values by name, and the local time of the last attempt."""

    values: dict[str, float]
    at: str | None = None

    def outside(self, limits: Mapping[str, float]) -> dict[str, bool]:
        """Tell of each limited value that was read whether it has left the plan."""
        return {
            name: self.values[name] < most if name == "asr" else self.values[name] > most
            for name, most in limits.items()
            if name in self.values
        }


def recent(sources: Iterable[Source], seconds: float) -> list[Source]:
    """Return the files changed within the last seconds: those a live server still writes, and the day before."""
    since = (time.time() - seconds) * 1e9
    return [source for source in sources if source.path != STDIN and source.mtime_ns >= since]


def read(summary: Summary, folder: Path, zone: ZoneInfo | None = None) -> Reading:
    """Return what a summary and the folder's file system come to now."""
    values = {"disk": _full(folder)}
    times = Times(summary, zone)
    if not times.hours:
        return Reading(values)
    day = max(times.days.attempts)
    values["calls"] = float(times.days.calls.get(day, (0, 0))[0])
    values["cps"] = times.days.minute.get(day, 0) / 60
    values["cps_second"] = float(times.days.second.get(day, 0))
    last = max(times.minutes)
    hour = range(last - _HOUR_MINUTES + 1, last + 1)
    attempts = sum(times.minutes.get(minute, 0) for minute in hour)
    if attempts >= _FEW:
        values["asr"] = sum(times.answered_minutes.get(minute, 0) for minute in hour) / attempts
    return Reading(values, written((last + 1) * 60))


def _full(folder: Path) -> float:
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    return usage.used / usage.total if usage.total else 0.0


def limits_of(figures: Mapping[str, Any]) -> dict[str, float]:
    """Return the limits that a sizing's figures are, by their names here."""
    names = {"calls": "traffic.concurrent_calls_peak", "cps": "traffic.peak_cps"}
    return {name: float(figures[figure]["value"]) for name, figure in names.items() if figure in figures}


def as_metrics(reading: Reading, limits: Mapping[str, float], outside: Mapping[str, bool]) -> str:
    """Return a reading in the text format of Prometheus, for node_exporter's textfile collector."""
    lines = ["# HELP plan_cdr_measured What the call records come to.", "# TYPE plan_cdr_measured gauge"]
    lines += [f'plan_cdr_measured{{measure="{name}"}} {value!r}' for name, value in reading.values.items()]
    lines += ["# HELP plan_cdr_limit What is planned.", "# TYPE plan_cdr_limit gauge"]
    lines += [f'plan_cdr_limit{{measure="{name}"}} {value!r}' for name, value in limits.items()]
    lines += ["# HELP plan_cdr_outside 1 where the plan is left.", "# TYPE plan_cdr_outside gauge"]
    lines += [f'plan_cdr_outside{{measure="{name}"}} {int(left)}' for name, left in outside.items()]
    return "\n".join(lines) + "\n"
