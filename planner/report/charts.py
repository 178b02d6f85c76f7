"""The charts of all pages: one template, bars, lines and heat, with axes and numbers rounded once."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from planner.report.blocks import PlotlyFigure
from planner.report.language import Language, scaled
from planner.report.palette import BAND, BLUE, GREEN, GRID, HEAT, INK, MUTED, PURPLE, VERMILION

CLEAR = "rgba(0,0,0,0)"
FONT = (
    'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, "PingFang SC", '
    '"Microsoft YaHei", "WenQuanYi Micro Hei", "Noto Sans CJK SC", sans-serif'
)
_AXIS = {
    "automargin": True,
    "fixedrange": True,
    "gridcolor": GRID,
    "linecolor": MUTED,
    "tickfont": {"color": MUTED, "size": 11.5},
    "ticklabelstandoff": 4,
    "title": {"font": {"color": MUTED, "size": 12}, "standoff": 8},
    "zeroline": False,
    "zerolinecolor": GRID,
}
TEMPLATE: dict[str, Any] = {
    "layout": {
        "colorway": [BLUE, PURPLE, GREEN],
        "dragmode": False,
        "font": {"color": INK, "family": FONT, "size": 12.5},
        "hoverlabel": {"font": {"family": FONT, "size": 12}},
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        "margin": {"b": 36, "l": 44, "r": 16, "t": 12},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
}


class Scale(NamedTuple):
    """How an axis writes base units: divide by `size`, name `unit`."""

    size: float
    unit: str

    def __call__(self, value: float) -> float:
        """Return a value in base units on this scale, rounded for a chart."""
        return significant(value / self.size)


def scale(values: Iterable[float], unit: str, say: Language) -> Scale:
    """Return the scale that suits the largest of `values`, given in base units."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if unit == "ratio":
        return Scale(0.01, "%")
    if largest == 0:
        return Scale(1.0, say.unit(scaled(0.0, unit)[2]))
    number, _, shown = scaled(largest, unit)
    return Scale(largest / number, say.unit(shown))


def significant(value: float, digits: int = 5) -> float:
    """Return `value` rounded to significant digits, an int where it is one: short, equal on every machine."""
    if value == 0 or not math.isfinite(value):
        return 0
    rounded = round(value, digits - 1 - math.floor(math.log10(abs(value))))
    return int(rounded) if float(rounded).is_integer() else rounded


def figure(data: Sequence[dict[str, Any]], height: int, **layout: Any) -> PlotlyFigure:  # noqa: ANN401  plotly's
    """Return a figure of a fixed height (pixels) without title: question and answer stand in the page."""
    return {"data": list(data), "layout": {"height": height, "showlegend": len(data) > 1, **layout}}


def axis(title: str = "", **more: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own properties
    """Return an axis with a title."""
    return {**({"title": {"text": escaped(title)}} if title else {}), **more}


def told(name: str, value: float, meaning: str, between: tuple[float, float] | None = None) -> str:
    """Return what a mark says when pointed at: whose it is, its value, its range where it has one, and what it is."""
    low, high = between or (value, value)
    amount = _written(value) if low == high else f"{_written(value)} ({_written(low)} \N{EN DASH} {_written(high)})"
    colon = ": " if name.isascii() else "\N{FULLWIDTH COLON}"
    return escaped(f"{name}{colon}{amount} {meaning}".strip())


def _written(value: float) -> str:
    shown = significant(value, 4)
    return f"{shown:,}" if abs(shown) < _HUGE else f"{shown:,.0f}"


def escaped(text: str) -> str:
    """Return `text` with what plotly would read as markup in it made plain."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, width: int = 24) -> str:
    """Return a label on two lines where it is long, broken at the space or ideograph nearest its middle."""
    if sum(2 if each in _WIDE else 1 for each in map(unicodedata.east_asian_width, text)) <= width:
        return escaped(text)
    places = [index for index in range(1, len(text)) if _may_break(text[index - 1], text[index])]
    if not places:
        return escaped(text)
    middle = min(places, key=lambda index: abs(index - len(text) / 2))
    return f"{escaped(text[:middle].rstrip())}<br>{escaped(text[middle:].lstrip())}"


def _may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters: never before a comma, never within a word or a number."""
    if before == " ":
        return True
    ideographs = any(unicodedata.east_asian_width(each) in _WIDE for each in (before, after))
    return ideographs and after.isalnum() and not (before.isascii() and before.isalnum() and after.isascii())


# Bars: shares of a limit with their range, needs beside what is available, and what moves a result most.

_ROW, _HUGE, _WIDE = 34, 1e15, frozenset("WF")
_FRAME = 74
COLOURS = (BLUE, PURPLE, GREEN)


class Bar(NamedTuple):
    """A horizontal bar: its name, its typical length, its range, and whether it is over its limit."""

    name: str
    typical: float
    low: float
    high: float
    over: bool = False
    hover: str = ""


class Group(NamedTuple):
    """One colour of grouped columns: its name and one value per category."""

    name: str
    values: Sequence[float | None]


def ranges(bars: Sequence[Bar], x_title: str, limit: float | None, limit_name: str = "") -> PlotlyFigure:
    """Return horizontal bars with low-high whiskers, the first on top, and a line at `limit`."""
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": [significant(bar.typical) for bar in bars],
        "y": [wrapped(bar.name) for bar in bars],
        # Outlined, too, where colours cannot be told apart.
        "marker": {
            "color": [VERMILION if bar.over else BLUE for bar in bars],
            "line": {"color": INK, "width": [2 if bar.over else 0 for bar in bars]},
        },
        "width": 0.56,
    }
    texts = [
        escaped(bar.hover) if bar.hover else told(bar.name, bar.typical, x_title, (bar.low, bar.high)) for bar in bars
    ]
    trace |= {"hovertext": texts, "hoverinfo": "text"}
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
        _swing(bars, [bar.low for bar in bars], (low, middle, PURPLE), x_title),
        _swing(bars, [bar.high for bar in bars], (high, middle, BLUE), x_title),
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
    data = [_columns(categories, group, colour, y_title) for group, colour in zip(groups, COLOURS, strict=False)]
    top = max(
        [value for group in groups for value in group.values if value is not None] + [value for _, value in limits],
        default=1,
    )
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


