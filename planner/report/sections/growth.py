"""Growth: in which month each resource gives way, by when to order, and what the next step is."""

from __future__ import annotations

from planner.report.blocks import Cell, Chart, Section, Table
from planner.report.charts import Bar, ranges
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision
from planner.sizing.plan import Row

MOST_BARS = 8


def write(draft: Draft) -> Section:
    """Return the section: without growth it says what is missing."""
    say, made = draft.say, decision.plan(draft)
    title = say("Growth")
    if decision.growth_rate(draft) <= 0:
        told = mark("No growth is declared, so no month can be named; {name} declares it.")
        lead = say.sentences(say(told, name="traffic.growth_per_month"), decision.trend(draft))
        return Section("growth", title, lead)
    reached = sorted((row for row in made.resources if row.month is not None), key=lambda row: row.month or 0)
    if reached:
        return Section("growth", title, "", (_chart(draft, reached),))
    return Section("growth", title, _until(draft))


def _until(draft: Draft) -> str:
    return draft.say.sentences(decision.lasts(draft), decision.trend(draft))


def _chart(draft: Draft, reached: list[Row]) -> Chart:
    say, made = draft.say, decision.plan(draft)
    shown = reached[:MOST_BARS]
    bars = [
        Bar(
            say(row.label),
            row.month or 0,
            row.month or 0,
            row.month or 0,
            over=row.month == 0,
            hover=decision.resource(draft, row),
        )
        for row in shown
    ]
    figure = ranges(bars, say("months from now"), made.horizon, say("horizon"))
    question = say("How long does this plan last?")
    return Chart("growth", question, _until(draft), figure, _table(draft, reached))


def _table(draft: Draft, reached: list[Row]) -> Table:
    say = draft.say
    titles = [say("Resource"), say("Needed now"), say("Planned for"), say("Gives way")]
    caption = say("When each resource gives way, each server")
    return draft.table(caption, titles, [_row(draft, each) for each in reached])


def _row(draft: Draft, row: Row) -> list[Cell | str]:
    amounts = [draft.say.quantity(value, row.unit) for value in (row.need.typical, row.limit)]
    when = decision.month(draft, row.month) if row.month else draft.say("does not suffice today")
    return [draft.label(row.label), *amounts, when]
