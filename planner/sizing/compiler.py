"""Writes the compiled model: `python -m planner.sizing.compiler`, whenever a figure changes.

A test fails where `planner/sizing/compiled.py` is not what the formulas give.
"""

from pathlib import Path

from planner.catalogue.data import citations
from planner.sizing.declarations import declared, leaves, ordered, units
from planner.sizing.formula import check, source
from planner.sizing.numbers import Figure

TARGET = Path(__file__).with_name("compiled.py")
_HEAD = '''"""The model, compiled from its formulas. Do not edit: run `python -m planner.sizing.compiler`."""
# ruff: noqa: Q000, E501, PLW3301, F821, UP034, N803, ANN001, ANN201, PLR0915, D103
# mypy: ignore-errors
# fmt: off

from planner.sizing.numbers import Figure

FIGURES = (
'''


def text() -> str:
    """Return the source of the compiled model. Raises UnitMismatch where a formula mixes units."""
    figures, known = declared(), units()
    for figure in figures.values():
        check(figure.formula, figure.unit, known)
    rows = "".join(f"    Figure{tuple(_readable(figure))!r},\n" for figure in figures.values())
    return f"{_HEAD}{rows})\n\n\n{source(ordered(figures), leaves(figures))}"


def _readable(figure: Figure) -> Figure:
    return figure._replace(sources=citations(figure.sources))


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