def _swing(bars: Sequence[Bar], ends: Sequence[float], look: tuple[str, float, str], x_title: str) -> dict[str, Any]:
    name, middle, colour = look
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(name),
        "base": significant(middle),
        "x": [significant(end - middle) for end in ends],
        "hovertext": [told(f"{bar.name}, {name}", end, x_title) for bar, end in zip(bars, ends, strict=True)],
        "hoverinfo": "text",
        "y": [wrapped(bar.name) for bar in bars],
        "marker": {"color": colour},
        "width": 0.6,
    }


def _columns(categories: Sequence[str], group: Group, colour: str, y_title: str) -> dict[str, Any]:
    places = {
        "x": [wrapped(name, 14) for name in categories],
        "y": [None if value is None else significant(value) for value in group.values],
    }
    said = [
        "" if value is None else told(f"{name}, {group.name}", value, y_title)
        for name, value in zip(categories, group.values, strict=True)
    ]
    look = {"marker": {"color": colour}, "hovertext": said, "hoverinfo": "text"}
    return {"type": "bar", "name": escaped(group.name), **places, **look}


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


# Lines over time or load: a typical line in its range, and the limits it meets.

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
    data = [_edge(frame.x, low), _edge(frame.x, high, band), _line(frame, typical, list(zip(low, high, strict=True)))]
    return _framed(frame, data, limits, max([*high, *(limit.value for limit in limits)], default=1))


def lines(frame: Frame, series: Sequence[Series], limits: Sequence[Limit] = ()) -> PlotlyFigure:
    """Return one line per series."""
    values = [value for one in series for value in one.values if value is not None]
    data = [_line(frame, one) for one in series]
    return _framed(frame, data, limits, max([*values, *(limit.value for limit in limits)], default=1))


def _framed(frame: Frame, data: list[dict[str, Any]], limits: Sequence[Limit], top: float) -> PlotlyFigure:
    return figure(
        data,
        frame.height,
        hovermode="x unified",
        shapes=[_rule(limit) for limit in limits],
        annotations=[_name(limit) for limit in limits],
        xaxis=axis(frame.x_title, showgrid=False, unifiedhovertitle={"text": _header(frame)}, **frame.x_axis),
        yaxis=axis(frame.y_title, range=[0, (top or 1) * 1.1]),
    )


def _line(frame: Frame, series: Series, spans: Sequence[tuple[float, float]] = ()) -> dict[str, Any]:
    meaning = "" if frame.y_title in series.name else f" {frame.y_title}"
    colon = ": " if series.name.isascii() else "\N{FULLWIDTH COLON}"
    made = {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(series.name),
        "x": _places(frame.x),
        "y": list(series.values),
        "line": {"color": series.colour, "dash": series.dash, "width": 2.6},
        "hovertemplate": f"{escaped(series.name)}{colon}%{{y:,}}{escaped(meaning)}<extra></extra>",
    }
    if not spans:
        return made
    said = [
        told(series.name, value or 0.0, meaning.strip(), span) for value, span in zip(series.values, spans, strict=True)
    ]
    return {**made, "hovertext": said, "hovertemplate": "%{hovertext}<extra></extra>"}


def _places(x: Sequence[float | str]) -> list[float | str]:
    return [escaped(each) if isinstance(each, str) else each for each in x]


def _header(frame: Frame) -> str:
    return f"{escaped(frame.x_title)} %{{x}}".strip()


def _edge(x: Sequence[float | str], values: Sequence[float], band: str = "") -> dict[str, Any]:
    fill = {"fill": "tonexty", "fillcolor": BAND, "name": escaped(band)} if band else {"showlegend": False}
    edge = {"type": "scatter", "mode": "lines", "x": _places(x), "y": list(values), "hoverinfo": "skip"}
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


# A week by hours as colours: where the traffic is.


def week(days: Sequence[str], values: Sequence[Sequence[float | None]], x_title: str, name: str) -> PlotlyFigure:
    """Return a heat map of seven rows (days, the first on top) and 24 columns (hours); None is a gap."""
    steps = [[index / (len(HEAT) - 1), colour] for index, colour in enumerate(HEAT)]
    trace = {
        "type": "heatmap",
        "x": [f"{hour:02d}" for hour in range(24)],
        "y": [escaped(day) for day in days],
        "z": [[None if value is None else significant(value, 4) for value in row] for row in values],
        "colorscale": steps,
        "zmin": 0,
        "zmax": significant(max((value or 0.0 for row in values for value in row), default=0.0)) or 1,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "hovertemplate": f"%{{y}} %{{x}}:00: %{{z:,}} {escaped(name)}<extra></extra>",
        "colorbar": {
            "title": {"text": escaped(name), "side": "right", "font": {"color": MUTED, "size": 12}},
            "thickness": 12,
            "outlinewidth": 0,
            "tickfont": {"color": MUTED},
        },
    }
    x = axis(x_title, type="category", showgrid=False, ticks="", dtick=3)
    return figure(
        [trace], 300, xaxis=x, yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticks": ""}
    )
