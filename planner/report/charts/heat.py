"""A week by hours as colours: where the traffic is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.charts.style import axis, escaped, figure, significant
from planner.report.palette import HEAT, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.report.blocks import PlotlyFigure


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
        "colorbar": {
            "title": {"text": escaped(name), "side": "right", "font": {"color": MUTED, "size": 12}},
            "thickness": 12,
            "outlinewidth": 0,
            "tickfont": {"color": MUTED},
        },
    }
    x = axis(x_title, type="category", showgrid=False, ticks="")
    return figure(
        [trace], 300, xaxis=x, yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticks": ""}
    )
