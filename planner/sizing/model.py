"""What compiled formulas find under the names they use: the functions of their language, and the tables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.sizing import compiled
from planner.sizing import functions as scalar_functions
from planner.sizing.constants import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.sizing.numbers import Figure


def bind(namespace: dict[str, Any], functions: Any) -> None:  # noqa: ANN401  a module of functions
    """Put the functions of the formula language and the tables where compiled code looks for them."""
    namespace.update((name, value) for name, value in vars(functions).items() if not name.startswith("_"))
    namespace.update((f"table_{name}", table) for name, table in tables().items())


# The model as it runs: the registry of figures and the functions compiled from their formulas.
#
# The compiled form stands in `planner.sizing.compiled`, so that starting the program compiles nothing.

HEADLINES: tuple[str, ...] = tuple(figure.name for figure in compiled.FIGURES if figure.headline)
HEADLINE_LEAVES: frozenset[str] = compiled.HEADLINE_LEAVES


@cache
def registry() -> dict[str, Figure]:
    """Return every figure by name, in the order they are shown."""
    return {figure.name: figure for figure in compiled.FIGURES}


@cache
def model() -> Callable[[Any], dict[str, tuple[float, float, float]]]:
    """Return the function from leaves by name to all figures by name, (low, typical, high) each."""
    _bind()
    return compiled.model


@cache
def headline_model() -> Callable[[Any], dict[str, float]]:
    """Return the function from typical leaves by name to the headline figures and what they rest on."""
    _bind()
    return compiled.headlines


def weakest(ranks: dict[str, int], flags: dict[str, float]) -> dict[str, int]:
    """Return the rank of every figure's basis from those of its leaves; only branches taken count."""
    found: dict[str, int] = compiled.ranks(ranks, flags)  # type: ignore[no-untyped-call]  # generated code
    return found


@cache
def _bind() -> None:
    bind(vars(compiled), scalar_functions)


def leaves_of(figures: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the figures named are computed from in the end."""
    from planner.sizing.declarations import leaves  # noqa: PLC0415  explanations and sweeps only

    return leaves(registry(), figures)


def assembled(wanted: tuple[str, ...], *, ranged: bool, arrays: bool) -> Callable[[Any], Any]:
    """Return a function compiled now, for the figures `wanted` (all: none named) and what they rest on."""
    from planner.sizing.declarations import leaves, ordered  # noqa: PLC0415  compiled on demand only
    from planner.sizing.formula import source  # noqa: PLC0415  the same

    figures = registry()
    code = source(ordered(figures, wanted), leaves(figures, wanted), arrays=arrays, ranged=ranged)
    namespace: dict[str, Any] = {}
    if arrays:
        from planner.sizing import array_functions  # noqa: PLC0415  numpy, which most runs do without

        bind(namespace, array_functions)
    else:
        bind(namespace, scalar_functions)
    exec(compile(code, "<sizing model>", "exec"), namespace)  # noqa: S102  formulas checked by the language's parser
    made: Callable[[Any], Any] = namespace["model"]
    return made
