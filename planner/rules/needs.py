"""The figures rules compare with: the numbers of the very model `plan size` prints, without its derivations.

Most files get by with the typical case of a few figures; how far off each may be, and what it rests on, is
worked out when a finding speaks of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from planner.deployment import Deployment
from planner.finding import Basis
from planner.sizing.constants import tiers
from planner.sizing.decide import PLANNED, decide, fixed, leaves_by_name, many, settings_of
from planner.sizing.draws import OnDemand
from planner.sizing.evaluation import Figures, grounds, grounds_compared, model
from planner.sizing.leaves import resolve
from planner.sizing.numbers import Range
from planner.sizing.plan import Plan
from planner.sizing.tiers import RESOURCES, wanted


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
        return self._needs.range(self._name).low

    @property
    def high(self) -> float:
        """The high case."""
        return self._needs.range(self._name).high


class Needs:
    """The figures of one deployment, and its plan. Raises ImpossibleInput where it cannot be sized."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._leaves = resolve(deployment, {}).numbers
        self._values = Figures(model(), leaves_by_name(self._leaves))
        self._ranges: dict[str, Range] = {}

    def __getitem__(self, name: str) -> Need:
        """Return a figure, or a number of the model. Raises KeyError where the model has none of this name."""
        return Need(name, self._values[name], self)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the typical case, as `plan size` decides it: without draws."""
        storage = str(self._deployment.value("server.storage.type") or "")
        return decide(self._values, settings_of(self._deployment), storage)

    @cached_property
    def _fixed(self) -> dict[str, float]:
        return fixed(self._values) | {figure: self._values[figure] for figure in PLANNED}

    @cached_property
    def _cases(self) -> OnDemand:
        from planner.sizing.draws import OnDemand  # noqa: PLC0415  most files need no draws

        return OnDemand(self._leaves, self._fixed)

    def range(self, name: str) -> Range:
        """Return the very range `plan size` gives a figure."""
        if name not in self._ranges:
            from planner.sizing.draws import spread  # noqa: PLC0415  as above

            self._ranges[name] = spread(self._cases[name], self._values[name])
        return self._ranges[name]

    def more_servers(self, count: float) -> bool:
        """Tell whether the low case needs more servers than that, where the typical one does."""
        from planner.sizing.draws import RANK, Within  # noqa: PLC0415  as above

        cases = Within(self._cases, count)
        # Whichever tier is chosen, none of its resources takes more servers than it does: mostly one of them tells.
        most = {
            max((wanted(tier["name"], part) for part in RESOURCES), key=self._values.__getitem__) for tier in tiers()
        }
        fewest = map(min, zip(*(many(cases[name]) for name in most), strict=True))
        if sum(servers <= count for servers in fewest) <= RANK:
            return True
        return sum(servers <= count for servers in many(cases["hardware.servers"])) <= RANK

    def basis(self, name: str) -> Basis:
        """Return the weakest basis a figure rests on; declared numbers weaken nothing, flags only choose."""
        return Basis(self._grounds[name] if name in self._grounds else grounds(self._leaves)[name])

    @cached_property
    def _grounds(self) -> Mapping[str, str]:
        return grounds_compared(self._leaves)
