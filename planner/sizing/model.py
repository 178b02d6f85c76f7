"""The model: every figure in one registry, put in order and compiled once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.sizing import (
    bandwidth,
    cdr,
    database,
    host,
    kernel,
    resources,
    servers,
    tiers,
    traffic,
)
from planner.sizing.constants import tables
from planner.sizing.constants import tiers as tier_rows
from planner.sizing.expression import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.sizing.figure import Figure

MODULES = (traffic, bandwidth, cdr, database, servers, kernel, resources, host)


@cache
def registry() -> dict[str, Figure]:
    """Return every figure by name, in the order they are shown."""
    declared = [figure for module in MODULES for figure in module.FIGURES]
    declared.extend(tiers.figures(tier_rows()))
    figures = {figure.name: figure for figure in declared}
    if len(figures) != len(declared):
        raise AssertionError("two figures share a name")
    return figures


def operands(figure: Figure) -> tuple[str, ...]:
    """Return the names a figure is computed from, whatever the case."""
    found = dict.fromkeys(names(figure.formula))
    for formula in (figure.low, figure.high):
        found.update(dict.fromkeys(names(formula) if formula else ()))
    return tuple(found)


@cache
def ordered(wanted: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """Return the figures `wanted` (all: none named) with all they rest on, each behind its operands.

    Raises ValueError where figures depend on each other in a circle.
    """
    figures = registry()
    done: set[str] = set()
    order: list[Figure] = []
    for name in wanted or figures:
        _visit(name, figures, done, order, ())
    return tuple(order)


def _visit(
    name: str, figures: Mapping[str, Figure], done: set[str], order: list[Figure], path: tuple[str, ...]
) -> None:
    if name in done or name not in figures:
        return
    if name in path:
        raise ValueError(f"figures depend on each other: {' -> '.join((*path, name))}")
    for operand in operands(figures[name]):
        _visit(operand, figures, done, order, (*path, name))
    done.add(name)
    order.append(figures[name])


@cache
def leaves(wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names that are no figures: what the figures `wanted` are computed from in the end."""
    figures = registry()
    found = dict.fromkeys(name for figure in ordered(wanted) for name in operands(figure))
    return tuple(name for name in found if name not in figures)


@cache
def compiled(wanted: tuple[str, ...] = (), *, ranged: bool = True, arrays: bool = False) -> Callable[[Any], Any]:
    """Return the function that computes the figures `wanted` and all they rest on.

    It takes leaves by name and returns figures by name: (low, typical, high) each, or typical values alone.
    """
    from planner.sizing.emission import source  # noqa: PLC0415  a compiled model needs no compiler

    code = source(ordered(wanted), leaves(wanted), arrays=arrays, ranged=ranged)
    return _load(compile(code, "<sizing model>", "exec"), arrays=arrays)


def _load(code: Any, *, arrays: bool) -> Callable[[Any], Any]:  # noqa: ANN401  a code object
    from importlib import import_module  # noqa: PLC0415  arrays bring numpy, which most runs do without

    functions = import_module(f"planner.sizing.{'array' if arrays else 'scalar'}_functions")
    namespace: dict[str, Any] = dict(vars(functions))
    namespace.update((f"table_{name}", table) for name, table in tables().items())
    exec(code, namespace)  # noqa: S102  the model's own formulas, checked by the parser of the language
    model: Callable[[Any], Any] = namespace["model"]
    return model


def units() -> dict[str, str]:
    """Return the unit of every name formulas may hold: figures, assumptions, inputs and tables."""
    from planner.sizing.constants import defaults  # noqa: PLC0415  only checks and explanations need it
    from planner.sizing.leaves import INPUT_UNITS  # noqa: PLC0415  the same

    known = {name: default.assumption.unit for name, default in defaults().items()}
    known.update(INPUT_UNITS)
    known.update((figure.name, figure.unit) for figure in registry().values())
    for name, table in tables().items():
        known[f"table.{name}"], known[f"table.{name}.input"] = table.unit, table.input
    return known


def dependants(name: str) -> Iterable[str]:
    """Return the figures that use a name directly."""
    return (figure.name for figure in registry().values() if name in operands(figure))
