"""The gate: what a measurement says about damaged and odd lines, as findings."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from planner.cdr.format import Condition, cdr_format
from planner.cdr.profile.tables import files_of_one_time, foreign_files, total
from planner.cdr.sources import shown
from planner.finding import Basis, Finding, Related, Severity, Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.cdr.summary.facts import Example
    from planner.cdr.summary.summary import Summary

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
