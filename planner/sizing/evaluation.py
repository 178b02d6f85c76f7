"""The model as it runs: one function, emitted from the formulas, over any kind of number.

A kind is the set of functions the emitted code finds under the names of the formula language: numbers, arrays,
samples and the ranks that say on what a figure rests. The emission stands in `planner.sizing.compiled`, so that
starting the program compiles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from operator import attrgetter
from types import FunctionType, SimpleNamespace
from typing import Any

from planner.sizing import compiled
from planner.sizing import functions as of_numbers
from planner.sizing.constants import tables
from planner.sizing.functions import EMITTED, FUNCTIONS
from planner.sizing.numbers import Assumption, Figure

HEADLINES: tuple[str, ...] = tuple(figure.name for figure in compiled.FIGURES if figure.headline)
STRENGTH = ("declared", "documented", "standard", "measured", "advice", "assumption")
"""The order of `planner.finding.Basis`, which costs start-up time."""


@cache
def registry() -> dict[str, Figure]:
    """Return every figure by name, in the order they are shown."""
    return {figure.name: figure for figure in compiled.FIGURES}


def namespace(kind: Any) -> dict[str, Any]:  # noqa: ANN401  a module of functions, or what looks like one
    """Return what emitted code needs under the names it uses: the functions of a kind, and the tables."""
    found = {name: getattr(kind, name) for name in EMITTED}
    return found | {f"table_{name}": table for name, table in tables().items()}


class Model:
    """The model over a kind of number: from leaves by name to all figures by name.

    `compared` gives but the figures that rules compare with, the second part those that a plan and a summary need
    beside them, `others` the rest: each from leaves and the parts before it.
    """

    def __init__(self, kind: Any) -> None:  # noqa: ANN401  as above
        names = namespace(kind)
        self.parts: tuple[Callable[[Any], dict[str, Any]], ...] = tuple(
            FunctionType(part.__code__, names) for part in (compiled.compared, compiled.summed_up, compiled.others)
        )
        self.compared = self.parts[0]

    def __call__(self, leaves: Mapping[str, Any]) -> dict[str, Any]:
        """Return all figures by name."""
        found: dict[str, Any] = {}
        for part in self.parts:
            found |= part({**leaves, **found})
        return found


class Figures(dict[str, Any]):
    """Leaves and figures by name: a part of the model is worked out when one of its figures is asked for."""

    def __init__(self, model: Model, leaves: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> None:
        super().__init__(leaves)
        self._parts = iter(model.parts)

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  a number of the model's kind
        for part in self._parts:
            self.update(part(self))
            if name in self:
                return self[name]
        raise KeyError(name)


@cache
def model() -> Model:
    """Return the model over numbers: one case."""
    return Model(of_numbers)


class _Rank:
    """What a number rests on: the weakest of what it was made from; of a flag also which way it points."""

    __slots__ = ("flag", "rank")

    def __init__(self, rank: int, flag: float = 0.0) -> None:
        self.rank, self.flag = rank, flag

    def __bool__(self) -> bool:
        return bool(self.flag)

    def _joined(self, other: Any) -> _Rank:  # noqa: ANN401  a rank or a literal
        return other if type(other) is _Rank and other.rank > self.rank else self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _joined


def _weakest(*operands: Any) -> _Rank:  # noqa: ANN401  ranks, literals and tables
    found = None
    for each in operands:
        if type(each) is _Rank and (found is None or each.rank > found.rank):
            found = each
    return _Rank(0) if found is None else found


@cache
def _ranks() -> Model:
    kind = SimpleNamespace(**dict.fromkeys(FUNCTIONS, _weakest))
    kind.where = lambda condition, yes, no: yes() if condition else no()
    kind.either = lambda condition, yes, no: yes if condition else no
    return Model(kind)


def grounds(leaves: Mapping[str, Assumption]) -> Mapping[str, str]:
    """Return the weakest basis each figure rests on, by name.

    Declared numbers weaken nothing, flags choose between numbers; only branches taken count.
    """
    return _grounds(tuple(leaves), *_weights(leaves), alone=False)


def grounds_compared(leaves: Mapping[str, Assumption]) -> Mapping[str, str]:
    """Return what `grounds` does of the figures that rules compare with alone."""
    return _grounds(tuple(leaves), *_weights(leaves), alone=True)


def _weights(leaves: Mapping[str, Assumption]) -> tuple[tuple[tuple[str, str, str], ...], tuple[bool, ...]]:
    """Return of each leaf what tells to what it weakens figures, and whether it is anything but zero."""
    return tuple(map(_TOLD, leaves.values())), tuple(map(bool, map(_TYPICAL, leaves.values())))


_TOLD, _TYPICAL = attrgetter("origin", "unit", "grounds"), attrgetter("range.typical")


@lru_cache(maxsize=256)
def _grounds(
    names: tuple[str, ...], told: tuple[tuple[str, str, str], ...], flags: tuple[bool, ...], *, alone: bool
) -> Mapping[str, str]:
    """Return what the figures rest on; deployments that declare the same things rest on the same."""
    ranks = {
        name: _Rank(0 if origin == "declared" or unit == "flag" else STRENGTH.index(basis), float(flag))
        for name, (origin, unit, basis), flag in zip(names, told, flags, strict=True)
    }
    found = (_ranks().compared if alone else _ranks())(ranks)
    return {name: STRENGTH[rank.rank if type(rank) is _Rank else 0] for name, rank in found.items()}


def assembled(wanted: tuple[str, ...], kind: Any) -> Callable[[Any], dict[str, Any]]:  # noqa: ANN401  as above
    """Return a function for the figures `wanted` and what they rest on: compiled now, unless they are most of a part.

    A part is compiled already, and gives what else is in it.
    """
    from planner.sizing.declarations import ordered, reads  # noqa: PLC0415  compiled on demand only
    from planner.sizing.formula import source, variable  # noqa: PLC0415  the same

    figures = ordered(registry(), wanted)
    held = set(compiled.compared.__code__.co_varnames)
    if len(figures) > len(held) / 3 and held.issuperset(variable(figure.name) for figure in figures):
        return Model(kind).compared
    names = namespace(kind)
    exec(compile(source(figures, reads(figures)), "<sizing model>", "exec"), names)  # noqa: S102  checked by the parser
    made: Callable[[Any], dict[str, Any]] = names["model"]
    return made
