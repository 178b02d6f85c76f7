"""Charts as drawn pictures: the figures plotly draws, as SVG that is there before scripts run and without them.

Places are shares of the plot, so that one picture fits a window of any size while its texts keep theirs; colours are
the page's variables, so that it follows a dark page. What a mark says when pointed at is its `<title>`.
"""

import datetime as dt
import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any, NamedTuple

from planner.report.blocks import PlotlyFigure
from planner.report.palette import BAND, BLUE, DARK, HEAT

_LETTER, _WIDE = 6.3, 12.0
_TICKS, _MOST_NAMES, _SHORT, _FEW, _NARROW = 5, 12, 5, 8, 300
_MOST_ROWS, _NEAR_END = 40, 92
_TILT, _LINE, _NARROWEST = 24, 13, 120
_HOUR, _DAY = 3600, 86400
_STEPS = (
    _HOUR,
    3 * _HOUR,
    6 * _HOUR,
    12 * _HOUR,
    _DAY,
    2 * _DAY,
    7 * _DAY,
    14 * _DAY,
    28 * _DAY,
    91 * _DAY,
    365 * _DAY,
)
_DASHES = {"dash": "6 4", "dot": "1.5 3"}
_HEAT_STEPS = 9


class Scale(NamedTuple):
    """An axis: the place of a value in percent, and where its labels stand."""

    at: Callable[[Any], float]
    ticks: Sequence[tuple[float, str]]
    named: bool = False


def drawn(figure: PlotlyFigure, *, touched: bool = False) -> str:
    """Return the figure as markup that fills its parent; where `touched`, the points of lines say what they are."""
    layout, data = figure["layout"], figure["data"]
    if not touched:
        data = [{**trace, "hovertext": (), "hovertemplate": ""} for trace in data]
    flat = data[0].get("orientation") == "h"
    kind = data[0]["type"]
    across = _scale(layout.get("xaxis", {}), [trace["x"] for trace in data], _MOST_NAMES, margin=kind != "scatter")
    down = _from_above(_scale(layout.get("yaxis", {}), [trace["y"] for trace in data], _MOST_ROWS, margin=True))
    marks = {"heatmap": _heat, "scatter": _lines}.get(kind, _flat if flat else _columns)
    plane = "".join(
        [
            *(_grid(across, down, flat=flat) if kind != "heatmap" else ()),
            *marks(data, across, down),
            *(_points(data, across, down) if touched and kind == "scatter" else ()),
            *(_shape(each, across, down) for each in layout.get("shapes", ())),
            *(_note(each, across, down) for each in layout.get("annotations", ())),
            *_labels(across, down),
        ]
    )
    left = max(14 + max((_breadth(text) for _, text in down.ticks), default=0), _overhang(across))
    last = max((_width(text) / 2 for place, text in across.ticks if place > _NEAR_END), default=0)
    right = max(layout.get("margin", {}).get("r", 16), last)
    below = _depth(across) if _is_tilted(across) else 36 if any("<br>" in text for _, text in across.ticks) else 22
    box = f"left:{left:.0f}px;top:16px;width:calc(100% - {left + right:.0f}px);height:calc(100% - {16 + below}px)"
    return (
        f'<div class="drawn">{_legend(data) if layout.get("showlegend") else _ramp(data[0])}{_title(layout, "yaxis")}'
        f'<div class="plane"><svg style="{box}" aria-hidden="true" focusable="false">{plane}</svg></div>'
        f"{_title(layout, 'xaxis')}</div>"
    )


def variables(*, dark: bool) -> Mapping[str, str]:
    """Return the page's variables for the colours of charts, as they are on paper or on a dark page."""
    return {_variable(each): DARK[each] if dark else each for each in DARK if each not in HEAT or each == BLUE}


def _variable(colour: str) -> str:
    return "--chart-band" if colour == BAND else f"--chart-{colour.removeprefix('#').lower()}"


