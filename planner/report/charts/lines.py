"""Lines over time or load: a typical line in its range, and the limits it meets."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.report.charts.style import axis, escaped, figure
from planner.report.palette import BAND, BLUE, INK, MUTED, VERMILION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.report.blocks import PlotlyFigure


_DAY = 86_400_000
TIME_AXIS: Mapping[str, Any] = MappingProxyType(
    {
        "hoverformat": "%Y-%m-%d %H:%M",
        "tickformatstops": [
            {"dtickrange": [None, _DAY - 1], "value": "%H:%M\n%Y-%m-%d"},
            {"dtickrange": [_DAY, "M1"], "value": "%m-%d\n%Y"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    }
)
"""An axis of times in figures alone: plotly.js carries the names of months in English only."""


class Series(NamedTuple):
    """A line: its name, its values, and how it is drawn."""

    name: str
    values: Sequence[float | None]
    colour: str = BLUE
    dash: str = "solid"


class Limit(NamedTuple):
    """A horizontal line with its name: capacity, a policy, 80 % of a disk."""

    name: str
    value: float


class Frame(NamedTuple):
    """Where lines are drawn: the positions on the x axis and the names of both axes."""

    x: Sequence[float | str]
    x_title: str
    y_title: str
    height: int = 320
    x_axis: Mapping[str, Any] = MappingProxyType({})


def banded(
    frame: Frame, low: Sequence[float], typical: Series, high: Sequence[float], names: tuple[str, Sequence[Limit]]
) -> PlotlyFigure:
    """Return a line in its low-high band; `names` is the band's name and the limits across the chart."""
    band, limits = names
    data = [_edge(frame.x, low), _edge(frame.x, high, band), _line(frame.x, typical)]
    return _framed(frame, data, limits, max([*high, *(limit.value for limit in limits)], default=1))


def lines(frame: Frame, series: Sequence[Series], limits: Sequence[Limit] = ()) -> PlotlyFigure:
    """Return one line per series."""
    values = [value for one in series for value in one.values if value is not None]
    data = [_line(frame.x, one) for one in series]
    return _framed(frame, data, limits, max([*values, *(limit.value for limit in limits)], default=1))


def _framed(frame: Frame, data: list[dict[str, Any]], limits: Sequence[Limit], top: float) -> PlotlyFigure:
    return figure(
        data,
        frame.height,
        hovermode="x unified",
        shapes=[_rule(limit) for limit in limits],
        annotations=[_name(limit) for limit in limits],
        xaxis=axis(frame.x_title, showgrid=False, **frame.x_axis),
        yaxis=axis(frame.y_title, range=[0, (top or 1) * 1.1]),
    )


def _line(x: Sequence[float | str], series: Series) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(series.name),
        "x": list(x),
        "y": list(series.values),
        "line": {"color": series.colour, "dash": series.dash, "width": 2.6},
    }


def _edge(x: Sequence[float | str], values: Sequence[float], band: str = "") -> dict[str, Any]:
    fill = {"fill": "tonexty", "fillcolor": BAND, "name": escaped(band)} if band else {"showlegend": False}
    edge = {"type": "scatter", "mode": "lines", "x": list(x), "y": list(values), "hoverinfo": "skip"}
    return {**edge, "line": {"color": BAND, "width": 0.5}, **fill}


def _rule(limit: Limit) -> dict[str, Any]:
    place = {"xref": "paper", "x0": 0, "x1": 1, "y0": limit.value, "y1": limit.value}
    return {"type": "line", **place, "line": {"color": VERMILION, "dash": "dash", "width": 1.5}}


def _name(limit: Limit) -> dict[str, Any]:
    place = {"xref": "paper", "x": 0.01, "xanchor": "left", "y": limit.value, "yanchor": "bottom"}
    return {
        **place,
        "text": escaped(limit.name),
        "showarrow": False,
        "font": {"color": INK, "size": 11.5},
        "bgcolor": "rgba(0,0,0,0)",
    }


def vertical(figure_: PlotlyFigure, x: float | str, name: str) -> PlotlyFigure:
    """Return the figure with a named vertical line at `x`: an event in time."""
    layout = figure_["layout"]
    shape = {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": x,
        "x1": x,
        "line": {"color": MUTED, "dash": "dot", "width": 1.2},
    }
    note = {
        "x": x,
        "xanchor": "left",
        "xshift": 4,
        "yref": "paper",
        "y": 0.02,
        "yanchor": "bottom",
        "text": escaped(name),
        "showarrow": False,
    }
    changed = {**layout, "shapes": [*layout.get("shapes", []), shape]}
    changed["annotations"] = [*layout.get("annotations", []), {**note, "font": {"color": MUTED, "size": 11}}]
    return {**figure_, "layout": changed}
