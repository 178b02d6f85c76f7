"""The model as it runs: one function, emitted from the formulas, over any kind of number.

A kind is the set of functions the emitted code finds under the names of the formula language: numbers, arrays,
samples and the ranks that say on what a figure rests. The emission stands in `planner.sizing.compiled`, so that
starting the program compiles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

from planner.sizing import compiled
from planner.sizing import functions as of_numbers
from planner.sizing.constants import tables
from planner.sizing.functions import FUNCTIONS
from planner.sizing.numbers import Assumption, Figure

HEADLINES: tuple[str, ...] = tuple(figure.name for figure in compiled.FIGURES if figure.headline)
STRENGTH = ("declared", "documented", "standard", "measured", "advice", "assumption")
"""The order of `planner.finding.Basis`, which costs start-up time."""


@cache
def registry() -> dict[str, Figure]:
    """Return every figure by name, in the order they are shown."""
    return {figure.name: figure for figure in compiled.FIGURES}


def _namespace(kind: Any) -> dict[str, Any]:  # noqa: ANN401  a module of functions, or what looks like one
    """Return what emitted code needs under the names it uses: the functions of a kind, and the tables."""
    found = {name: getattr(kind, name) for name in FUNCTIONS}
    return found | {f"table_{name}": table for name, table in tables().items()}


def over(kind: Any) -> Callable[[Any], dict[str, Any]]:  # noqa: ANN401  as above
    """Return the model over a kind of number: from leaves by name to all figures by name."""
    return FunctionType(compiled.model.__code__, _namespace(kind))


@cache
def model() -> Callable[[Any], dict[str, float]]:
    """Return the model over numbers: one case."""
    return over(of_numbers)


class _Rank:
    """What a number rests on: the weakest of what it was made from; of a flag also which way it points."""

    __slots__ = ("flag", "rank")

    def __init__(self, rank: int, flag: float = 0.0) -> None:
        self.rank, self.flag = rank, flag

    def _joined(self, other: Any) -> _Rank:  # noqa: ANN401  a rank or a literal
        return other if type(other) is _Rank and other.rank > self.rank else self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _joined


def _weakest(*operands: Any) -> _Rank:  # noqa: ANN401  ranks, literals and tables
    found = None
    for each in operands:
        if type(each) is _Rank and (found is None or each.rank > found.rank):
            found = each
    return found or _Rank(0)


@cache
def _ranks() -> Callable[[Any], dict[str, Any]]:
    kind = SimpleNamespace(**dict.fromkeys(FUNCTIONS, _weakest))
    kind.where = lambda condition, yes, no: yes() if condition.flag else no()
    return over(kind)


def grounds(leaves: Mapping[str, Assumption]) -> dict[str, str]:
    """Return the weakest basis each figure rests on, by name.

    Declared numbers weaken nothing, flags choose between numbers; only branches taken count.
    """
    ranks = {
        name: _Rank(
            0 if leaf.origin == "declared" or leaf.unit == "flag" else STRENGTH.index(leaf.grounds), leaf.range.typical
        )
        for name, leaf in leaves.items()
    }
    found = _ranks()(ranks).items()
    return {name: STRENGTH[rank.rank if type(rank) is _Rank else 0] for name, rank in found}


def assembled(wanted: tuple[str, ...], kind: Any) -> Callable[[Any], dict[str, Any]]:  # noqa: ANN401  as above
    """Return a function compiled now, for the figures `wanted` and what they rest on."""
    from planner.sizing.declarations import leaves, ordered  # noqa: PLC0415  compiled on demand only
    from planner.sizing.formula import source  # noqa: PLC0415  the same

    namespace = _namespace(kind)
    code = source(ordered(registry(), wanted), leaves(registry(), wanted))
    exec(compile(code, "<sizing model>", "exec"), namespace)  # noqa: S102  formulas checked by the language's parser
    made: Callable[[Any], dict[str, Any]] = namespace["model"]
    return made