def _ink(colour: str) -> str:
    return f"var({_variable(colour)})" if colour in DARK else colour


def _width(text: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(each) in "WF" else _LETTER for each in text)


def _breadth(text: str) -> float:
    """Return the pixels of a label's longest line."""
    return max(map(_width, text.split("<br>")))


# Axes.


def _from_above(scale: Scale) -> Scale:
    """Return a scale of heights as places from the top; rows of names begin there already."""
    if scale.named:
        return scale
    return Scale(lambda value: 100 - scale.at(value), [(100 - place, text) for place, text in scale.ticks])


def _scale(axis: Mapping[str, Any], series: Sequence[Sequence[Any]], most: int, *, margin: bool) -> Scale:
    values = [value for one in series for value in one if value is not None]
    if axis.get("type") == "category" or (values and isinstance(values[0], str) and not _is_time(values[0])):
        return _named(list(dict.fromkeys(values)), most, margin=margin)
    if values and isinstance(values[0], str):
        return _timed([_seconds(value) for value in values])
    low, high = axis.get("range") or (min(values, default=0), max(values, default=1))
    return _linear(low, high)


def _linear(low: float, high: float) -> Scale:
    span = (high - low) or 1
    step = _step(span / _TICKS)
    first = math.ceil(low / step - 1e-9)
    values = [index * step for index in range(first, math.floor(high / step + 1e-9) + 1)]

    def at(value: float) -> float:
        return 100 * (value - low) / span

    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return Scale(at, [(at(value), f"{value:,.{decimals}f}") for value in values])


def _step(least: float) -> float:
    size = 10.0 ** math.floor(math.log10(least))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least * (1 - 1e-9))


def _named(names: Sequence[str], most: int, *, margin: bool) -> Scale:
    count = len(names)
    every = math.ceil(count / most)
    room = count if margin else max(count - 1, 1)
    offset = 0.5 if margin else 0.0
    place = {name: 100 * (index + offset) / room for index, name in enumerate(names)}

    def at(value: str | float) -> float:
        return place[value] if isinstance(value, str) else 100 * (value + offset) / room

    return Scale(at, [(place[name], name) for index, name in enumerate(names) if index % every == 0], named=True)


def _is_time(text: str) -> bool:
    return len(text) >= len("2026-11-22") and text[:4].isdigit() and text[4] == "-"


def _seconds(text: str) -> float:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp()


def _timed(values: Sequence[float]) -> Scale:
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = next((each for each in _STEPS if span / each <= _TICKS), _STEPS[-1])
    first = math.ceil(low / step) * step

    def at(value: str | float) -> float:
        return 100 * ((_seconds(value) if isinstance(value, str) else value) - low) / span

    places = range(int(first), int(high) + 1, step)
    return Scale(at, [(at(float(place)), _moment(place, step, first=place == first)) for place in places])


def _moment(place: float, step: int, *, first: bool) -> str:
    when = dt.datetime.fromtimestamp(place, dt.UTC)
    if step >= _DAY:
        return f"{when:%m-%d}<br>{when:%Y}" if first else f"{when:%m-%d}"
    return (
        f"{when:%H:%M}<br>{when:%Y-%m-%d}"
        if first
        else f"{when:%H:%M}<br>{when:%m-%d}"
        if when.hour == 0
        else f"{when:%H:%M}"
    )


def _grid(across: Scale, down: Scale, *, flat: bool) -> Iterator[str]:
    if flat:
        yield from (_line((place, 0), (place, 100), "grid") for place, _ in across.ticks)
    else:
        yield from (_line((0, place), (100, place), "grid") for place, _ in down.ticks)


def _labels(across: Scale, down: Scale) -> Iterator[str]:
    tilted = _is_tilted(across)
    step = 2 if _is_crowded(across) and not tilted else 1
    for place, text in across.ticks[::step]:
        yield _tilted(place, text) if tilted else _text(_Spot(place, 100, 0, 14), text)
    yield from (_text(_Spot(0, place, -7, 0, "end", middle=True), text) for place, text in down.ticks)


