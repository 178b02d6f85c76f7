"""Bars: shares of a limit with their range, needs beside what is available, and what moves a result most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planner.report.charts.style import axis, escaped, figure, significant, wrapped
from planner.report.palette import BLUE, GREEN, INK, PURPLE, VERMILION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.report.blocks import PlotlyFigure

_ROW = 34
_FRAME = 74
COLOURS = (BLUE, VERMILION, GREEN, PURPLE)


class Bar(NamedTuple):
    """A horizontal bar: its name, its typical length, its range, and whether it is over its limit."""

    name: str
    typical: float
    low: float
    high: float
    over: bool = False


class Group(NamedTuple):
    """One colour of grouped columns: its name and one value per category."""

    name: str
    values: Sequence[float]


def ranges(bars: Sequence[Bar], x_title: str, limit: float | None, limit_name: str = "") -> PlotlyFigure:
    """Return horizontal bars with low-high whiskers, the first on top, and a line at `limit`."""
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": [significant(bar.typical) for bar in bars],
        "y": [wrapped(bar.name) for bar in bars],
        "marker": {"color": [VERMILION if bar.over else BLUE for bar in bars]},
        "width": 0.56,
    }
    if any(bar.low < bar.high for bar in bars):
        trace["error_x"] = _whiskers(bars)
    top = max([bar.high for bar in bars] + ([] if limit is None else [limit]), default=1) or 1
    marks = (
        {} if limit is None else {"shapes": [_limit_line(limit)], "annotations": [_limit_name(limit, limit_name, top)]}
    )
    return _horizontal([trace], len(bars), axis(x_title, range=[0, significant(top * 1.07)]), **marks)


def _whiskers(bars: Sequence[Bar]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [significant(bar.high - bar.typical) for bar in bars],
        "arrayminus": [significant(bar.typical - bar.low) for bar in bars],
        "color": INK,
        "thickness": 1.4,
        "width": 4,
    }


def swings(bars: Sequence[Bar], x_title: str, middle: float, names: tuple[str, str]) -> PlotlyFigure:
    """Return a tornado: from the middle to the result at each assumption's low and at its high."""
    low, high = names
    data = [
        _swing(bars, [bar.low - middle for bar in bars], (low, middle, PURPLE)),
        _swing(bars, [bar.high - middle for bar in bars], (high, middle, BLUE)),
    ]
    spread = [value for bar in bars for value in (bar.low, bar.high)] + [middle]
    margin = (max(spread) - min(spread)) * 0.06 or 1
    span = [significant(min(spread) - margin), significant(max(spread) + margin)]
    shapes = [{**_limit_line(middle), "line": {"color": INK, "width": 1.4}}]
    return _horizontal(data, len(bars), axis(x_title, range=span), barmode="overlay", shapes=shapes)


def grouped(
    categories: Sequence[str], groups: Sequence[Group], y_title: str, limits: Sequence[tuple[str, float]] = ()
) -> PlotlyFigure:
    """Return columns side by side, one colour per group, with named lines across."""
    data = [_columns(categories, group, colour) for group, colour in zip(groups, COLOURS, strict=False)]
    top = max([value for group in groups for value in group.values] + [value for _, value in limits], default=1)
    # Names of lines stand beside the plot, where no column covers them.
    margin = {"margin": {"b": 36, "l": 44, "r": 92, "t": 12}} if limits else {}
    return figure(
        data,
        340,
        barmode="group",
        bargap=0.28,
        bargroupgap=0.08,
        shapes=[_across(value) for _, value in limits],
        annotations=[_across_name(name, value) for name, value in limits],
        **margin,
        xaxis={"type": "category", "showgrid": False},
        yaxis=axis(y_title, range=[0, significant((top or 1) * 1.12)]),
    )


def _horizontal(data: list[dict[str, Any]], rows: int, x: dict[str, Any], **layout: Any) -> PlotlyFigure:  # noqa: ANN401
    y = {"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"color": INK, "size": 12}}
    margin = {"b": 44, "l": 44, "r": 20, "t": 30}
    return figure(data, _FRAME + _ROW * max(rows, 2), xaxis=x, yaxis=y, margin=margin, **layout)


def _swing(bars: Sequence[Bar], lengths: Sequence[float], look: tuple[str, float, str]) -> dict[str, Any]:
    name, middle, colour = look
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(name),
        "base": significant(middle),
        "x": [significant(length) for length in lengths],
        "y": [wrapped(bar.name) for bar in bars],
        "marker": {"color": colour},
        "width": 0.6,
    }


def _columns(categories: Sequence[str], group: Group, colour: str) -> dict[str, Any]:
    places = {"x": [escaped(name) for name in categories], "y": [significant(value) for value in group.values]}
    return {"type": "bar", "name": escaped(group.name), **places, "marker": {"color": colour}}


def _limit_line(value: float) -> dict[str, Any]:
    place = {"yref": "paper", "y0": 0, "y1": 1, "x0": significant(value), "x1": significant(value)}
    # A bar over its limit is vermilion: its limit must stand out from it.
    return {"type": "line", **place, "line": {"color": INK, "dash": "dash", "width": 1.4}}


def _limit_name(value: float, name: str, top: float) -> dict[str, Any]:
    # Over the wider half of the plot, so that it is never cut.
    side = "left" if value < top / 2 else "right"
    place = {"yref": "paper", "y": 1, "yanchor": "bottom", "x": significant(value), "xanchor": side}
    return {**place, "text": escaped(name), "showarrow": False, "font": {"color": INK, "size": 11.5}}


def _across(value: float) -> dict[str, Any]:
    place = {"xref": "paper", "x0": 0, "x1": 1, "y0": significant(value), "y1": significant(value)}
    return {"type": "line", **place, "line": {"color": INK, "dash": "dash", "width": 1.4}}


def _across_name(name: str, value: float) -> dict[str, Any]:
    place = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "y": significant(value)}
    text = {"text": wrapped(name, 12), "align": "left", "showarrow": False}
    return {**place, **text, "yanchor": "middle", "font": {"color": INK, "size": 11.5}}
