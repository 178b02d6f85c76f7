"""Measured traffic: what the call records of the real system show, hour by hour and in a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Block, Section
from planner.report.gather import number, part, text
from planner.report.language import mark
from planner.report.sections import measured_charts, measured_routes

if TYPE_CHECKING:
    from planner.report.blocks import Cell, Table
    from planner.report.evidence import Draft

OVERALL = (
    (mark("Call attempts"), ("calls", "records"), "count"),
    (mark("Answered calls"), ("calls", "answered"), "count"),
    (mark("Answer-seizure ratio"), ("calls", "asr"), "ratio"),
    (mark("Network effectiveness ratio"), ("calls", "ner"), "ratio"),
    (mark("Average call duration"), ("calls", "acd"), "s"),
    (mark("Mean call attempts per second"), ("cps", "mean"), "1/s"),
    (mark("Busiest second, call attempts"), ("cps", "second", "peak"), "1/s"),
    (mark("Busiest hour, call attempts per second"), ("cps", "hour", "peak"), "1/s"),
    (mark("Most attempts in progress at once"), ("concurrency", "attempts", "peak"), "count"),
    (mark("Most answered calls at once"), ("concurrency", "answered", "peak"), "count"),
    (mark("Answered calls at once, not exceeded 99 % of the time"), ("concurrency", "answered", "p99"), "count"),
    (mark("Bytes per line, mean"), ("distributions", "line_bytes", "mean"), "B"),
    (mark("Lines rejected as damaged"), ("lines", "rejected"), "count"),
)


def write(draft: Draft) -> Section | None:
    """Return the section; None where nothing was measured."""
    profile = draft.evidence.profile
    if not profile:
        return None
    blocks: list[Block] = [*measured_charts.charts(draft), *_overall(draft), *measured_routes.tables(draft)]
    return Section("measured", draft.say(mark("Measured traffic")), _lead(draft), tuple(blocks))


def _lead(draft: Draft) -> str:
    say, profile = draft.say, draft.evidence.profile
    span, records = part(profile, "span"), number(profile, "calls", "records")
    if records is None or not text(span, "from"):
        return ""
    return say(
        mark("{records} call records from {first} to {last} were measured."),
        records=say.number(records),
        first=text(span, "from"),
        last=text(span, "until"),
    )


def _overall(draft: Draft) -> list[Table]:
    say, profile = draft.say, draft.evidence.profile
    found = ((label, number(profile, *path), unit) for label, path, unit in OVERALL)
    rows: list[list[Cell | str]] = [
        [say(label), say.quantity(value, unit)] for label, value, unit in found if value is not None
    ]
    titles = [say(mark("Measurement")), say(mark("Value"))]
    return [draft.table(say(mark("The measured traffic in numbers")), titles, rows)] if rows else []
