"""Sensitivity: which assumption moves the result most, and so is worth measuring."""

from __future__ import annotations

from planner.report.blocks import Cell, Chart, Section
from planner.report.charts import Bar, scale, swings
from planner.report.evidence import Draft
from planner.report.sections.cover import KEYS
from planner.sizing.numbers import Estimate

MOST_SWINGS = 8


def write(draft: Draft) -> Section | None:
    """Return the section; None where no assumption moves the figure."""
    evidence, say = draft.evidence, draft.say
    estimate = draft.figure(evidence.swing_figure)
    moving = [each for each in evidence.swings if each.high != each.low][:MOST_SWINGS]
    if estimate is None or not moving:
        return None
    first, name = moving[0], named(draft, estimate)
    lead = say(
        "{name} alone takes {subject} from {low} to {high}, more than any other number.",
        name=draft.short(first.label),
        subject=draft.subject(name).partition(",")[0].partition("\N{FULLWIDTH COMMA}")[0],
        low=say.quantity(first.low, estimate.unit),
        high=say.quantity(first.high, estimate.unit),
    )
    unit = scale([value for each in moving for value in (each.low, each.high)], estimate.unit, say)
    bars = [
        Bar(draft.short(each.label), unit(estimate.range.typical), unit(each.low), unit(each.high)) for each in moving
    ]
    title = say(name) + (f", {unit.unit}" if unit.unit else "")
    figure = swings(bars, title, unit(estimate.range.typical), (say("assumption low"), say("assumption high")))
    rows: list[list[Cell | str]] = [
        [draft.label(each.label), say.quantity(each.low, estimate.unit), say.quantity(each.high, estimate.unit)]
        for each in moving
    ]
    titles = [say("Assumption"), say("Result at its low"), say("Result at its high")]
    table = draft.table(say("Each assumption alone, from its low to its high"), titles, rows)
    chart = Chart("sensitivity", say("Which assumption matters most?"), lead, figure, table)
    return Section("sensitivity", say("Sensitivity"), "", (chart,))


def named(draft: Draft, estimate: Estimate) -> str:
    """Return what the cover calls a figure, else its label."""
    return next((label for name, label in KEYS if draft.figure(name) is estimate), estimate.label)
