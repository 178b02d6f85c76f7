"""A grid of scenarios as a page: where a plan's servers and class change, and how each figure moves.

A figure is drawn along the axes it depends on alone: a map of two, a line of one; what is alike everywhere is listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple

from planner.catalogue.display import format_quantity
from planner.catalogue.parameter import parameter
from planner.deployment import Deployment
from planner.report.blocks import Block, Cell, Chart, Column, Cover, Notes, PlotlyFigure, Section, Table
from planner.report.charts import Frame, Group, Series, axis, escaped, figure, grouped, lines, scale
from planner.report.language import mark
from planner.report.palette import HEAT, INK
from planner.report.report import Sheet
from planner.report.sections.decision import TIERS
from planner.report.sheets import Telling, sheet
from planner.sizing.constants import defaults, tiers
from planner.sizing.evaluation import registry
from planner.sizing.grid import Axis, Grid

TIER, SERVERS = "hardware.tier_index", "hardware.servers"
HOST = ("server.cpu_cores", "server.ram", "server.storage.size", "server.nic")
_MAP = 2
_MOST_MAPS = 12
_HEAD = 13
_BORDER = {"color": INK, "width": 2.6}

Point = tuple[int, ...]


class Field(NamedTuple):
    """The scenarios of a grid: the axes, values of each figure by place on the axes, and the customer's own place."""

    axes: tuple[Axis, ...]
    figures: Mapping[str, Mapping[Point, float]]
    own: Mapping[str, Any]
    declared_host: bool = False

    def depends(self, name: str) -> tuple[int, ...]:
        """Return the axes that move a figure."""
        values = self.figures[name]
        return tuple(
            place
            for place in range(len(self.axes))
            if any(values[_moved(at, place, 0)] != value for at, value in values.items())
        )

    def nearest(self, place: int) -> int | None:
        """Return which value of an axis is the customer's own, or the nearest to it."""
        axis_, own = self.axes[place], self.own.get(self.axes[place].name)
        if own is None:
            return None
        if own in axis_.values:
            return list(axis_.values).index(own)
        if not isinstance(own, int | float) or not min(axis_.values) <= own <= max(axis_.values):
            return None
        return min(range(len(axis_.values)), key=lambda index: abs(axis_.values[index] - own))


def _moved(at: Point, place: int, index: int) -> Point:
    return (*at[:place], index, *at[place + 1 :])


def field(grid: Grid, names: Sequence[str], declared: Deployment) -> Field:
    """Return the scenarios of a grid small enough to stand in memory, beside what is declared."""
    own, declared_host = own_point(declared, grid), any(name in declared for name in HOST)
    wanted = tuple(dict.fromkeys((TIER, SERVERS, *names)))
    places = list(product(*(range(len(axis_.values)) for axis_ in grid.axes)))
    index = [{_key(value): place for place, value in enumerate(axis_.values)} for axis_ in grid.axes]
    found: dict[str, dict[Point, float]] = {name: {} for name in wanted}
    for chunk in grid.chunks(wanted):
        columns = [
            [index[order][_key(value)] for value in chunk.inputs[axis_.name]] for order, axis_ in enumerate(grid.axes)
        ]
        for name in wanted:
            found[name].update(zip(zip(*columns, strict=True), chunk.figures[name][1].tolist(), strict=True))
    assert all(len(values) == len(places) for values in found.values())  # noqa: S101  a grid has every combination
    # What an axis states is no figure to tell.
    told = {name: values for name, values in found.items() if name not in {axis_.name for axis_ in grid.axes}}
    return Field(grid.axes, told, own, declared_host)


def _key(value: Any) -> Any:  # noqa: ANN401  an input's value
    return tuple(value.items()) if isinstance(value, dict) else value


def own_point(deployment: Deployment, grid: Grid) -> dict[str, Any]:
    """Return what is declared, or assumed, of each axis: the customer's own point."""
    known = defaults()
    found = {axis_.name: deployment.value(axis_.name) for axis_ in grid.axes}
    return {
        name: known[name].assumption.value if value is None and name in known else value
        for name, value in found.items()
        if value is not None or name in known
    }