def _is_crowded(across: Scale) -> bool:
    """Tell whether the labels find no room side by side in a narrow window."""
    return sum(_breadth(text) + 8 for _, text in across.ticks) > _NARROW


def _is_tilted(across: Scale) -> bool:
    wordy = any(len(text) > _SHORT for _, text in across.ticks)
    return _is_crowded(across) and across.named and wordy and len(across.ticks) <= _FEW


def _tilted(place: float, text: str) -> str:
    lines = "".join(
        f'<tspan x="0" dy="{_LINE if index else 12}">{line}</tspan>' for index, line in enumerate(text.split("<br>"))
    )
    turned = f'<text transform="rotate(-{_TILT})" text-anchor="end">{lines}</text>'
    return f'<svg x="{place:.2f}%" y="100%" overflow="visible">{turned}</svg>'


def _depth(across: Scale) -> float:
    """Return the pixels that the deepest tilted label takes below the plane."""
    slope = math.radians(_TILT)
    return max(_breadth(text) * math.sin(slope) + 14 + _LINE * text.count("<br>") for _, text in across.ticks)


def _overhang(across: Scale) -> float:
    """Return the pixels that tilted labels reach to the left of the plane in a narrow window."""
    if not _is_tilted(across):
        return 0
    slope = math.radians(_TILT)
    return max(_breadth(text) * math.cos(slope) - place / 100 * _NARROWEST for place, text in across.ticks)


def _title(layout: Mapping[str, Any], name: str) -> str:
    said = layout.get(name, {}).get("title", {}).get("text", "")
    return f'<p class="{name}">{said}</p>' if said else ""


def _legend(data: Sequence[Mapping[str, Any]]) -> str:
    shown = [trace for trace in data if trace.get("name") and trace.get("showlegend", True)]
    return f'<p class="legend">{"".join(map(_entry, shown))}</p>'


def _ramp(trace: Mapping[str, Any]) -> str:
    """Return what the lightest and the darkest cell of a heat map stand for."""
    if "colorbar" not in trace:
        return ""
    steps = "".join(f'<i style="border-color:var(--heat-{step})"></i>' for step in range(1, _HEAT_STEPS + 1, 2))
    ends = (f"{trace[end]:,}" for end in ("zmin", "zmax"))
    return (
        f'<p class="legend"><span>{f"&#8194;{steps}&#8194;".join(ends)} {trace["colorbar"]["title"]["text"]}</span></p>'
    )


def _entry(trace: Mapping[str, Any]) -> str:
    colour = trace.get("fillcolor") or trace.get("line", trace.get("marker", {})).get("color")
    dashed = _DASHES.get(trace.get("line", {}).get("dash", ""), "")
    look = f"border-top-style:{'dashed' if dashed else 'solid'};border-color:{_ink(colour)}"
    return f'<span><i style="{look}"></i>{trace["name"]}</span>'


# Marks.


def _line(start: tuple[float, float], end: tuple[float, float], kind: str, style: str = "") -> str:
    (x1, y1), (x2, y2) = start, end
    styled = f' style="{style}"' if style else ""
    return f'<line class="{kind}" x1="{x1:.2f}%" y1="{y1:.2f}%" x2="{x2:.2f}%" y2="{y2:.2f}%"{styled}/>'


class _Spot(NamedTuple):
    """Where a text stands: a place in percent, moved by pixels, and which part of it stands there."""

    x: float
    y: float
    dx: float = 0
    dy: float = 0
    anchor: str = "middle"
    middle: bool = False


def _text(spot: _Spot, text: str) -> str:
    """Return a text of one line or two at its spot."""
    lines = text.split("<br>")
    first = spot.dy + (4 - 6.5 * (len(lines) - 1) if spot.middle else 0)
    rows = (
        f'<tspan x="{spot.x:.2f}%" dx="{spot.dx:g}" dy="{_LINE if index else first:g}">{line}</tspan>'
        for index, line in enumerate(lines)
    )
    return f'<text y="{spot.y:.2f}%" text-anchor="{spot.anchor}">{"".join(rows)}</text>'


