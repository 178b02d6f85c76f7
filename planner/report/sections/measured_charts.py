"""Charts of measured traffic: by hour, in the week, answers by hour of the day, post-dial delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Cell, Chart, Column, Table
from planner.report.charts import heat
from planner.report.charts.bars import Group, grouped
from planner.report.charts.lines import Frame, Series, lines
from planner.report.charts.style import MOST_POINTS, significant
from planner.report.marking import mark
from planner.report.measurement import matrix, number, part, rows, text
from planner.report.palette import BLUE, VERMILION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from planner.report.draft import Draft

HOUR = 3600
PERCENTILES = ("p50", "p75", "p90", "p95", "p99")
_LISTED = 12


def charts(draft: Draft) -> list[Chart]:
    """Return the charts the profile has numbers for."""
    found = (_by_hour(draft), _concurrency(draft), _week(draft), _answers(draft), _delay(draft))
    return [chart for chart in found if chart is not None]


def _busiest(hours: Sequence[Mapping[str, Any]], key: str) -> tuple[list[str], list[float]]:
    """Return times and values; where there are many hours, the highest of each stretch of them."""
    step = -(-len(hours) // MOST_POINTS)
    stretches = [hours[index : index + step] for index in range(0, len(hours), step or 1)]
    best = [max(stretch, key=lambda hour: number(hour, key) or 0.0) for stretch in stretches]
    return [text(hour, "from") for hour in best], [significant(number(hour, key) or 0.0) for hour in best]


def _hourly(
    draft: Draft, key: str, names: tuple[str, str], series: Sequence[tuple[str, str, str]]
) -> Chart | None:
    """Return a chart of hourly values; `names` are question and unit, `series` (name, field, colour)."""
    say, hours = draft.say, rows(draft.evidence.profile, "hours")
    if len(hours) < 2:  # noqa: PLR2004  a line has two ends
        return None
    times = _busiest(hours, series[0][1])[0]
    drawn = [Series(name, _busiest(hours, field)[1], colour) for name, field, colour in series]
    unit = names[1]
    peaks = sorted(hours, key=lambda hour: -(number(hour, series[0][1]) or 0.0))[:_LISTED]
    cells: list[list[Cell | str]] = [
        [text(hour, "from"), *(say.quantity(number(hour, field) or 0.0, "count") for _, field, _ in series)]
        for hour in peaks
    ]
    table = draft.table(
        say(mark("The busiest hours")), [say(mark("Hour")), *(name for name, _, _ in series)], cells
    )
    answer = say(
        mark("The busiest hour began {when} with {value} ({unit})."),
        when=text(peaks[0], "from"),
        value=say.quantity(number(peaks[0], series[0][1]) or 0.0, "count"),
        unit=unit,
    )
    return Chart(key, names[0], answer, lines(Frame(times, "", unit, 300), drawn), table)


def _by_hour(draft: Draft) -> Chart | None:
    say = draft.say
    names = (say(mark("How does the traffic come in?")), say(mark("call attempts per second")))
    return _hourly(draft, "hours", names, [(say(mark("call attempts per second, hourly mean")), "cps", BLUE)])


def _concurrency(draft: Draft) -> Chart | None:
    say = draft.say
    names = (say(mark("How many calls stand at once?")), say(mark("calls at once, hourly mean")))
    series = [
        (say(mark("attempts in progress")), "attempt_erlangs", BLUE),
        (say(mark("answered calls")), "answered_erlangs", VERMILION),
    ]
    return _hourly(draft, "concurrency", names, series)


def _week(draft: Draft) -> Chart | None:
    say = draft.say
    attempts, hours = (matrix(draft.evidence.profile, "week", name) for name in ("attempts", "hours"))
    if not attempts or not hours:
        return None
    rates = [
        [count / (seen * HOUR) if seen else None for count, seen in zip(*pair, strict=True)]
        for pair in zip(attempts, hours, strict=True)
    ]
    top, day, hour = _peak(rates)
    days = say.weekdays()
    answer = say(
        mark("The week peaks on {day} from {hour}:00 at {rate} call attempts per second."),
        day=days[day],
        hour=f"{hour:02d}",
        rate=say.quantity(top, "count"),
    )
    figure = heat.week(days, rates, say(mark("hour of the day")), say(mark("call attempts per second")))
    return Chart(
        "week", say(mark("When in the week is it busy?")), answer, figure, _week_table(draft, rates, top)
    )


def _peak(rates: list[list[float | None]]) -> tuple[float, int, int]:
    """Return the highest rate with its day and hour, the first of equals."""
    places = ((rate or 0.0, -day, -hour) for day, row in enumerate(rates) for hour, rate in enumerate(row))
    rate, day, hour = max(places)
    return rate, -day, -hour


def _week_table(draft: Draft, rates: list[list[float | None]], top: float) -> Table:
    say = draft.say
    cells = tuple(
        (Cell(day), *(_shaded(draft, rate, top) for rate in row))
        for day, row in zip(say.weekdays(), rates, strict=True)
    )
    columns = (Column(say(mark("Day"))), *(Column(f"{hour:02d}", numeric=True) for hour in range(24)))
    return Table(say(mark("Mean call attempts per second by hour of the week")), columns, cells, compact=True)


def _shaded(draft: Draft, rate: float | None, top: float) -> Cell:
    if rate is None:
        return Cell("\N{EN DASH}")
    return Cell(draft.say.number(rate, 0 if rate >= 10 else 1), "number", shade=rate / top if top else 0.0)  # noqa: PLR2004  two digits fit


def _answers(draft: Draft) -> Chart | None:
    """Return ASR by hour of the day, with ACD beside it in the table."""
    say, profile = draft.say, draft.evidence.profile
    attempts, answered, talked = (
        matrix(profile, "week", name) for name in ("attempts", "answered", "talk_seconds")
    )
    if not attempts or not answered:
        return None
    day = [
        [sum(row[hour] for row in table) for hour in range(24)]
        for table in (attempts, answered, talked or answered)
    ]
    ratios = [100 * yes / all_ if all_ else None for all_, yes in zip(day[0], day[1], strict=True)]
    known = [(ratio, hour) for hour, ratio in enumerate(ratios) if ratio is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    answer = say(
        mark("The answer-seizure ratio moves between {low} at {low_hour}:00 and {high} at {high_hour}:00."),
        low=say.percent(low[0] / 100),
        low_hour=f"{low[1]:02d}",
        high=say.percent(high[0] / 100),
        high_hour=f"{high[1]:02d}",
    )
    values = [None if ratio is None else significant(ratio, 4) for ratio in ratios]
    frame = Frame(
        [f"{hour:02d}" for hour in range(24)],
        say(mark("hour of the day")),
        say(mark("ASR, %")),
        280,
        {"type": "category"},
    )
    figure = lines(frame, [Series(say(mark("answer-seizure ratio")), values)])
    cells: list[list[Cell | str]] = [
        [
            f"{hour:02d}",
            say.number(day[0][hour]),
            say.percent((ratios[hour] or 0) / 100, 1),
            _mean(draft, day[2][hour], day[1][hour]) if talked else "\N{EN DASH}",
        ]
        for hour in range(24)
    ]
    titles = [say(mark("Hour")), say(mark("Call attempts")), say(mark("ASR")), say(mark("ACD"))]
    table = draft.table(say(mark("Answers by hour of the day")), titles, cells)
    return Chart("answers", say(mark("How well are calls answered?")), answer, figure, table)


def _mean(draft: Draft, seconds: float, calls: float) -> str:
    return draft.say.quantity(seconds / calls, "s") if calls else "\N{EN DASH}"


def _delay(draft: Draft) -> Chart | None:
    say, profile = draft.say, draft.evidence.profile
    sides = [(say(mark("caller side")), "caller_pdd_ms"), (say(mark("callee side")), "callee_pdd_ms")]
    found = [(name, part(profile, "distributions", key)) for name, key in sides]
    found = [(name, each) for name, each in found if number(each, "p50") is not None]
    if not found:
        return None
    names = [percentile.replace("p", "P") for percentile in PERCENTILES]
    values = [[(number(each, percentile) or 0.0) / 1000 for percentile in PERCENTILES] for _, each in found]
    groups = [Group(name, row) for (name, _), row in zip(found, values, strict=True)]
    answer = say(
        mark("Half of the callers hear ringing within {half}, 95 % within {most}."),
        half=say.quantity(values[0][0], "s"),
        most=say.quantity(values[0][3], "s"),
    )
    cells: list[list[Cell | str]] = [
        [name, *(say.quantity(value, "s") for value in row)]
        for (name, _), row in zip(found, values, strict=True)
    ]
    table = draft.table(say(mark("Post-dial delay by percentile")), [say(mark("Side")), *names], cells)
    figure = grouped(names, groups, say(mark("seconds")))
    return Chart("delay", say(mark("How long do callers wait?")), answer, figure, table)
