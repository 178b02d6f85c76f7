"""What every chart shares: one small template for the page, axes, and numbers rounded once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.report.palette import BLUE, GREEN, GRID, INK, MUTED, PURPLE, VERMILION
from planner.report.units import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.report.blocks import PlotlyFigure
    from planner.report.language import Language

CLEAR = "rgba(0,0,0,0)"
FONT = (
    'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, "PingFang SC", '
    '"Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)
MOST_POINTS = 200
"""How many points a series may have: a report shows shapes, not rows."""
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
        "colorway": [BLUE, VERMILION, GREEN, PURPLE],
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


def escaped(text: str) -> str:
    """Return `text` with what plotly would read as markup in it made plain."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, width: int = 24) -> str:
    """Return a label on two lines where it is long, broken at the space nearest its middle."""
    spaces = [index for index, character in enumerate(text) if character == " "]
    if len(text) <= width or not spaces:
        return escaped(text)
    middle = min(spaces, key=lambda index: abs(index - len(text) / 2))
    return f"{escaped(text[:middle])}<br>{escaped(text[middle + 1 :])}"


def thinned(count: int, most: int = MOST_POINTS) -> list[int]:
    """Return at most `most` indices of `count` points, evenly spread, first and last included."""
    if count <= most:
        return list(range(count))
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})
