"""Capacity: how many calls, how fast they come, and how close each limit is."""

from __future__ import annotations

from planner.report.blocks import Block, Cell, Chart, Section
from planner.report.charts import Bar, ranges
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision, overload
from planner.report.sections.hardware import ORIGINS
from planner.sizing.plan import Row


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no traffic."""
    say = draft.say
    table = draft.estimates(decision.together(draft, say("Traffic the deployment carries")), "traffic")
    if table is None:
        return None
    lead = say(
        "At {cps} call attempts per second the busy hour offers {erlangs} erlangs; {channels} "
        "channels carry them at a blocking of {blocking}.",
        cps=say.quantity(draft.value("traffic.cps"), "count"),
        erlangs=say.number(draft.value("traffic.offered_erlangs")),
        channels=draft.shown("traffic.concurrent_calls_peak"),
        blocking=overload.grade(draft),
    )
    blocks: list[Block] = [_headroom(draft), *overload.charts(draft), table]
    if kernel := draft.estimates(say("What the operating system of each server must provide"), "kernel"):
        blocks.append(kernel)
    return Section("capacity", say("Capacity"), lead, tuple(blocks))


def _headroom(draft: Draft) -> Chart:
    """Return the chart of each resource's use, as a share of what each server has."""
    say = draft.say
    rows = [row for row, _ in decision.rows(draft)]
    answer = say("Fullest, measured by the share that is planned for: {row}", row=decision.resource(draft, rows[0]))
    titles = (
        mark("Resource"),
        mark("Needed"),
        mark("Available"),
        mark("Planned for"),
        mark("In use"),
        mark("Suffices"),
    )
    table = draft.table(
        say("Need and capacity of each server"), [say(each) for each in titles], [_row(draft, row) for row in rows]
    )
    figure = ranges([_bar(draft, row) for row in rows], say("share of what is there, %"), 100, say("full"))
    return Chart("headroom", say("How close is each limit?"), answer, figure, table)


def _bar(draft: Draft, row: Row) -> Bar:
    share = 100 / row.capacity if row.capacity else 0
    low, typical, high = (value * share for value in row.need)
    span = draft.say.span(row.need.low, row.need.high, row.unit)
    told = draft.say("{first} Plausible: {range}.", first=decision.resource(draft, row), range=span)
    return Bar(draft.say(row.label), typical, low, high, over=not row.suffices, hover=told)


def _row(draft: Draft, row: Row) -> list[Cell | str]:
    say = draft.say
    low, typical, high = row.need
    span = say.span(low, high, row.unit)
    needed = say.quantity(typical, row.unit)
    share = row.certainty
    return [
        draft.label(row.label)._replace(detail=say(ORIGINS[row.origin])),
        Cell(needed, "number", detail="" if span == needed else span),
        say.quantity(row.capacity, row.unit),
        say.percent(row.ceiling),
        say.percent(row.utilisation),
        Cell(
            say("yes") if row.suffices else say("no"),
            detail="" if share is None else say("in {share} of cases", share=decision.surely(draft, share)),
        ),
    ]
