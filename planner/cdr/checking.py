"""What a measurement says about odd lines, and about a live folder beside its plan, as findings."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from planner.cdr.format import Condition, cdr_format
from planner.cdr.profile.calls import files_of_one_time, foreign_files, total
from planner.cdr.profile.rates import written
from planner.cdr.profile.times import Times
from planner.cdr.sources import STDIN, Source, shown
from planner.cdr.summary.summary import Example, Summary
from planner.finding import Basis, Finding, Related, Severity, Span
from planner.wording import wording

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


_SOURCE = "VOS3000 manual, section 4.4 (text CDR)"
_FIELD = {"start_time": 2, "stop_time": 3, "hold_time": 4, "pdd": 17}
_SHOWN = 60


def bad_share(summary: Summary) -> float:
    """Return the share of lines that were rejected; 0 where there are none."""
    lines = total(summary, "lines")
    return total(summary, "rejected") / lines if lines else 0.0


def _span(summary: Summary, example: Example, reason: str) -> Span:
    line = summary.files[example.path].line_number(example)
    fields = example.text.split("|")
    index = _FIELD.get(reason)
    if index is None or index >= len(fields) - 1:
        return Span.at(shown(example.path), line, 1)
    column = len("|".join(fields[:index])) + 1 + (index > 0)
    return Span.at(shown(example.path), line, column, len(fields[index]))


def _says(example: Example, reason: str) -> str:
    """Return what stands there, where the beginning of the line shows it."""
    fields = example.text.split("|")
    index = _FIELD.get(reason)
    if index is None:
        return f": {example.text[:_SHOWN]!r}" if example.text else ""
    return f": {fields[index][:_SHOWN]!r}" if index < len(fields) - 1 else ""


def _finding(summary: Summary, condition: Condition, kind: str, severity: Severity) -> Finding | None:
    count = summary.tallies[f"{kind}:{condition.name}"]
    examples = summary.examples.kinds.get(f"{kind}:{condition.name}", [])
    if not count or not examples:
        return None
    first, *others = examples
    spans = (_span(summary, other, condition.name) for other in others)
    lines = "1 line" if count == 1 else f"{count:,} lines"
    return Finding(
        rule=f"cdr-{condition.name.replace('_', '-')}",
        severity=severity,
        basis=Basis.DOCUMENTED,
        message=f"{lines}: {condition.meaning}{_says(first, condition.name)} (byte {first.offset})",
        span=_span(summary, first, condition.name),
        help=condition.help,
        related=tuple(
            Related(f"the same, at byte {other.offset}", span) for other, span in zip(others, spans, strict=True)
        ),
        source=_SOURCE,
        subject=condition.name,
    )


def _same_time(summary: Summary) -> Iterator[Finding]:
    for first, *others in files_of_one_time(summary).values():
        for path in others:
            yield Finding(
                rule="cdr-hour-in-two-files",
                severity=Severity.WARNING,
                basis=Basis.DOCUMENTED,
                message=wording("its name is also that of {path}: what both hold counts twice", path=shown(first)),
                span=Span.at(shown(path), 1, 1),
                help="leave one out, or measure servers apart: plan cdr profile NAME=FOLDER NAME=FOLDER",
                related=(Related("the other file", Span.at(shown(first), 1, 1)),),
                source=_SOURCE,
                subject=PurePath(path).name,
            )


def _foreign(foreign: dict[str, str]) -> Iterator[Finding]:
    for path, name in sorted(foreign.items()):
        yield Finding(
            rule="cdr-other-format",
            severity=Severity.ERROR,
            basis=Basis.DOCUMENTED,
            message=f"this is {name}, not the pipe-separated text CDR",
            span=Span.at(shown(path), 1, 1),
            help="give the YYYYMMDDHH.txt files of the cdr folder: 17 or 19 fields between |",
            source=_SOURCE,
            subject=name,
        )


def _seconds(summary: Summary, files: list[str]) -> Iterator[Finding]:
    for path in files:
        yield Finding(
            rule="cdr-hold-in-seconds",
            severity=Severity.WARNING,
            basis=Basis.DOCUMENTED,
            message=f"every holdTime of {summary.files[path].answered:,} answered calls fits as seconds",
            span=Span.at(shown(path), 1, 1),
            help="holdTime is in milliseconds; look for a converter that divided by 1,000",
            source=_SOURCE,
        )


def findings_of(summary: Summary, max_bad: float, seconds_files: list[str]) -> list[Finding]:
    """Return one finding per reason and suspicion, at its first line, further examples as related places.

    Rejected lines are errors where their share exceeds `max_bad`, else warnings; suspicions are information.
    """
    rejected = Severity.ERROR if bad_share(summary) > max_bad else Severity.WARNING
    known = cdr_format()
    foreign = foreign_files(summary)
    elsewhere = sum(facts.rejected for path, facts in summary.files.items() if path not in foreign)
    # What a file of another format looks like line by line is no news beside what it is.
    reasons = (_finding(summary, reason, "reason", rejected) for reason in known.reasons if elsewhere)
    odd = (_finding(summary, suspicion, "suspicious", Severity.INFO) for suspicion in known.suspicions)
    found = [finding for finding in (*reasons, *odd) if finding]
    return [*_foreign(foreign), *_same_time(summary), *found, *_seconds(summary, seconds_files)]


# A live folder beside the plan: what its latest day and hour come to, and which of it leaves the plan.

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
SHARES = ("asr", "disk")


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
