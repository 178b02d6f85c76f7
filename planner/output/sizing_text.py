"""A sizing for the terminal: verdict, figures, assumptions by influence, notes.

Laid out here rather than by a table library: a command that answers in a tenth of a second may not spend as
much again on importing one.
"""

from __future__ import annotations

from math import floor
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.display import format_quantity
from planner.output.plan import decision
from planner.output.sizing_groups import groups, influential

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.sizing.result import Sizing

_GAP = "  "
_LEAST_LABEL = 28
_MOST_LABEL = 64
# From this width on there is room for the names of figures.
_WIDE = 110


class Style(NamedTuple):
    """How text is marked: escape sequences on a terminal that wants colour, nothing elsewhere."""

    bold: str = ""
    dim: str = ""
    end: str = ""


PLAIN = Style()
COLOUR = Style("\x1b[1m", "\x1b[2m", "\x1b[0m")


def render_text(sizing: Sizing, *, width: int = 132, style: Style = PLAIN, every: bool = False) -> str:
    """Return the sizing as lines of at most `width` characters where its words allow it."""
    return "\n".join(_lines(sizing, width, style, every=every)) + "\n"


def _lines(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    first, *rest = decision(sizing)
    yield from (f"{style.bold}{line}{style.end}" for line in wrap(first, width, subsequent_indent="  "))
    for line in rest:
        yield from wrap(line, width, subsequent_indent="  ")
    for finding in sizing.findings:
        yield from wrap(f"{finding.severity}: {finding.message} ({finding.help})", width, subsequent_indent="  ")
    yield ""
    yield from _resources(sizing, width, style)
    yield from _rejected(sizing)
    yield ""
    yield from _figures(sizing, width, style, every=every)
    yield from ("", f"{style.bold}Assumptions, most influential first{style.end}")
    yield from _assumptions(sizing, width, style, every=every)
    yield from _remarks(sizing, width, style)


def _resources(sizing: Sizing, width: int, style: Style) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        (
            row.label,
            format_quantity(row.need.typical, row.unit),
            format_quantity(row.limit, row.unit),
            f"{row.utilisation * 100:.0f} %",
            "?" if row.certainty is None else f"{floor(row.certainty * 100 + 1e-9)} %",
            "-" if row.month is None else f"{row.month}",
        )
        for row in sizing.plan.resources
    ]
    yield from _table(rows, ("Each server", "needs", "planned for", "in use", "surely", "month"), width, style)


def _rejected(sizing: Sizing) -> Iterator[str]:
    for item in sizing.hardware.rejected:
        needed, offered = format_quantity(item.needed, item.unit), format_quantity(item.available, item.unit)
        resource = item.resource.replace("_", " ")
        if item.ratio > 1:
            yield f"  not {item.tier}: {resource} {needed} needed, {offered} available ({item.ratio:.2f}x)"


def _figures(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for title, figures in groups(sizing, every=every):
        rows.append((title,))
        rows.extend((f"  {figure.label}", *_cases(figure), figure.name) for figure in figures)
    heads = ("", "low", "typical", "high", "name")
    yield from _table(rows, heads if width >= _WIDE else heads[:4], width, style)


def _assumptions(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    heads: tuple[str, ...] = ("", "low", "typical", "high", "moves", "basis", "replace with")
    rows: list[tuple[str, ...]] = [
        (item.label, *_cases(item), f"{item.influence * 100:.0f} %", item.grounds, item.replace)
        for item in influential(sizing, every=every)
    ]
    if width < _WIDE:
        heads, rows = (("", "typical", "moves", "replace with"), [(row[0], row[2], row[4], row[6]) for row in rows])
    yield from _table(rows, heads, width, style)


def _table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], width: int, style: Style) -> Iterator[str]:
    cells = [row[: len(heads)] for row in rows]
    widths = [max(len(head), *(len(row[column]) for row in cells if len(row) > 1)) for column, head in enumerate(heads)]
    room = width - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
    widths[0] = min(widths[0], max(room, _LEAST_LABEL), _MOST_LABEL)
    yield f"{style.dim}{_line(heads, widths)}{style.end}"
    yield style.dim + "─" * min(sum(widths) + len(_GAP) * (len(widths) - 1), width) + style.end
    for row in cells:
        if len(row) == 1:
            yield f"{style.bold}{row[0]}{style.end}"
        else:
            indent = " " * (len(row[0]) - len(row[0].lstrip()))
            first, *rest = wrap(row[0].strip(), widths[0], initial_indent=indent, subsequent_indent=f"{indent}  ")
            yield _line((first, *row[1:]), widths)
            yield from rest


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    # Figures stand right, words left: the first column and those behind the numbers.
    made = [
        cell.rjust(size) if column > 0 and _is_number(cell) else cell.ljust(size)
        for column, (cell, size) in enumerate(zip(cells, widths, strict=True))
    ]
    return _GAP.join(made).rstrip()


_NUMERIC = {"low", "typical", "high", "moves", "needs", "planned for", "in use", "surely", "month", "-"}


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell in _NUMERIC


def _cases(item: Any) -> list[str]:  # noqa: ANN401  an estimate or an assumption
    return [format_quantity(value, item.unit) for value in item.range]


def _remarks(sizing: Sizing, width: int, style: Style) -> Iterator[str]:
    if sizing.notes:
        yield from ("", f"{style.bold}Notes{style.end}")
    for note in sizing.notes:
        yield from wrap(f"- {note.text}", width, subsequent_indent="  ")
