"""What the model would have planned for measured traffic, beside what that traffic really needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from planner.cdr.summary.stretch import named_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAY = 86_400
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure: what the model predicts (with its range) and what was measured, in the same unit."""

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
        """Tell whether the measurement lies in the predicted range."""
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

    Rates of less than a day are scaled to one, and say so.
    """
    busy, lines = profile["busy_hour"], profile["lines"]
    seconds = max(profile["span"]["seconds"], 1)
    bytes_per_line = profile["distributions"]["line_bytes"]["mean"]
    scaled = "" if seconds >= DAY else f"scaled from {seconds:,} s"
    records = profile["calls"]["records"]
    yield "traffic.cps", busy["cps"], "busy hour"
    yield "traffic.answered_cps", busy["answered"] / _HOUR, "busy hour"
    yield "traffic.offered_erlangs", busy["attempt_erlangs"], "mean of the busy hour"
    yield "traffic.concurrent_calls_peak", float(profile["concurrency"]["attempts"]["peak"]), "highest second"
    yield "cdr.lines_per_hour", float(busy["attempts"]), "busy hour"
    yield "cdr.bytes_per_hour", busy["attempts"] * bytes_per_line, "busy hour"
    yield "traffic.attempts_per_day", records * DAY / seconds, scaled
    yield "cdr.bytes_per_day", lines["bytes"] * DAY / seconds, scaled


def compare(profile: Mapping[str, Any], figures: Mapping[str, Any]) -> list[Comparison]:
    """Return the comparisons; `figures` are a sizing's estimates by name (value, low, high, unit)."""
    found = []
    for name, measured, remark in measured_figures(profile):
        figure = figures.get(name)
        if figure:
            bounds = (figure["value"], figure["low"], figure["high"])
            found.append(Comparison(name, figure["unit"], *bounds, measured, remark))
    return [*found, *_files(profile)]


def _files(profile: Mapping[str, Any]) -> Iterator[Comparison]:
    interval = write_interval(profile)
    if not interval:
        return
    named = [time[0] for time in (named_time(entry["file"]) for entry in profile["files"]) if time]
    days = (max(named) - min(named) + interval) / DAY
    predicted = DAY / interval
    yield Comparison(
        "cdr.files_per_day", "1/day", predicted, predicted, predicted, len(named) / days, "file names"
    )
