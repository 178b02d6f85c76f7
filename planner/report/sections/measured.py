"""Measured traffic: what the call records of the real system show, hour by hour and in a week."""

from planner.report.blocks import Block, Cell, Section, Table
from planner.report.evidence import Draft
from planner.report.gather import number, part, text
from planner.report.sections import measured_charts, measured_routes
from planner.sizing.constants import data

PLANNED = (
    ("traffic.cps", ("cps", "hour", "peak")),
    ("traffic.asr", ("calls", "asr")),
    ("traffic.acd", ("calls", "acd")),
    ("traffic.setup_time", ("calls", "setup_time")),
    ("traffic.concurrent_calls_peak", ("concurrency", "attempts", "peak")),
)
"""Figures and numbers of the plan, with what a profile measured of each."""


def write(draft: Draft) -> Section | None:
    """Return the section; None where nothing was measured."""
    profile = draft.evidence.profile
    if not profile:
        return None
    blocks: list[Block] = [
        *_planned(draft),
        *measured_charts.charts(draft),
        *_overall(draft),
        *measured_routes.tables(draft),
    ]
    return Section("measured", draft.say("Measured traffic"), _lead(draft), tuple(blocks))


def _lead(draft: Draft) -> str:
    say, profile = draft.say, draft.evidence.profile
    span, records = part(profile, "span"), number(profile, "calls", "records")
    if records is None or not text(span, "from"):
        return ""
    return say(
        "{records} call records from {first} to {last} were measured.",
        records=say.number(records),
        first=text(span, "from"),
        last=text(span, "until"),
    )


def _planned(draft: Draft) -> list[Table]:
    """Return what was measured beside what is planned: a plan for other traffic must say so."""
    say = draft.say
    if not list(draft.evidence.deployment):
        return []
    pairs = ((estimate, number(draft.evidence.profile, *path)) for name, path in PLANNED
             if (estimate := _number(draft, name)))  # fmt: skip
    rows: list[list[Cell | str]] = [
        [
            draft.label(label),
            say.quantity(measured, unit),
            say.quantity(planned, unit),
            say("{ratio} times", ratio=say.number(planned / measured, 2)) if measured else "\N{EN DASH}",
        ]
        for (label, planned, unit), measured in pairs
        if measured is not None
    ]
    titles = [say("Busy hour"), say("Measured"), say("Planned"), say("Planned over measured")]
    return [draft.table(say("The plan beside the measurement"), titles, rows)] if rows else []


def _number(draft: Draft, name: str) -> tuple[str, float, str] | None:
    sizing = draft.evidence.sizing
    if found := sizing.figures.get(name):
        return found.label, found.range.typical, found.unit
    leaf = sizing.leaves.get(name)
    return (leaf.label, leaf.value, leaf.unit) if leaf else None


def _overall(draft: Draft) -> list[Table]:
    say, profile = draft.say, draft.evidence.profile
    found = ((each["label"], number(profile, *each["path"]), each["unit"]) for each in data("report")["measured"])
    rows: list[list[Cell | str]] = [
        [say(label), say.quantity(value, unit)] for label, value, unit in found if value is not None
    ]
    titles = [say("Measurement"), say("Value")]
    return [draft.table(say("The measured traffic in numbers"), titles, rows)] if rows else []
