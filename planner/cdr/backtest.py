"""What the model would have planned for measured traffic, beside what that traffic really needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from planner.cdr.chance import Chance, covered_seconds
from planner.cdr.summary.stretch import named_time
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAY = 86_400
LOAD, PEAK = "traffic.offered_erlangs", "traffic.concurrent_calls_peak"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure: what the model predicts and what was measured, in the same unit.

    `low` and `high` are where the measurement is to be expected: the model's range, widened by what chance
    does to one archive.
    """

    figure: str
    unit: str
    predicted: float
    low: float
    high: float
    measured: float
    note: str = ""

    @property
    def error(self) -> float | None:
        """The prediction's distance from the measurement, as a share of the latter; None where that is 0."""
        return (self.predicted - self.measured) / self.measured if self.measured else None

    @property
    def within(self) -> bool:
        """Tell whether the measurement lies where it is expected."""
        return self.low <= self.measured <= self.high


def write_interval(profile: Mapping[str, Any]) -> int | None:
    """Return the usual seconds between files whose names tell a time; None with fewer than two."""
    named = sorted({time[0] for time in (named_time(entry["file"]) for entry in profile["files"]) if time})
    gaps = [after - before for before, after in pairwise(named)]
    return int(median(gaps)) if gaps else None


def declared_by(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the archive itself tells about the server's settings, in the deployment's names."""
    declared: dict[str, Any] = {"softswitch.SS_CDR_RECORD_NONCONNECT": not profile["calls"]["answered_only"]}
    interval = write_interval(profile)
    if interval and 60 <= interval <= DAY:  # noqa: PLR2004  the parameter's documented range
        declared["softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"] = interval
    return declared


def measured_figures(profile: Mapping[str, Any]) -> Iterator[tuple[str, float, str]]:
    """Yield the sizing's figures as they were measured: name, value in the figure's unit, remark.

    The busy hour counts by the seconds of it that the archive covers. Rates of less than a day are scaled to
    one, and say so.
    """
    busy, lines = profile["busy_hour"], profile["lines"]
    seconds, covered = max(profile["span"]["seconds"], 1), covered_seconds(profile)
    bytes_per_line = profile["distributions"]["line_bytes"]["mean"]
    scaled = "" if seconds >= DAY else wording("scaled from {seconds} s", seconds=f"{seconds:,}")
    busiest = wording("busy hour")
    hourly = busy["attempts"] * _HOUR / covered
    yield "traffic.cps", busy["attempts"] / covered, busiest
    yield "traffic.answered_cps", busy["answered"] / covered, busiest
    yield LOAD, busy["attempt_erlangs"] * _HOUR / covered, wording("mean of the busy hour")
    yield PEAK, float(profile["concurrency"]["attempts"]["peak"]), wording("highest second")
    yield "cdr.lines_per_hour", hourly, busiest
    yield "cdr.bytes_per_hour", hourly * bytes_per_line, busiest
    yield "traffic.attempts_per_day", profile["calls"]["records"] * DAY / seconds, scaled
    yield "cdr.bytes_per_day", lines["bytes"] * DAY / seconds, scaled


def compare(
    profile: Mapping[str, Any], figures: Mapping[str, Any], basis: Mapping[str, Any] | None = None
) -> list[Comparison]:
    """Return the comparisons; `figures` are a sizing's estimates by name (value, low, high, unit).

    `basis` is the profile the sizing was given, the measured one by default.
    """
    chance = Chance(profile, basis or profile)
    found = []
    for name, measured, remark in measured_figures(profile):
        figure = figures.get(name)
        if figure:
            low, high = _bounds(chance, name, figures, profile["busy_hour"])
            found.append(Comparison(name, figure["unit"], figure["value"], low, high, measured, remark))
    return [*found, *_files(profile)]


def _bounds(chance: Chance, name: str, figures: Mapping[str, Any], busy: Mapping[str, int]) -> tuple[float, float]:
    """Return where the measurement of a figure is to be expected."""
    if name == LOAD:
        return chance.load(figures[LOAD])
    if name == PEAK and LOAD in figures:
        low, high = chance.highest(figures[LOAD])
        return min(low, figures[PEAK]["low"]), max(high, figures[PEAK]["high"])
    return chance.counted(figures[name], busy["answered" if name == "traffic.answered_cps" else "attempts"])


def _files(profile: Mapping[str, Any]) -> Iterator[Comparison]:
    interval = write_interval(profile)
    if not interval:
        return
    named = [time[0] for time in (named_time(entry["file"]) for entry in profile["files"]) if time]
    days = (max(named) - min(named) + interval) / DAY
    predicted = DAY / interval
    yield Comparison("cdr.files_per_day", "1/day", predicted, predicted, predicted, len(named) / days, "file names")