def scenarios_page(telling: Telling, grid: Field, title: str) -> Sheet:
    """Return the page: what each scenario needs, each figure along what moves it, and what nothing moves."""
    drawing = _Drawing(telling, grid)
    say = telling.say
    cover = Cover(
        title=say("Scenarios"),
        site=title or say("Scenarios"),
        customer="",
        prepared_by="",
        date=say.date(telling.provenance.date),
        facts=tuple(drawing.fact(place) for place in range(len(grid.axes))),
    )
    names = [name for name in grid.figures if name not in {TIER, SERVERS}]
    moving = [name for name in names if grid.depends(name)]
    found = [drawing.decision(), drawing.figures(moving), drawing.alike([name for name in names if name not in moving])]
    return sheet(telling, cover, [each for each in found if each])


class _Slice(NamedTuple):
    """One picture of a grid: the axes it is drawn along, and where it stands on the others."""

    along: tuple[int, ...]
    at: Point


class _Drawing:
    """Draws the figures of a grid in the reader's language."""

    def __init__(self, telling: Telling, grid: Field) -> None:
        self.say, self.grid = telling.say, grid
        self.own = tuple(grid.nearest(place) for place in range(len(grid.axes)))
        classes = () if grid.declared_host else grid.depends(TIER)
        self.deciding = tuple(sorted({*classes, *grid.depends(SERVERS)}))

    # The axes.

    def label(self, place: int) -> str:
        name = self.grid.axes[place].name
        known = parameter(name)
        text = known.description.rstrip(".") if known else defaults()[name].assumption.label
        return self.say(text).partition(":")[0].partition("\N{FULLWIDTH COLON}")[0]

    def unit(self, place: int) -> str:
        name = self.grid.axes[place].name
        known = parameter(name)
        return (known.unit if known else defaults()[name].assumption.unit) or ""

    def value(self, place: int, value: Any) -> str:  # noqa: ANN401  an input's value
        if isinstance(value, Mapping):
            if len(value) == 1:
                return str(next(iter(value)))
            return ", ".join(f"{codec} {self.say.percent(share)}" for codec, share in value.items())
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return self.say.quantity(value, self.unit(place)) if numeric else str(value)

    def values(self, place: int) -> list[str]:
        return [self.value(place, each) for each in self.grid.axes[place].values]

    def fact(self, place: int) -> tuple[str, str]:
        values = self.values(place)
        own = self.grid.own.get(self.grid.axes[place].name)
        shown = (
            values[0]
            if len(values) == 1
            else ", ".join(values)
            if len(values) <= _MAP + 1
            else f"{values[0]} \N{EN DASH} {values[-1]}"
        )
        mine = self.say("your plan: {value}", value=self.value(place, own)) if own is not None else ""
        return self.label(place), f"{shown} ({mine})" if mine else shown

    # What is needed: how many servers of which class.

    def needed(self, at: Point) -> str:
        count = int(self.grid.figures[SERVERS][at])
        if self.grid.declared_host:
            return self.say.plural("{n} server", "{n} servers", count)
        tier, servers = tiers()[int(self.grid.figures[TIER][at])]["name"], self.say.number(count)
        return self.say(
            "{servers} \N{MULTIPLICATION SIGN} {class}", servers=servers, **{"class": self.say(TIERS[tier])}
        )

    def rank(self, at: Point) -> tuple[float, float]:
        return self.grid.figures[SERVERS][at], 0 if self.grid.declared_host else self.grid.figures[TIER][at]

    def decision(self) -> Section:
        say = self.say
        title = say("Servers")
        if not self.deciding:
            return Section(
                "servers", title, say("Every scenario needs {servers}.", servers=self.needed(_origin(self.grid)))
            )
        ranks = sorted({self.rank(at) for at in self.grid.figures[TIER]})
        values = {at: float(ranks.index(self.rank(at))) for at in self.grid.figures[TIER]}
        lead = say.sentences(
            say("Servers that carry the load, spares not counted."),
            say("A line is drawn where their number or their class changes."),
            *(self.outside(place) for place in range(len(self.grid.axes))),
        )
        blocks = [self.map(each, values, "servers") for each in self.slices(self.deciding)]
        return Section("servers", title, lead, tuple(blocks))

    def outside(self, place: int) -> str:
        own = self.grid.own.get(self.grid.axes[place].name)
        if own is None or self.own[place] is not None:
            return ""
        told = mark("Your plan is not among the scenarios drawn: {input} is {value}.")
        return self.say(told, input=self.label(place), value=self.value(place, own))

    # Slices: along two axes at most; each combination of the others has a picture of its own.

    def slices(self, depends: tuple[int, ...]) -> list[_Slice]:
        longest = sorted(depends, key=lambda place: -len(self.grid.axes[place].values))[:_MAP]
        along = tuple(sorted(longest))
        others = tuple(place for place in depends if place not in along)
        at = list(_origin(self.grid))
        made = []
        for combination in product(*(range(len(self.grid.axes[place].values)) for place in others)):
            for place, index in zip(others, combination, strict=True):
                at[place] = index
            made.append(_Slice(along, tuple(at)))
        return made[:_MOST_MAPS]

    def where(self, piece: _Slice, depends: tuple[int, ...]) -> str:
        fixed = [place for place in depends if place not in piece.along]
        said = (f"{self.label(place)}: {self.values(place)[piece.at[place]]}" for place in fixed)
        return self.say("; ").join(said)

    def is_own(self, at: Point, depends: tuple[int, ...]) -> bool:
        return all(self.own[place] is not None and self.own[place] == at[place] for place in depends)

    def borders(self, piece: _Slice) -> list[dict[str, Any]]:
        """Return the lines between neighbours that need other servers, where the picture shows all that decides."""
        if not set(self.deciding) <= {*piece.along}:
            return []
        across = piece.along[-1]
        down = piece.along[0] if len(piece.along) == _MAP else None
        lines_: list[dict[str, Any]] = []
        for at in _places(self.grid, piece):
            x, y = at[across], at[down] if down is not None else 0
            if x and self.rank(_moved(at, across, x - 1)) != self.rank(at):
                ends = {"y0": y - 0.5, "y1": y + 0.5} if down is not None else {"yref": "paper", "y0": 0, "y1": 1}
                lines_.append({"type": "line", "x0": x - 0.5, "x1": x - 0.5, **ends, "line": _BORDER})
            if down is not None and y and self.rank(_moved(at, down, y - 1)) != self.rank(at):
                lines_.append(
                    {"type": "line", "x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y - 0.5, "line": _BORDER}
                )
        return lines_

    def marks(self, piece: _Slice, depends: tuple[int, ...]) -> list[dict[str, Any]]:
        """Return the customer's own point."""
        own = next((at for at in _places(self.grid, piece) if self.is_own(at, depends)), None)
        if own is None:
            return []
        place = (
            {"y": own[piece.along[0]], "yanchor": "middle"}
            if len(piece.along) == _MAP
            else {"yref": "paper", "y": 1, "yanchor": "bottom"}
        )
        mine = self.say("your plan")
        text = (
            f"\N{BLACK DIAMOND} {mine}: {self.needed(own)}"
            if set(depends) == set(self.deciding)
            else f"\N{BLACK DIAMOND} {mine}"
        )
        return [{"x": own[piece.along[-1]], "text": escaped(text), "showarrow": False, **place}]

    def regions(self, piece: _Slice) -> list[dict[str, Any]]:
        """Return what is needed, written once into each region of a map."""
        down, across = piece.along
        found: dict[tuple[float, float], list[Point]] = {}
        for at in _places(self.grid, piece):
            found.setdefault(self.rank(at), []).append(at)
        middles = (_middle(places, down, across) for places in found.values())
        return [
            {"x": at[across], "y": at[down], "yanchor": "middle", "text": escaped(self.needed(at)), "showarrow": False}
            for at in middles
            if not self.is_own(at, self.deciding)
        ]

    # Pictures.

    def map(self, piece: _Slice, values: Mapping[Point, float], name: str) -> Chart:
        """Return a picture of what is needed, or of a figure, along one axis or two."""
        depends = self.deciding if name == "servers" else self.grid.depends(name)
        where = self.where(piece, depends)
        label = self.say("Which servers are needed?") if name == "servers" else self.named(name)
        question = f"{label} ({where})" if where else label
        key = f"{name.replace('.', '-')}-{'-'.join(map(str, piece.at))}"
        made = self.heat(piece, values, name) if len(piece.along) == _MAP else self.curve(piece, values, name)
        regions = self.regions(piece) if name == "servers" and len(piece.along) == _MAP else []
        made["layout"] |= {"shapes": self.borders(piece), "annotations": [*regions, *self.marks(piece, depends)]}
        return Chart(key, question, self.answer(piece, values, name), made, self.table(piece, values, name, question))

    def named(self, name: str) -> str:
        return self.say(registry()[name].label)

    def shown(self, at: Point, values: Mapping[Point, float], name: str) -> str:
        return self.needed(at) if name == "servers" else self.say.quantity(values[at], registry()[name].unit)

    def answer(self, piece: _Slice, values: Mapping[Point, float], name: str) -> str:
        places = sorted(_places(self.grid, piece), key=values.__getitem__)
        first, last = (self.shown(at, values, name) for at in (places[0], places[-1]))
        if first == last:
            return self.say("{value} throughout.", value=first)
        return self.say("From {least} to {most}.", least=first, most=last)

    def heat(self, piece: _Slice, values: Mapping[Point, float], name: str) -> PlotlyFigure:
        down, across = piece.along
        rows, columns = self.values(down), self.values(across)
        cells = [[_moved(_moved(piece.at, down, y), across, x) for x in range(len(columns))] for y in range(len(rows))]
        drawn = [values[at] for row in cells for at in row]
        said = [
            [f"{row_name}, {column}: {self.shown(at, values, name)}" for at, column in zip(row, columns, strict=True)]
            for row, row_name in zip(cells, rows, strict=True)
        ]
        trace = {
            "type": "heatmap",
            "x": [escaped(each) for each in columns],
            "y": [escaped(each) for each in rows],
            "z": [[values[at] for at in row] for row in cells],
            "zmin": min(drawn),
            "zmax": max(drawn),
            "colorscale": [[index / (len(HEAT) - 1), colour] for index, colour in enumerate(HEAT)],
            "hovertext": said,
        }
        titled = {"xaxis": axis(self.label(across), type="category"), "yaxis": axis(self.label(down), type="category")}
        return figure([trace], 90 + 30 * max(len(rows), 3), **titled)

    def curve(self, piece: _Slice, values: Mapping[Point, float], name: str) -> PlotlyFigure:
        """Return columns along one axis, or a line where there are many."""
        (across,) = piece.along
        places = list(_places(self.grid, piece))
        if name == "servers":
            shown, unit = [self.grid.figures[SERVERS][at] for at in places], self.say("servers")
        else:
            suits = scale([values[at] for at in places], registry()[name].unit, self.say)
            shown, unit = [suits(values[at]) for at in places], suits.unit or self.named(name)
        if len(places) > len(HEAT) * _MAP:
            made = lines(
                Frame(self.values(across), self.label(across), unit, 260, {"type": "category"}),
                [Series(self.named(name) if name != "servers" else unit, shown)],
            )
        else:
            made = grouped(self.values(across), [Group(self.named(name) if name != "servers" else unit, shown)], unit)
            made["layout"]["height"] = 260
            made["layout"]["xaxis"]["title"] = {"text": escaped(self.label(across))}
        made["data"][0]["hovertext"] = [
            escaped(f"{self.values(across)[at[across]]}: {self.shown(at, values, name)}") for at in places
        ]
        return made

    def table(self, piece: _Slice, values: Mapping[Point, float], name: str, caption: str) -> Table:
        depends = self.deciding if name == "servers" else self.grid.depends(name)
        least, most = min(values.values()), max(values.values())
        across = piece.along[-1]
        downs = piece.along[:-1]
        rows = []
        for y in range(len(self.grid.axes[downs[0]].values)) if downs else (0,):
            at = _moved(piece.at, downs[0], y) if downs else piece.at
            cells = [_moved(at, across, x) for x in range(len(self.grid.axes[across].values))]
            head = Cell(self.values(downs[0])[y]) if downs else Cell(self.say("Value"))
            rows.append((head, *(self.cell(each, values, name, (least, most), depends) for each in cells)))
        corner = f"{self.label(downs[0])} \\ {self.label(across)}" if downs else self.label(across)
        heads = (Column(corner), *(Column(each, numeric=True) for each in self.values(across)))
        return Table(caption, heads, tuple(rows))

    def cell(
        self, at: Point, values: Mapping[Point, float], name: str, ends: tuple[float, float], depends: tuple[int, ...]
    ) -> Cell:
        least, most = ends
        own = self.is_own(at, depends)
        shade = (values[at] - least) / (most - least) if most > least else 0.0
        return Cell(
            self.shown(at, values, name),
            "number",
            "own" if own else "",
            shade=shade,
            detail=self.say("your plan") if own else "",
        )

    # Sections of figures.

    def figures(self, names: Sequence[str]) -> Section | None:
        blocks = [
            self.map(piece, self.grid.figures[name], name)
            for name in names
            for piece in self.slices(self.grid.depends(name))
        ]
        return Section("figures", self.say("What each scenario takes"), "", tuple(blocks)) if blocks else None

    def alike(self, names: Sequence[str]) -> Section | None:
        at = _origin(self.grid)
        said = [
            Cell(f"{self.named(name)}: {self.say.quantity(self.grid.figures[name][at], registry()[name].unit)}")
            for name in names
        ]
        blocks: tuple[Block, ...] = (Notes(tuple(said)),)
        return Section("alike", self.say("The same in every scenario"), "", blocks) if said else None


def _middle(places: Sequence[Point], down: int, across: int) -> Point:
    """Return the place of a region that is nearest to its centre."""
    x, y = (sum(at[way] for at in places) / len(places) for way in (across, down))
    return min(places, key=lambda at: (at[across] - x) ** 2 + (at[down] - y) ** 2)


def _origin(grid: Field) -> Point:
    return tuple(0 for _ in grid.axes)


def _places(grid: Field, piece: _Slice) -> list[Point]:
    """Return the places of a picture, row by row."""
    found = []
    for combination in product(*(range(len(grid.axes[place].values)) for place in piece.along)):
        at = piece.at
        for place, index in zip(piece.along, combination, strict=True):
            at = _moved(at, place, index)
        found.append(at)
    return found


# Scenarios on a terminal.


def scenarios_text(telling: Telling, grid: Field, width: int = 0) -> str:
    """Return a table for people: units, the customer's own scenario marked, a rule where other servers are needed.

    Columns that a terminal of `width` characters (0: any) has no room for are named below the table.
    """
    drawing = _Drawing(telling, grid)
    moving = [name for name in grid.figures if name not in {TIER, SERVERS} and grid.depends(name)]
    heads = [
        "",
        *(drawing.label(place) for place in range(len(grid.axes))),
        "servers",
        *(drawing.named(name) for name in moving),
    ]
    own = all(each is not None for each in drawing.own)
    places = list(grid.figures[TIER])
    places.sort()
    rows = [
        [
            "*" if own and at == drawing.own else "",
            *(drawing.values(place)[index] for place, index in enumerate(at)),
            drawing.needed(at),
            *(format_quantity(grid.figures[name][at], registry()[name].unit) for name in moving),
        ]
        for at in places
    ]
    breaks = {
        place for place, (one, other) in enumerate(pairwise(places), 1) if drawing.rank(one) != drawing.rank(other)
    }
    shown, beyond = _fitting(heads, rows, width)
    table = _ruled(heads[:shown], [row[:shown] for row in rows], breaks)
    said = f"Too wide for this terminal: {', '.join(beyond)} (--figure NAME, --format csv)\n" if beyond else ""
    return table + _below(drawing, grid, moving, own=own) + said


def _fitting(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> tuple[int, Sequence[str]]:
    """Return how many columns a terminal has room for, and the heads of the others."""
    from textwrap import wrap  # noqa: PLC0415  for a terminal alone

    taken = 0
    for place, head in enumerate(heads):
        taken += 2 + max(len(each) for each in (*wrap(head, _HEAD), *(row[place] for row in rows)))
        if width and taken - 2 > width:
            return place, heads[place:]
    return len(heads), ()


def _ruled(heads: Sequence[str], rows: Sequence[Sequence[str]], breaks: set[int]) -> str:
    from textwrap import wrap  # noqa: PLC0415  for a terminal alone

    tops = [wrap(head, _HEAD) or [""] for head in heads]
    height = max(map(len, tops))
    above = [[([""] * (height - len(top)) + top)[line] for top in tops] for line in range(height)]
    widths = [max(len(row[column]) for row in (*above, *rows)) for column in range(len(heads))]
    rule = "  ".join("-" * width for width in widths)
    shown = [*(_aligned(row, widths) for row in above), rule]
    for place, row in enumerate(rows):
        shown += [rule] if place in breaks else []
        shown.append(_aligned(row, widths))
    return "".join(f"{line.rstrip()}\n" for line in shown)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def _below(drawing: _Drawing, grid: Field, moving: Sequence[str], *, own: bool) -> str:
    alike = [name for name in grid.figures if name not in {TIER, SERVERS, *moving}]
    at = _origin(grid)
    said = [
        f"{drawing.named(name)}: {format_quantity(grid.figures[name][at], registry()[name].unit)}" for name in alike
    ]
    lines_ = ["* the deployment as declared, or the scenario nearest to it"] if own else []
    lines_ += ["The same in every scenario:", *(f"  {each}" for each in said)] if said else []
    return "\n" + "".join(f"{line}\n" for line in lines_) if lines_ else ""
