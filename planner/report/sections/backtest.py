"""Backtest: what the model predicts for the measured traffic, beside what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Cell, Chart, Section
from planner.report.charts import Bar, ranges
from planner.report.evidence import Draft
from planner.report.gather import number
from planner.report.language import mark

if TYPE_CHECKING:
    from planner.cdr.comparison import Comparison

WHOLE_DAYS = 2 * 86400
FILES = {"cdr.files_per_day": mark("Call record files per day")}
"""What is compared and is no figure of the sizing."""
REMARKS = (mark("busy hour"), mark("mean of the busy hour"), mark("highest second"), mark("file names"))


def write(draft: Draft) -> Section | None:
    """Return the section; None where there is nothing to compare."""
    say = draft.say
    # A part of a day says nothing of whole days.
    whole = (number(draft.evidence.profile, "span", "seconds") or 0) >= WHOLE_DAYS
    compared = [each for each in draft.evidence.backtest if whole or not each.figure.endswith("_per_day")]
    off = [(each, each.error) for each in compared if each.error is not None]
    if not off:
        return None
    worst, error = max(off, key=lambda pair: abs(pair[1]))
    answer = say(
        "The model's typical case is within {off} of every measurement; the furthest is {name}.",
        off=say.percent(abs(error), 1),
        name=draft.subject(label(draft, worst)),
    )
    lie = say(
        "{inside} of {all} measurements lie where the model expects them.",
        inside=say.number(sum(bool(each.within) for each in compared)),
        all=say.number(sum(each.within is not None for each in compared)),
    )
    answer = say.sentences(answer, lie)
    figure = ranges([_bar(draft, each) for each, _ in off], say("predicted, % of measured"), 100, say("measured"))
    titles = (mark("Figure"), mark("Predicted"), mark("Expected"), mark("Measured"), mark("Off by"))
    table = draft.table(
        say("Prediction and measurement"), [say(each) for each in titles], [_row(draft, each) for each in compared]
    )
    chart = Chart("backtest", say("Does the model tell the truth?"), answer, figure, table)
    lead = say(
        "The model was given the measured attempts, answers and durations, and its predictions "
        "were compared with the same records."
    )
    return Section("backtest", say("Backtest"), lead, (chart,))


def label(draft: Draft, each: Comparison) -> str:
    """Return what is compared, as the sizing calls it."""
    estimate = draft.figure(each.figure)
    return estimate.label if estimate else FILES.get(each.figure, each.figure)


def _bar(draft: Draft, each: Comparison) -> Bar:
    low, typical, high = (100 * value / each.measured for value in (each.low, each.predicted, each.high))
    return Bar(draft.say(label(draft, each)), typical, low, high)


def _row(draft: Draft, each: Comparison) -> list[Cell | str]:
    say, unit = draft.say, each.unit
    named = draft.label(label(draft, each))
    return [
        named._replace(detail=say(each.note)),
        say.quantity(each.predicted, unit),
        say.span(each.low, each.high, unit),
        say.quantity(each.measured, unit),
        "\N{EN DASH}" if each.error is None else _signed(draft, each.error),
    ]


def _signed(draft: Draft, share: float) -> str:
    return f"{'+' if share > 0 else ''}{draft.say.percent(share, 1)}"
