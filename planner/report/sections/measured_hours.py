"""Charts of measured traffic hour by hour: call attempts, and calls at once."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from planner.report.blocks import Cell, Chart, Table
from planner.report.charts import TIME_AXIS, Frame, Limit, Series, lines, significant
from planner.report.evidence import Draft
from planner.report.gather import number, rows, text
from planner.report.language import mark
from planner.report.palette import BLUE, PURPLE

MOST_HOURS = 128
"""How many points an hourly line has: four a day show the shape of a month."""
_LISTED = 12


def _busiest(hours: Sequence[Mapping[str, Any]], key: str) -> tuple[list[str], list[float]]:
    """Return times and values; where there are many hours, the highest of each stretch of them."""
    step = -(-len(hours) // MOST_HOURS)
    stretches = [hours[index : index + step] for index in range(0, len(hours), step or 1)]
    best = [max(stretch, key=lambda hour: number(hour, key) or 0.0) for stretch in stretches]
    return [_minute(hour) for hour in best], [significant(number(hour, key) or 0.0) for hour in best]


def _minute(hour: Mapping[str, Any]) -> str:
    """Return when an hour began, without its seconds."""
    return text(hour, "from")[: len("2026-11-22 10:00")]


class _Hourly(NamedTuple):
    """A chart of hourly means: its series as (name, field, colour), and the peak's message and place."""

    key: str
    question: str
    caption: str
    unit: str
    series: Sequence[tuple[str, str, str]]
    peak: tuple[str, tuple[str, ...]]


def _hourly(draft: Draft, chart: _Hourly) -> Chart | None:
    """Return hourly means as lines, with the highest second as a line across."""
    say, hours = draft.say, rows(draft.evidence.profile, "hours")
    if len(hours) < 2:  # noqa: PLR2004  a line has two ends
        return None
    first = chart.series[0][1]
    times = _busiest(hours, first)[0]
    drawn = [Series(name, _busiest(hours, field)[1], colour) for name, field, colour in chart.series]
    busiest = max(hours, key=lambda hour: number(hour, first) or 0.0)
    answer = say(
        "The busiest hour began {when}: {value} {unit}.",
        when=_minute(busiest),
        value=say.quantity(number(busiest, first) or 0.0, "count"),
        unit=chart.unit,
    )
    figure = lines(Frame(times, "", chart.unit, 300, TIME_AXIS), drawn, _peak_line(draft, *chart.peak))
    return Chart(chart.key, chart.question, answer, figure, _busiest_table(draft, chart, hours))


def _peak_line(draft: Draft, message: str, place: tuple[str, ...]) -> list[Limit]:
    peak = number(draft.evidence.profile, *place)
    return [] if peak is None else [Limit(draft.say(message, n=draft.say.quantity(peak, "count")), peak)]


def _busiest_table(draft: Draft, chart: _Hourly, hours: Sequence[Mapping[str, Any]]) -> Table:
    say, first = draft.say, chart.series[0][1]
    peaks = sorted(hours, key=lambda hour: -(number(hour, first) or 0.0))[:_LISTED]
    cells: list[list[Cell | str]] = [
        [_minute(hour), *(say.quantity(number(hour, field) or 0.0, "count") for _, field, _ in chart.series)]
        for hour in peaks
    ]
    titles = [say("Hour"), *(name for name, _, _ in chart.series)]
    return draft.table(chart.caption, titles, cells)


def by_hour(draft: Draft) -> Chart | None:
    """Return the chart of call attempts by hour; None where the profile has no hours."""
    say = draft.say
    series = [(say("Call attempts per second, hourly mean"), "cps", BLUE)]
    peak = (mark("busiest minute: {n}"), ("cps", "minute", "peak"))
    question, unit = say("How does the traffic come in?"), say("call attempts per second")
    caption = say("The busiest hours by call attempts")
    return _hourly(draft, _Hourly("hours", question, caption, unit, series, peak))


def concurrency(draft: Draft) -> Chart | None:
    """Return the chart of calls at once by hour; None where the profile has no hours."""
    say = draft.say
    series = [
        (say("Attempts in progress"), "attempt_erlangs", BLUE),
        (say("Answered calls"), "answered_erlangs", PURPLE),
    ]
    peak = (mark("most attempts at once: {n}"), ("concurrency", "attempts", "peak"))
    question, unit = say("How many calls stand at once?"), say("calls at once, hourly mean")
    caption = say("The busiest hours by calls at once")
    return _hourly(draft, _Hourly("concurrency", question, caption, unit, series, peak))
