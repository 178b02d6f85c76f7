"""The model as it runs: the registry of figures and the functions compiled from their formulas.

The compiled form stands in `planner.sizing.compiled`, so that starting the program compiles nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.sizing import compiled, scalar_functions
from planner.sizing.binding import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.sizing.figure import Figure

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
    from planner.sizing.emission import source  # noqa: PLC0415  the same

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
