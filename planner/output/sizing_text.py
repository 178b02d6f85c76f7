"""A sizing for the terminal: verdict, figures, assumptions by influence, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.output.sizing_groups import groups, influential, summary_verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from planner.sizing.result import Sizing

_PLAIN_WIDTH = 132


def render_text(sizing: Sizing, console: Console, *, every: bool = False, plain: bool = False) -> str:
    """Return the sizing as the console would print it; `plain` for a file: without colour, wide enough for a line each."""
    if plain or not console.is_terminal:
        console.width = _PLAIN_WIDTH
    if plain:
        console.no_color, console._force_terminal = True, False  # noqa: SLF001  rich has no setter for an existing console
    with console.capture() as capture:
        _print(sizing, console, every=every)
    return capture.get()


def _print(sizing: Sizing, console: Console, *, every: bool) -> None:
    console.print(summary_verdict(sizing), style="bold")
    for item in sizing.hardware.rejected:
        needed, offered = format_quantity(item.needed, item.unit), format_quantity(item.available, item.unit)
        resource = item.resource.replace("_", " ")
        console.print(
            f"  not {item.tier}: {resource} {needed} needed, {offered} available ({item.ratio:.2f}x)"
        )
    console.print()
    console.print(_figures(sizing, every=every))
    console.print("\nAssumptions, most influential first", style="bold")
    console.print(_assumptions(sizing, every=every))
    _remarks(sizing, console)


def _table(*columns: str) -> Table:
    from rich import box  # noqa: PLC0415  only the terminal needs it
    from rich.table import Table  # noqa: PLC0415  the same

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        number = column in {"low", "typical", "high", "moves"}
        table.add_column(column, justify="right" if number else "left", no_wrap=number)
    return table


def _figures(sizing: Sizing, *, every: bool) -> Table:
    table = _table("", "low", "typical", "high", "name")
    for title, figures in groups(sizing, every=every):
        table.add_row(f"[bold]{title}[/bold]")
        for figure in figures:
            table.add_row(f"  {figure.label}", *_cases(figure), f"[dim]{figure.name}[/dim]")
    return table


def _assumptions(sizing: Sizing, *, every: bool) -> Table:
    table = _table("", "low", "typical", "high", "moves", "basis", "replace with")
    for item in influential(sizing, every=every):
        moves = f"{item.influence * 100:.0f} %"
        table.add_row(item.label, *_cases(item), moves, str(item.basis), item.replace)
    return table


def _cases(item: Any) -> list[str]:  # noqa: ANN401  an estimate or an assumption
    return [format_quantity(value, item.unit) for value in item.range]


def _remarks(sizing: Sizing, console: Console) -> None:
    if sizing.notes:
        console.print("\nNotes", style="bold")
    for note in sizing.notes:
        console.print(f"- {note.text}")
    reached = [item for item in sizing.growth if item.month is not None]
    if reached:
        console.print("\nLimits reached by growth", style="bold")
    for item in sorted(reached, key=lambda each: each.month or 0):
        console.print(f"- month {item.month}: {item.label}")
    for finding in sizing.findings:
        console.print(f"\n{finding.severity}: {finding.message} ({finding.help})")
