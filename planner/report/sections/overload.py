"""Overload: what is blocked when more calls come than planned, by what is bought and by what is needed."""

from __future__ import annotations

from math import floor, log

from planner.report.blocks import Cell, Chart
from planner.report.charts import Frame, Series, lines, significant, vertical
from planner.report.evidence import Draft
from planner.report.sections import decision

LOADS = tuple(range(80, 251, 5))
_STEP = 12
PLANNED = 100
LEAST = 5e-5
"""A share of attempts that reads as 0.01 %."""


def charts(draft: Draft) -> list[Chart]:
    """Return the chart; none where there is no load or no channel."""
    from planner.sizing.functions import blocked as lost  # noqa: PLC0415  with the model

    say, bought = draft.say, floor(draft.value("hardware.capacity_concurrent_calls"))
    offered = draft.value("traffic.offered_erlangs")
    if bought <= 0 or offered <= 0:
        return []
    loads = [load for load in LOADS if load <= max(130, 115 * bought / offered)] or list(LOADS)
    blocked = [lost(offered * load / 100, bought) for load in loads]
    frame = Frame(loads, say("load, % of the plan"), say("attempts blocked, %"), 280)
    figure = lines(frame, [Series(say("attempts blocked"), [significant(100 * each, 4) for each in blocked])])
    for months in _marks(draft, loads[-1]):
        figure = vertical(figure, 100 * (1 + decision.growth_rate(draft)) ** months,
                          say("month {n}", n=say.number(months)))  # fmt: skip
    needed = round(draft.value("traffic.concurrent_calls_peak"))
    rows: list[list[Cell | str]] = [
        [
            say.percent(load / 100),
            say.number(offered * load / 100),
            _planned(draft, _needed(draft, needed, offered * load / 100), load),
            share(draft, each),
        ]
        for load, each in zip(loads, blocked, strict=True)
        if load % 10 == 0 and (each >= LEAST or load in {80, 100, 110, 130})
    ]
    titles = [
        say("Load"),
        say("Erlangs"),
        say("Blocked on the {channels} needed", channels=say.number(needed)),
        say("Blocked on the {channels} the servers carry", channels=say.number(bought)),
    ]
    caption = say("Blocking by load, on the channels needed and on what is bought")
    answer = say(
        "{needed} channels keep blocking at the planned load to {grade}; the servers carry {channels} calls, which "
        "block {ten} of the attempts at 10 % more load and {thirty} at 30 % more.",
        needed=draft.shown("traffic.concurrent_calls_peak"),
        grade=grade(draft),
        channels=say.number(bought),
        ten=share(draft, blocked[loads.index(110)]),
        thirty=share(draft, blocked[loads.index(130)]),
    )
    table = draft.table(caption, titles, rows)
    return [Chart("overload", say("What if more calls come than planned?"), answer, figure, table)]


def bought(draft: Draft) -> float:
    """Return the share of the planned load that what is bought blocks."""
    from planner.sizing.functions import blocked  # noqa: PLC0415  with the model

    return blocked(draft.value("traffic.offered_erlangs"), floor(draft.value("hardware.capacity_concurrent_calls")))


def grade(draft: Draft) -> str:
    """Return the grade of service planned for, as a percentage."""
    sizing = draft.evidence.sizing
    found = next((each for each in sizing.assumptions if each.name == "traffic.blocking"), None)
    found = found or sizing.leaves.get("traffic.blocking")
    return draft.say.percent(found.value, 2) if found else draft.say("the planned grade of service")


def _needed(draft: Draft, channels: int, load: float) -> float:
    """Return the share of a load that the channels needed block, by the formula they were planned with."""
    from planner.sizing.erlang import engset_call_congestion  # noqa: PLC0415  with the model
    from planner.sizing.functions import blocked  # noqa: PLC0415  the same

    leaves = draft.evidence.sizing.leaves
    sources = int(leaves["traffic.sources"].value) if leaves and leaves["given.finite"].value else 0
    if not 0 < load < sources:
        return blocked(load, channels)
    busy = load / sources
    return engset_call_congestion(channels, sources, busy / (1 - busy))


def _planned(draft: Draft, blocked: float, load: int) -> Cell:
    """Return a share of attempts; at the planned load with the grade of service it keeps to."""
    kept = draft.say("within the {grade} planned for", grade=grade(draft)) if load == PLANNED else ""
    return Cell(share(draft, blocked), detail=kept)


def _marks(draft: Draft, last: float) -> list[int]:
    """Return the months, every year, in which growth reaches a load the chart shows."""
    rate = decision.growth_rate(draft)
    if rate <= 0:
        return []
    end = min(decision.plan(draft).horizon, int(log(last / 100) / log(1 + rate)))
    return list(range(_STEP, end + 1, _STEP))


def share(draft: Draft, blocked: float) -> str:
    """Return a share of attempts; what rounds to nothing says so."""
    say = draft.say
    return say.percent(blocked, 2) if blocked >= LEAST else say("less than {share}", share=say.percent(1e-4, 2))
