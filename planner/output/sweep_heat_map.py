"""A grid of scenarios as a heat map: one HTML page of coloured tables, without scripts.

The last axis runs across, the one before it down; every combination of the others has a table of its own.
Colour goes from the figure's least value in the grid to its greatest, and each cell states its number.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.output.sweep import TIER, columns
from planner.sizing.model import registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.sizing.grid import Grid

MOST_CELLS = 20_000
# Blue of one hue, dark text on all of it: lightness from 97 to 62 %.
_LIGHTEST, _DARKEST = 97.0, 62.0
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #111; background: #fff }
table { border-collapse: collapse; margin: 0 0 1.5rem }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { border: 1px solid #bbb; padding: .2rem .6rem; text-align: right; font-variant-numeric: tabular-nums }
th { background: #f4f4f4 }
.scroll { overflow-x: auto } td { white-space: nowrap }
@media (max-width: 520px) { body { margin: 1rem } }
@media print { section { break-inside: avoid } }
"""


def page(grid: Grid, figures: Sequence[str]) -> str:
    """Return the page: a section per figure. The grid is small enough to stand in memory."""
    table: dict[str, list[Any]] = {}
    for chunk in grid.chunks(tuple(figures)):
        for name, values in columns(chunk, ranged=False).items():
            table.setdefault(name, []).extend(values)
    varying = [name for name in figures if len(set(map(str, _values(table, name)))) > 1]
    sections = "\n".join([*(_section(grid, table, name) for name in varying), _constant(table, figures, varying)])
    title = f"{len(grid):,} scenarios: {', '.join(axis.name for axis in grid.axes)}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{_VIEWPORT}<title>{escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n{sections}\n</main></body></html>\n"
    )


def _values(table: dict[str, list[Any]], name: str) -> list[Any]:
    return table["hardware.tier" if name == TIER else name]


def _constant(table: dict[str, list[Any]], figures: Sequence[str], varying: Sequence[str]) -> str:
    """Return the figures that are alike in every scenario as a list: a map of one colour tells nothing."""
    alike = [(registry()[name], _values(table, name)[0]) for name in figures if name not in varying]
    said = "".join(f"<li>{escape(each.label)}: {escape(_said(value, each.unit))}</li>" for each, value in alike)
    return f"<section><h2>The same in every scenario</h2>\n<ul>{said}</ul></section>" if said else ""


def _said(value: Any, unit: str) -> str:  # noqa: ANN401  a figure's value
    return value if isinstance(value, str) else format_quantity(value, unit)


def _section(grid: Grid, table: dict[str, list[Any]], name: str) -> str:
    figure = registry()[name]
    values = _values(table, name)
    names = [axis.name for axis in grid.axes]
    down, across = (names[-2] if len(names) > 1 else ""), names[-1]
    parts: dict[tuple[Any, ...], dict[tuple[Any, Any], Any]] = {}
    for row, value in enumerate(values):
        key = tuple(table[axis][row] for axis in names[:-2])
        parts.setdefault(key, {})[table[down][row] if down else "", table[across][row]] = value
    shades = _shades(values)
    tables = "\n".join(
        _table(
            cells,
            (down, across),
            _caption(names, key),
            (figure.unit, shades),
            f"{figure.label}: {_caption(names, key)}",
        )
        for key, cells in parts.items()
    )
    return f"<section><h2>{escape(figure.label)}</h2>\n{tables}</section>"


def _caption(names: Sequence[str], key: tuple[Any, ...]) -> str:
    fixed = ", ".join(f"{name} {value}" for name, value in zip(names, key, strict=False))
    return fixed or "All scenarios"


def _shades(values: Sequence[Any]) -> dict[Any, float]:
    # Texts are ranked as they stand in the grid's order of values, numbers by size.
    numbers = [value for value in values if isinstance(value, (int, float))]
    if len(numbers) == len(values):
        least, span = min(numbers), max(numbers) - min(numbers)
        return {value: (value - least) / span if span else 0.0 for value in numbers}
    kinds = list(dict.fromkeys(values))
    return {value: position / max(len(kinds) - 1, 1) for position, value in enumerate(kinds)}


def _table(
    cells: dict[tuple[Any, Any], Any],
    axes: tuple[str, str],
    caption: str,
    look: tuple[str, dict[Any, float]],
    name: str,
) -> str:
    heads = list(dict.fromkeys(across for _, across in cells))
    corner = escape(f"{axes[0]} \\ {axes[1]}" if axes[0] else axes[1])
    top = "".join(f'<th scope="col">{escape(str(head))}</th>' for head in heads)
    rows = "\n".join(_rows(cells, heads, look))
    title = f"<caption>{escape(caption)}</caption>"
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
    return f'{region}<table>{title}\n<tr><th scope="col">{corner}</th>{top}</tr>\n{rows}\n</table></div>'


def _rows(cells: dict[tuple[Any, Any], Any], heads: Sequence[Any], look: tuple[str, dict[Any, float]]) -> Iterator[str]:
    unit, shades = look
    for down in dict.fromkeys(down for down, _ in cells):
        made = []
        for head in heads:
            value = cells[down, head]
            light = _LIGHTEST - shades[value] * (_LIGHTEST - _DARKEST)
            text = _said(value, unit)
            made.append(f'<td style="background:hsl(211 80% {light:.0f}%)">{escape(text)}</td>')
        yield f'<tr><th scope="row">{escape(str(down))}</th>{"".join(made)}</tr>'
