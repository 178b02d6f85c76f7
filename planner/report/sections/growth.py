"""Growth: in which month each limit is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Cell, Chart, Section, Table
from planner.report.charts import COLOURS, Frame, Limit, Series, lines, significant
from planner.report.language import mark
from planner.report.sections.capacity import distinct

if TYPE_CHECKING:
    import datetime as dt

    from planner.report.evidence import Draft
    from planner.sizing.result import Milestone

MONTHS = 36
MOST_LINES = 4
_DASHES = ("solid", "dash", "dot", "dashdot")


def write(draft: Draft) -> Section | None:
    """Return the section; None where no growth is planned."""
    rate = growth_rate(draft)
    limits = sorted(distinct(draft.evidence.sizing.growth), key=_urgency)
    if rate <= 0 or not limits:
        return None
    say = draft.say
    titles = [say(title) for title in (mark("Limit"), mark("Needed now"), mark("Available"), mark("Reached"))]
    table = draft.table(say(mark("When each limit is reached")), titles, [_row(draft, each) for each in limits])
    return Section("growth", say(mark("Growth")), "", (_chart(draft, rate, limits), table))


def growth_rate(draft: Draft) -> float:
    """Return the planned growth per month as a ratio, 0 where none is declared."""
    sizing = draft.evidence.sizing
    found = next((each for each in sizing.assumptions if each.name == "traffic.growth"), None)
    found = found or sizing.leaves.get("traffic.growth")
    return found.value if found else 0.0


def month_after(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later."""
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=min(index // 12, 9999), month=index % 12 + 1, day=1)


def _urgency(limit: Milestone) -> tuple[float, float]:
    return (float("inf") if limit.month is None else limit.month, -limit.needed / limit.available)


def _lead(draft: Draft, rate: float, limits: list[Milestone]) -> str:
    say, first = draft.say, limits[0]
    if first.month is None:
        return say(mark("At {rate} a month no limit is reached within the horizon."), rate=say.percent(rate, 1))
    if first.month == 0:
        return say.plural(
            "{n} limit is already reached today: {limit}.",
            "{n} limits are already reached today, the furthest exceeded: {limit}.",
            sum(each.month == 0 for each in limits),
            limit=draft.subject(first.label),
        )
    return say(
        mark("At {rate} a month the first limit, {limit}, is reached in {when}."),
        rate=say.percent(rate, 1),
        limit=draft.subject(first.label),
        when=_when(draft, first.month),
    )


def _when(draft: Draft, month: int | None) -> str:
    say = draft.say
    if month is None:
        return say(mark("not at this growth"))
    if month == 0:
        return say(mark("already reached"))
    return say(
        mark("{month} (month {n})"),
        month=say.month(month_after(draft.evidence.provenance.date, month)),
        n=say.number(month),
    )


def _row(draft: Draft, limit: Milestone) -> list[Cell | str]:
    amounts = [draft.say.quantity(value, limit.unit) for value in (limit.needed, limit.available)]
    return [draft.label(limit.label), *amounts, _when(draft, limit.month)]


def _chart(draft: Draft, rate: float, limits: list[Milestone]) -> Chart:
    say = draft.say
    shown = limits[:MOST_LINES]
    last = max((each.month or 0 for each in shown), default=0)
    months = list(range(max(12, min(MONTHS, last + 6)) + 1))
    shares = [
        [significant(100 * each.needed / each.available * (1 + rate) ** month, 4) for month in months] for each in shown
    ]
    series = [
        Series(say(each.label), share, COLOURS[index], _DASHES[index])
        for index, (each, share) in enumerate(zip(shown, shares, strict=True))
    ]
    frame = Frame(months, say(mark("months from now")), say(mark("share of the limit, %")), 340)
    figure = lines(frame, series, [Limit(say(mark("limit")), 100)])
    return Chart(
        "growth",
        say(mark("How long does this plan last?")),
        _lead(draft, rate, limits),
        figure,
        _table(draft, months, shown, shares),
    )


def _table(draft: Draft, months: list[int], shown: list[Milestone], shares: list[list[float]]) -> Table:
    say = draft.say
    picked = [month for month in months if month % 6 == 0]
    rows: list[list[Cell | str]] = [
        [say.number(month), *(say.percent(share[month] / 100) for share in shares)] for month in picked
    ]
    return draft.table(
        say(mark("Share of each limit by month")), [say(mark("Month")), *(say(each.label) for each in shown)], rows, 0
    )
