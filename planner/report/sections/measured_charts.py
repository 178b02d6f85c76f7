"""Charts of measured traffic: by hour and week, answers by hour of the day, post-dial delay."""

from planner.report import charts as heat
from planner.report.blocks import Cell, Chart, Column, Table
from planner.report.charts import Frame, Group, Series, grouped, lines, significant
from planner.report.evidence import Draft
from planner.report.gather import matrix, number, part
from planner.report.sections import measured_hours

HOUR = 3600
WEEK = 7 * 24 * HOUR
"""Seconds; what is shorter tells nothing of the days of a week."""
PERCENTILES = ("p50", "p75", "p90", "p95", "p99")


def charts(draft: Draft) -> list[Chart]:
    """Return the charts the profile has numbers for."""
    found = (
        measured_hours.by_hour(draft),
        measured_hours.concurrency(draft),
        _week(draft),
        _answers(draft),
        _delay(draft),
    )
    return [chart for chart in found if chart is not None]


def _week(draft: Draft) -> Chart | None:
    say = draft.say
    attempts, hours = (matrix(draft.evidence.profile, "week", name) for name in ("attempts", "hours"))
    if not attempts or not hours or (number(draft.evidence.profile, "span", "seconds") or 0) < WEEK:
        return None
    rates = [
        [count / (seen * HOUR) if seen else None for count, seen in zip(*pair, strict=True)]
        for pair in zip(attempts, hours, strict=True)
    ]
    top, day, hour = _peak(rates)
    days = say.weekdays()
    answer = say(
        "The week peaks on {day} from {hour}:00 at {rate} call attempts per second.",
        day=days[day],
        hour=f"{hour:02d}",
        rate=say.quantity(top, "count"),
    )
    figure = heat.week(days, rates, say("hour of the day"), say("call attempts per second"))
    return Chart("week", say("When in the week is it busy?"), answer, figure, _week_table(draft, rates, top))


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
    columns = (Column(say("Day")), *(Column(f"{hour:02d}", numeric=True) for hour in range(24)))
    return Table(say("Mean call attempts per second by hour of the week"), columns, cells, compact=True)


def _shaded(draft: Draft, rate: float | None, top: float) -> Cell:
    if rate is None:
        return Cell("\N{EN DASH}")
    return Cell(draft.say.number(rate, 0 if rate >= 10 else 1), "number", shade=rate / top if top else 0.0)  # noqa: PLR2004  two digits fit


def _answers(draft: Draft) -> Chart | None:
    """Return ASR by hour of the day, with ACD beside it in the table."""
    say, profile = draft.say, draft.evidence.profile
    attempts, answered, talked = (matrix(profile, "week", name) for name in ("attempts", "answered", "talk_seconds"))
    if not attempts or not answered:
        return None
    day = [
        [sum(row[hour] for row in table) for hour in range(24)] for table in (attempts, answered, talked or answered)
    ]
    ratios = [100 * yes / all_ if all_ else None for all_, yes in zip(day[0], day[1], strict=True)]
    known = [(ratio, hour) for hour, ratio in enumerate(ratios) if ratio is not None]
    if not known:
        return None
    answer = _moving(draft, min(known), max(known))
    values = [None if ratio is None else significant(ratio, 4) for ratio in ratios]
    frame = Frame(
        [f"{hour:02d}" for hour in range(24)],
        say("hour of the day"),
        say("ASR, %"),
        280,
        {"type": "category", "dtick": 3},
    )
    figure = lines(frame, [Series(say("answer-seizure ratio"), values)])
    cells: list[list[Cell | str]] = [
        [
            f"{hour:02d}",
            say.number(day[0][hour]),
            say.percent((ratios[hour] or 0) / 100, 1),
            _mean(draft, day[2][hour], day[1][hour]) if talked else "\N{EN DASH}",
        ]
        for hour in range(24)
    ]
    titles = [say("Hour"), say("Call attempts"), say("ASR"), say("ACD")]
    table = draft.table(say("Answers by hour of the day"), titles, cells)
    return Chart("answers", say("How well are calls answered?"), answer, figure, table)


def _moving(draft: Draft, low: tuple[float, int], high: tuple[float, int]) -> str:
    """Return how the ratio moves, from its lowest (percent, hour of the day) to its highest."""
    say = draft.say
    least, most = (say.percent(ratio / 100, 1) for ratio, _ in (low, high))
    if least == most:
        return say("The answer-seizure ratio stays at {value} at all hours.", value=least)
    return say(
        "The answer-seizure ratio moves between {low} at {low_hour}:00 and {high} at {high_hour}:00.",
        low=least,
        low_hour=f"{low[1]:02d}",
        high=most,
        high_hour=f"{high[1]:02d}",
    )


def _mean(draft: Draft, seconds: float, calls: float) -> str:
    return draft.say.quantity(seconds / calls, "s") if calls else "\N{EN DASH}"


def _delay(draft: Draft) -> Chart | None:
    say, profile = draft.say, draft.evidence.profile
    sides = [(say("caller side"), "caller_pdd_ms"), (say("callee side"), "callee_pdd_ms")]
    found = [(name, part(profile, "distributions", key)) for name, key in sides]
    found = [(name, each) for name, each in found if number(each, "p50") is not None]
    if not found:
        return None
    names = [percentile.replace("p", "P") for percentile in PERCENTILES]
    values = [[(number(each, percentile) or 0.0) / 1000 for percentile in PERCENTILES] for _, each in found]
    groups = [Group(name, row) for (name, _), row in zip(found, values, strict=True)]
    answer = say(
        "Half of the callers hear ringing within {half}, 95 % within {most}.",
        half=say.quantity(values[0][0], "s"),
        most=say.quantity(values[0][3], "s"),
    )
    cells: list[list[Cell | str]] = [
        [name, *(say.quantity(value, "s") for value in row)] for (name, _), row in zip(found, values, strict=True)
    ]
    table = draft.table(say("Post-dial delay by percentile"), [say("Side"), *names], cells)
    figure = grouped(names, groups, say("seconds"))
    return Chart("delay", say("How long do callers wait?"), answer, figure, table)
