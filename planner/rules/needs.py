"""The figures rules compare with: the numbers of the very model `plan size` prints, without its derivations.

Most files get by with a few numbers; what each rests on is worked out when a finding speaks of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planner.finding import Basis
from planner.sizing.leaves import resolve
from planner.sizing.model import model, weakest

if TYPE_CHECKING:
    from planner.deployment import Deployment

STRENGTH = tuple(Basis)
RANKS = {basis.value: rank for rank, basis in enumerate(STRENGTH)}
DECLARED = "declared"
FLAG = "flag"


class Need(NamedTuple):
    """A figure in base units; `value` is the typical case."""

    low: float
    value: float
    high: float


class Needs:
    """The figures of one deployment. Raises ImpossibleInput where it cannot be sized."""

    def __init__(self, deployment: Deployment) -> None:
        self._leaves = resolve(deployment, {}).numbers
        self._ranges = model()({name: leaf.range for name, leaf in self._leaves.items()})

    def __contains__(self, name: str) -> bool:
        return name in self._ranges

    def __getitem__(self, name: str) -> Need:
        return Need(*self._ranges[name])

    def basis(self, name: str) -> Basis:
        """Return the weakest basis a figure rests on; declared numbers weaken nothing, flags only choose."""
        return STRENGTH[self._ranks[name]]

    @cached_property
    def _ranks(self) -> dict[str, int]:
        certain = {
            name for name, leaf in self._leaves.items() if leaf.origin == DECLARED or leaf.unit == FLAG
        }
        ranks = {name: 0 if name in certain else RANKS[leaf.grounds] for name, leaf in self._leaves.items()}
        flags = {name: leaf.range.typical for name, leaf in self._leaves.items() if leaf.unit == FLAG}
        return weakest(ranks, flags)
