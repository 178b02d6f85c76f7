"""Backtest: what the model predicts for the measured traffic, beside what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.report.blocks import Cell, Chart, Section
from planner.report.charts.bars import Bar, ranges
from planner.report.marking import mark
from planner.report.measurement import number

if TYPE_CHECKING:
    from planner.report.draft import Draft
    from planner.sizing.numbers import Estimate

DAY = 86400


class Pair(NamedTuple):
    """A prediction with the measurement it stands against, in one unit."""

    predicted: Estimate
    measured: float

    @property
    def off(self) -> float:
        """How far the typical prediction is from the measurement, as a share of it."""
        return self.predicted.range.typical / self.measured - 1


def write(draft: Draft) -> Section | None:
    """Return the section; None where there is nothing to compare."""
    pairs = [pair for pair in _pairs(draft) if pair.measured > 0]
    if not pairs:
        return None
    say = draft.say
    worst = max(pairs, key=lambda pair: abs(pair.off))
    answer = say(
        mark("The model's typical case is within {off} of every measurement; the furthest is {name}."),
        off=say.percent(abs(worst.off), 1),
        name=draft.subject(worst.predicted.label),
    )
    bars = [_bar(draft, pair) for pair in pairs]
    figure = ranges(
        bars, say(mark("prediction as a share of the measurement, %")), 100, say(mark("measured"))
    )
    titles = (mark("Figure"), mark("Predicted"), mark("Range"), mark("Measured"), mark("Off by"))
    table = draft.table(
        say(mark("Prediction and measurement")),
        [say(each) for each in titles],
        [_row(draft, pair) for pair in pairs],
    )
    chart = Chart("backtest", say(mark("Does the model tell the truth?")), answer, figure, table)
    lead = say(
        mark(
            "The model was given the measured attempts, answers and durations, and its predictions "
            "were compared with the same records."
        )
    )
    return Section("backtest", say(mark("Backtest")), lead, (chart,))


def _pairs(draft: Draft) -> list[Pair]:
    profile, predictions = draft.evidence.profile, draft.evidence.predictions
    seconds = number(profile, "span", "seconds")
    size = number(profile, "lines", "bytes")
    measured = {
        "traffic.offered_erlangs": number(profile, "busy_hour", "attempt_erlangs"),
        "traffic.concurrent_calls_busiest": number(profile, "concurrency", "attempts", "peak"),
        "cdr.bytes_per_day": size / seconds * DAY if size and seconds and seconds >= DAY else None,
    }
    return [
        Pair(predictions[name], value)
        for name, value in measured.items()
        if value is not None and name in predictions
    ]


def _bar(draft: Draft, pair: Pair) -> Bar:
    low, typical, high = (100 * value / pair.measured for value in pair.predicted.range)
    return Bar(draft.say(pair.predicted.label), typical, low, high)


def _row(draft: Draft, pair: Pair) -> list[Cell | str]:
    say, unit = draft.say, pair.predicted.unit
    low, typical, high = pair.predicted.range
    shown = (say.quantity(typical, unit), say.span(low, high, unit), say.quantity(pair.measured, unit))
    return [draft.label(pair.predicted.label), *shown, say.percent(pair.off, 1)]
