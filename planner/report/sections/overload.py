"""Overload: what the planned channels block when more calls come than planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Cell, Chart
from planner.report.charts import Frame, Series, lines, significant
from planner.report.language import mark

if TYPE_CHECKING:
    from planner.report.evidence import Draft

LOADS = tuple(range(80, 151, 5))
MOST_CHANNELS = 30_000
"""Above this the recursion takes longer than the rest of the report, and the curve is a corner."""


def charts(draft: Draft) -> list[Chart]:
    """Return the chart; none where there is no load, or too many channels to compute exactly."""
    from planner.sizing.erlang import erlang_b  # noqa: PLC0415  with the model

    channels, offered = (round(draft.value(f"traffic.{name}")) for name in ("concurrent_calls_peak", "offered_erlangs"))
    if not 0 < channels <= MOST_CHANNELS or offered <= 0:
        return []
    blocked = [erlang_b(channels, offered * load / 100) for load in LOADS]
    say = draft.say
    frame = Frame(LOADS, say(mark("load, % of the plan")), say(mark("attempts blocked, %")), 280)
    figure = lines(frame, [Series(say(mark("attempts blocked")), [significant(100 * each, 4) for each in blocked])])
    rows: list[list[Cell | str]] = [
        [say.percent(load / 100), say.number(offered * load / 100), say.percent(each, 2)]
        for load, each in zip(LOADS, blocked, strict=True)
    ]
    titles = [say(title) for title in (mark("Load"), mark("Erlangs"), mark("Blocked"))]
    table = draft.table(say(mark("Blocking of the planned channels by load")), titles, rows)
    answer = say(
        mark(
            "With {channels} channels, {ten} of the attempts are blocked at 10 % more load and {thirty} at 30 % more."
        ),
        channels=say.number(channels),
        ten=say.percent(blocked[LOADS.index(110)], 1),
        thirty=say.percent(blocked[LOADS.index(130)], 1),
    )
    return [Chart("overload", say(mark("What if more calls come than planned?")), answer, figure, table)]