def _rect(place: tuple[float, float, float, float], colour: str, said: str, kind: str = "mark") -> str:
    x, y, width, height = place
    told = f"<title>{escape(said, quote=False)}</title>" if said else ""
    where = f'x="{x:.3g}%" y="{y:.3g}%" width="{max(width, 0.15):.3g}%" height="{max(height, 0.15):.3g}%"'
    end = f">{told}</rect>" if told else "/>"
    return f'<rect class="{kind}" {where} style="fill:{colour}"{end}'


def _told(trace: Mapping[str, Any], index: int) -> str:
    if said := trace.get("hovertext"):
        return _plain(said[index])
    if not (template := trace.get("hovertemplate", "").partition("<extra>")[0]):
        return ""
    return _plain(template.replace("%{x}", str(trace["x"][index])).replace("%{y:,}", f"{trace['y'][index]:,}"))


def _plain(text: str) -> str:
    """Return a text of a figure as plain text: what plotly would read as markup stands in it made plain."""
    return unescape(text.replace("<br>", " "))


def _colour(trace: Mapping[str, Any], index: int) -> str:
    colour = trace.get("marker", {}).get("color", BLUE)
    return _ink(colour if isinstance(colour, str) else colour[index])


def _flat(data: Sequence[Mapping[str, Any]], across: Scale, down: Scale) -> Iterator[str]:
    rows = max(len(trace["y"]) for trace in data)
    for trace in data:
        base, thick = trace.get("base", 0), 100 * trace.get("width", 0.6) / rows
        for index, (name, length) in enumerate(zip(trace["y"], trace["x"], strict=True)):
            ends = sorted((across.at(base), across.at(base + length)))
            middle = down.at(name)
            place = (ends[0], middle - thick / 2, ends[1] - ends[0], thick)
            outlined = trace["marker"].get("line", {}).get("width", ())
            yield _rect(
                place, _colour(trace, index), _told(trace, index), "over" if any(outlined[index:][:1]) else "mark"
            )
            if "error_x" in trace:
                yield from _whisker(trace, index, across, middle)


def _whisker(trace: Mapping[str, Any], index: int, across: Scale, middle: float) -> Iterator[str]:
    error, length = trace["error_x"], trace["x"][index]
    low, high = across.at(length - error["arrayminus"][index]), across.at(length + error["array"][index])
    if high > low:
        yield _line((low, middle), (high, middle), "whisker")


