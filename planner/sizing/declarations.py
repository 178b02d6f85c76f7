"""Every figure in one registry, as declared: what the compiler, the unit checks and explanations work on.

Running the model takes `planner.sizing.evaluation`, which holds the same figures compiled.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from planner.sizing.constants import defaults, tables
from planner.sizing.constants import tiers as tier_rows
from planner.sizing.formula import names
from planner.sizing.leaves import input_units
from planner.sizing.numbers import Figure
from planner.sizing.tiers import figures as tier_figures

FOLDER = Path(__file__).with_name("figures")
TOPICS = ("traffic", "bandwidth", "cdr", "database", "servers", "kernel", "resources", "host", "failure", "cost")
"""The files of `figures/`, in the order their figures are shown."""


@cache
def declared() -> dict[str, Figure]:
    """Return every figure by name, in the order they are shown. Raises ValueError where two share a name."""
    rows = [figure for topic in TOPICS for figure in _stated(FOLDER / f"{topic}.toml")]
    rows.extend(tier_figures(tier_rows()))
    figures = {figure.name: figure._replace(operands=names(figure.formula)) for figure in rows}
    if len(figures) != len(rows):
        raise ValueError("two figures share a name")
    return figures


@cache
def summary() -> dict[str, list[str]]:
    """Return the figures that a summary shows, by the titles of its tables."""
    return tomllib.loads((FOLDER / "summary.toml").read_text(encoding="utf-8"))


def _stated(file: Path) -> list[Figure]:
    stated = tomllib.loads(file.read_text(encoding="utf-8"))
    return [Figure(name, **{**said, "sources": tuple(said.get("sources", ()))}) for name, said in stated.items()]


def ordered(figures: Mapping[str, Figure], wanted: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """Return the figures `wanted` (all: none named) with all they rest on, each behind its operands.

    Raises ValueError where figures depend on each other in a circle.
    """
    done: set[str] = set()
    order: list[Figure] = []
    for name in wanted or figures:
        _visit(name, figures, (done, order), ())
    return tuple(order)


def _visit(
    name: str, figures: Mapping[str, Figure], found: tuple[set[str], list[Figure]], path: tuple[str, ...]
) -> None:
    done, order = found
    if name in done or name not in figures:
        return
    if name in path:
        raise ValueError(f"figures depend on each other: {' -> '.join((*path, name))}")
    for operand in figures[name].operands:
        _visit(operand, figures, found, (*path, name))
    done.add(name)
    order.append(figures[name])


def leaves(figures: Mapping[str, Figure], wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names that are no figures: what the figures `wanted` are computed from in the end."""
    return reads(ordered(figures, wanted))


def reads(part: Sequence[Figure]) -> tuple[str, ...]:
    """Return the names that figures are computed from and that none of them has."""
    own = {figure.name for figure in part}
    return tuple(dict.fromkeys(name for figure in part for name in figure.operands if name not in own))


def units() -> dict[str, str]:
    """Return the unit of every name formulas may hold: figures, assumptions, inputs and tables."""
    known = {name: default.assumption.unit for name, default in defaults().items()}
    known.update(input_units())
    known.update((figure.name, figure.unit) for figure in declared().values())
    for name, table in tables().items():
        known[f"table.{name}"], known[f"table.{name}.input"] = table.unit, table.input
    return known
