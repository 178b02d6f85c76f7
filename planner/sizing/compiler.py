"""Writes the compiled model: `python -m planner.sizing.compiler`, whenever a figure changes.

A test fails where `planner/sizing/compiled.py` is not what the formulas give.
"""

from collections.abc import Mapping
from pathlib import Path

from planner.catalogue.data import citations
from planner.catalogue.pages import PAGES, stated
from planner.sizing import decide
from planner.sizing.declarations import declared, ordered, reads, summary, units
from planner.sizing.formula import check, flagged, source
from planner.sizing.numbers import Figure

TARGET = Path(__file__).with_name("compiled.py")
_BESIDE = ("server.share", "hardware.servers_for_ram")
"""Figures that rules look at beside those their pages compare with."""
_HEAD = '''"""The model, compiled from its formulas. Do not edit: run `python -m planner.sizing.compiler`."""
# ruff: noqa: Q000, E501, PLW3301, F821, UP034, N803, ANN001, ANN201, PLR0915, D103
# mypy: ignore-errors
# fmt: off

from planner.sizing.numbers import Figure

SUMMARY = {summary}

FIGURES = (
'''


def text() -> str:
    """Return the source of the compiled model. Raises UnitMismatch where a formula mixes units."""
    figures, known = declared(), units()
    for figure in figures.values():
        check(figure.formula, figure.unit, known)
    rows = "".join(
        f"    Figure{tuple(each._replace(sources=citations(each.sources)))!r},\n" for each in figures.values()
    )
    first = ordered(figures, compared(figures))
    rest = tuple(figure for figure in ordered(figures) if figure not in first)
    tables = (name for names in summary().values() for name in names)
    shown = (*tables, *decide.compared(), *decide.HELD.values())
    second = tuple(figure for figure in ordered(figures, shown) if figure not in first)
    parts = {"compared": first, "summed_up": second, "others": tuple(each for each in rest if each not in second)}
    head = _HEAD.format(summary=summary())
    return "\n\n".join(
        [f"{head}{rows})\n", *(source(part, reads(part), name, flagged) for name, part in parts.items())]
    )


def compared(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """Return the figures that rules compare something with: what validating a deployment needs."""
    named = (name for path in sorted(PAGES.glob("*.md")) for name in stated(path.stem).figures)
    return tuple(name for name in dict.fromkeys([*named, *_BESIDE]) if name in figures)


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