def _columns(data: Sequence[Mapping[str, Any]], across: Scale, down: Scale) -> Iterator[str]:
    names = len({name for trace in data for name in trace["x"]})
    room = 100 / names * (0.72 if len(data) > 1 or names <= _MOST_NAMES else 0.9)
    wide = room / len(data)
    for position, trace in enumerate(data):
        for index, (name, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if value is not None:
                top = down.at(value)
                place = (across.at(name) - room / 2 + position * wide, top, wide * 0.92, 100 - top)
                yield _rect(place, _colour(trace, index), _told(trace, index))


def _lines(data: Sequence[Mapping[str, Any]], across: Scale, down: Scale) -> Iterator[str]:
    yield '<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">'
    before: list[str] = []
    for trace in data:
        stretches = list(_stretches(trace, across, down))
        places = [place for stretch in stretches for place in stretch]
        if trace.get("fill") and before:
            around = " ".join([*before, *reversed(places)])
            yield f'<polygon points="{around}" style="fill:{_ink(trace["fillcolor"])}"/>'
        elif trace["line"]["width"] > 1:
            yield from (_path(stretch, trace["line"]) for stretch in stretches)
        before = places
    yield "</svg>"


def _stretches(trace: Mapping[str, Any], across: Scale, down: Scale) -> Iterator[list[str]]:
    """Yield the stretches of a line between its gaps."""
    stretch: list[str] = []
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if y is None:
            yield stretch
            stretch = []
        else:
            stretch.append(f"{10 * across.at(x):.0f},{10 * down.at(y):.0f}")
    yield stretch


def _path(places: Sequence[str], line: Mapping[str, Any]) -> str:
    dashed = _DASHES.get(line.get("dash", ""), "")
    look = f"stroke:{_ink(line['color'])};stroke-width:{line['width']}" + (
        f";stroke-dasharray:{dashed}" if dashed else ""
    )
    return f'<polyline points="{" ".join(places)}" style="{look}"/>'


def _points(data: Sequence[Mapping[str, Any]], across: Scale, down: Scale) -> Iterator[str]:
    for trace in (each for each in data if each.get("hovertemplate")):
        for index, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if y is not None:
                told = escape(_told(trace, index), quote=False)
                where = f'cx="{across.at(x):.2f}%" cy="{down.at(y):.2f}%"'
                yield f'<circle {where} r="7"><title>{told}</title></circle>'


def _heat(data: Sequence[Mapping[str, Any]], across: Scale, down: Scale) -> Iterator[str]:
    (trace,) = data
    wide, high = 100 / len(trace["x"]), 100 / len(trace["y"])
    least, span = trace["zmin"], trace["zmax"] - trace["zmin"]
    yield f'<g class="cells" style="--wide:{wide:.4g}%;--high:{high:.4g}%">'
    for row, values in enumerate(trace["z"]):
        for column, value in enumerate(values):
            if value is not None:
                step = round(_HEAT_STEPS * (value - least) / span) if span else 0
                where = f'x="{across.at(column) - wide / 2:.4g}%" y="{down.at(row) - high / 2:.4g}%"'
                said = escape(_heat_told(trace, row, column), quote=False)
                yield f'<rect class="heat-{step}" {where}' + (f"><title>{said}</title></rect>" if said else "/>")
    yield "</g>"


def _heat_told(trace: Mapping[str, Any], row: int, column: int) -> str:
    if said := trace.get("hovertext"):
        return _plain(said[row][column])
    template = trace.get("hovertemplate", "").partition("<extra>")[0]
    told = template.replace("%{x}", trace["x"][column]).replace("%{y}", trace["y"][row])
    return _plain(told.replace("%{z:,}", f"{trace['z'][row][column]:,}"))


# What is written over the marks.


def _place(value: Any, reference: str, scale: Scale) -> float:  # noqa: ANN401  a name or a number
    return 100.0 * value if reference == "paper" else scale.at(value)


def _height(value: Any, reference: str, scale: Scale) -> float:  # noqa: ANN401  as above
    return 100 * (1 - value) if reference == "paper" else scale.at(value)


def _shape(shape: Mapping[str, Any], across: Scale, down: Scale) -> str:
    xs = [_place(shape[end], shape.get("xref", "x"), across) for end in ("x0", "x1")]
    ys = [_height(shape[end], shape.get("yref", "y"), down) for end in ("y0", "y1")]
    line = shape["line"]
    dashed = _DASHES.get(line.get("dash", ""), "none")
    look = f"stroke:{_ink(line['color'])};stroke-width:{line['width']};stroke-dasharray:{dashed}"
    return _line((xs[0], ys[0]), (xs[1], ys[1]), "shape", look)


def _note(note: Mapping[str, Any], across: Scale, down: Scale) -> str:
    x, y = _place(note["x"], note.get("xref", "x"), across), _height(note["y"], note.get("yref", "y"), down)
    anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
    side = note.get("xshift", {"start": 4, "end": -4}.get(anchor, 0))
    middle = note.get("yanchor") == "middle"
    return _text(_Spot(x, y, side, 0 if middle else -4, anchor, middle), note["text"])
