"""The figures rules compare with: the numbers of the very model `plan size` prints, without its derivations.

Most files get by with the typical case of a few figures; how far off each may be, and what it rests on, is
worked out when a finding speaks of it.
"""

from __future__ import annotations

from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from planner.finding import Basis
from planner.rules import compared
from planner.sizing import functions as scalar_functions
from planner.sizing.leaves import resolve
from planner.sizing.model import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.deployment import Deployment

STRENGTH = tuple(Basis)
RANKS = {basis.value: rank for rank, basis in enumerate(STRENGTH)}
DECLARED = "declared"
FLAG = "flag"
TYPICAL = attrgetter("range.typical")


class Need:
    """A figure in base units; `value` is the typical case."""

    __slots__ = ("_name", "_needs", "value")

    def __init__(self, name: str, value: float, needs: Needs) -> None:
        self.value = value
        self._name = name
        self._needs = needs

    @property
    def low(self) -> float:
        """The low case."""
        return self._needs.ranges[self._name][0]

    @property
    def high(self) -> float:
        """The high case."""
        return self._needs.ranges[self._name][2]


class Needs:
    """The figures of one deployment. Raises ImpossibleInput where it cannot be sized."""

    def __init__(self, deployment: Deployment) -> None:
        self._leaves = resolve(deployment, {}).numbers
        self._values = _typical()(dict(zip(self._leaves, map(TYPICAL, self._leaves.values()), strict=True)))

    def __getitem__(self, name: str) -> Need:
        """Return a figure. Raises KeyError where the model has none of this name."""
        value = self._values[name] if name in self._values else self.ranges[name][1]
        return Need(name, value, self)

    @cached_property
    def ranges(self) -> Mapping[str, tuple[float, float, float]]:
        """All figures of the model by name, (low, typical, high) each."""
        from planner.sizing.model import model  # noqa: PLC0415  most files need no ranges

        return model()({name: leaf.range for name, leaf in self._leaves.items()})

    def basis(self, name: str) -> Basis:
        """Return the weakest basis a figure rests on; declared numbers weaken nothing, flags only choose."""
        return STRENGTH[self._ranks[name]]

    @cached_property
    def _ranks(self) -> dict[str, int]:
        from planner.sizing.model import weakest  # noqa: PLC0415  only findings name a basis

        ranks = {
            name: 0 if leaf.origin == DECLARED or leaf.unit == FLAG else RANKS[leaf.grounds]
            for name, leaf in self._leaves.items()
        }
        flags = {name: leaf.range.typical for name, leaf in self._leaves.items() if leaf.unit == FLAG}
        return weakest(ranks, flags)


@cache
def _typical() -> Callable[[Mapping[str, float]], Mapping[str, float]]:
    """Return the function from leaves to the figures rules compare with, by name and typical case each."""
    bind(vars(compared), scalar_functions)
    return compared.typical
