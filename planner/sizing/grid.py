"""Grids of scenarios: the model over every combination of varied inputs, in chunks of bounded size.

Each axis becomes an array along its own dimension; the formulas then broadcast, so that a figure which
depends on two axes of four is computed once per pair. Inputs that act on the same numbers of the model share
a dimension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner.deployment import Deployment
from planner.sizing import array_functions
from planner.sizing.decide import HELD, fixed
from planner.sizing.draws import COUNT, NEAR, RANK, drawn
from planner.sizing.evaluation import assembled
from planner.sizing.leaves import resolve
from planner.sizing.numbers import Range
from planner.sizing.result import impossible
from planner.wording import wording

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Scenarios evaluated together: the arrays of one figure then stay in the processor's cache.
CHUNK = 16384
RANGED_CHUNK = 64
MOST_SCENARIOS = 100_000_000
_LOADS = frozenset({"traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes"})
# Axes of more numbers than this are probed rather than resolved one by one.
_MANY = 12
_ASSUMED = "assume"


class Axis(NamedTuple):
    """One varied input: its name (declared, or an assumption's) and its values in base units."""

    name: str
    values: Sequence[Any]
    assumed: bool = False


class Dimension(NamedTuple):
    """One dimension of the grid: the axes that share it, their combinations, and the leaves these set."""

    axes: tuple[int, ...]
    combinations: tuple[tuple[Any, ...], ...]
    leaves: Mapping[str, tuple[Range, ...]]


class Chunk(NamedTuple):
    """A piece of the grid, flattened: inputs by axis, figures by name, arrays of `size` scenarios.

    `figures` holds (low, typical, high) arrays, all three the same array where only typical values were asked
    for.
    """

    size: int
    inputs: dict[str, list[Any]]
    figures: dict[str, tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]]


def _require_few(count: int) -> None:
    if count > MOST_SCENARIOS:
        said = wording("{count} scenarios are too many", count=f"{count:,}")
        raise impossible("vary", said, wording("at most {most}", most=f"{MOST_SCENARIOS:,}"))


class Grid:
    """Every combination of the axes over one deployment.

    Raises ImpossibleInput for a value that cannot be sized.
    """

    def __init__(
        self,
        deployment: Deployment,
        axes: Sequence[Axis],
        assume: Mapping[str, Any] | None = None,
        profile: Mapping[str, Any] | None = None,
    ) -> None:
        self.axes = tuple(axes)
        self._deployment = deployment
        self._assume, self._profile = dict(assume or {}), profile
        if any(not axis.values for axis in self.axes):
            raise impossible("vary", wording("an axis has no values"), "NAME=a,b or NAME=start:stop:step")
        # Before anything is made of them: axes that act on one number are combined in memory.
        _require_few(prod(len(axis.values) for axis in self.axes))
        self._base = self._resolved({axis.name: axis.values[0] for axis in self.axes})
        self.dimensions = tuple(self._dimensions())

    def __len__(self) -> int:
        return prod(len(dimension.combinations) for dimension in self.dimensions)

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of combinations along each dimension."""
        return tuple(len(dimension.combinations) for dimension in self.dimensions)

    def _resolved(self, values: Mapping[str, Any]) -> dict[str, Range]:
        assumed = {axis.name for axis in self.axes if axis.assumed}
        declared = {name: value for name, value in values.items() if name not in assumed}
        assume = {**self._assume, **{name: value for name, value in values.items() if name in assumed}}
        found = resolve(self._deployment.override(declared), assume, self._profile)
        return {name: leaf.range for name, leaf in found.numbers.items()}

    def _dimensions(self) -> Iterator[Dimension]:
        first = {axis.name: axis.values[0] for axis in self.axes}
        touched = [self._touched(axis, first) for axis in self.axes]
        for group in _groups(touched):
            yield self._dimension(group, first)

    def _touched(self, axis: Axis, first: Mapping[str, Any]) -> set[str]:
        names: set[str] = {_ASSUMED} if axis.name in _LOADS else set()
        # The ends and the middle show what an axis acts on; the rest is checked when its leaves are made.
        for value in {0: axis.values[0], 1: axis.values[-1], 2: axis.values[len(axis.values) // 2]}.values():
            found = self._resolved({**first, axis.name: value})
            names.update(name for name, value in found.items() if value != self._base[name])
        return names

    def _dimension(self, group: tuple[int, ...], first: Mapping[str, Any]) -> Dimension:
        combinations = tuple(product(*(self.axes[index].values for index in group)))
        if len(group) == 1 and (leaf := self._straight(self.axes[group[0]], first)):
            return Dimension(group, combinations, {leaf: tuple(Range.point(float(row[0])) for row in combinations)})
        rows = []
        for combination in combinations:
            values = {self.axes[index].name: value for index, value in zip(group, combination, strict=True)}
            rows.append(self._resolved({**first, **values}))
        changed = [name for name, value in self._base.items() if any(row[name] != value for row in rows)]
        return Dimension(group, combinations, {name: tuple(row[name] for row in rows) for name in changed})

    def _straight(self, axis: Axis, first: Mapping[str, Any]) -> str:
        """Return the one leaf that simply takes the axis's numbers, "" where resolving does more."""
        if len(axis.values) < _MANY or any(type(value) not in {int, float} for value in axis.values):
            return ""
        # The extremes are resolved for their limits, the others for what an axis does between them.
        probes = {min(axis.values), max(axis.values), *axis.values[:: max(len(axis.values) // _MANY, 1)]}
        found = {probe: self._resolved({**first, axis.name: probe}) for probe in probes}
        leaves = {name for row in found.values() for name, value in row.items() if value != self._base[name]}
        leaf = leaves.pop() if len(leaves) == 1 else ""
        straight = leaf and all(row[leaf] == Range.point(float(probe)) for probe, row in found.items())
        return leaf if straight else ""

    def chunks(self, figures: tuple[str, ...], *, ranged: bool = False) -> Iterator[Chunk]:
        """Yield the grid piece by piece, the last axis varying fastest, with the figures named."""
        evaluate = assembled((*figures, *HELD.values()) if ranged else figures, array_functions)
        near = {name: np.vectorize(function, otypes=[float]) for name, function in NEAR.items()}
        sample = assembled(figures, SimpleNamespace(**{**vars(array_functions), **near})) if ranged else evaluate
        for window in _windows(self.shape, RANGED_CHUNK if ranged else CHUNK):
            # Where a choice varies within the grid both branches are computed, also where one divides by
            # zero.
            with np.errstate(all="ignore"):
                values = evaluate(self._window(window, lambda _, value: value.typical))
                spread = self._spread(window, sample, values) if ranged else {}
            yield self._chunk(window, values, figures, spread)

    def _spread(
        self, window: tuple[slice, ...], evaluate: Callable[[Any], dict[str, Any]], values: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return every figure over the draws, a dimension in front of the grid's, each cell's plan held still."""
        leaves = self._window(window, lambda name, value: value.typical if value.certain else drawn(name, value))
        made: Mapping[str, Any] = evaluate({**leaves, **fixed(values)})
        # What nothing uncertain moves has no dimension of draws, and the typical case alone.
        many = {name: value for name, value in made.items() if np.ndim(value) > len(self.shape) and len(value) == COUNT}
        return {name: np.sort(value, 0) for name, value in many.items()}

    def _window(self, window: tuple[slice, ...], case: Callable[[str, Range], Any]) -> dict[str, Any]:
        """Return the leaves of a piece of the grid; `case` gives a number, or the draws, of a leaf's range."""

        def array(name: str, ranges: Sequence[Range], position: int) -> Any:  # noqa: ANN401  an array
            shape = [1] * len(self.dimensions)
            shape[position] = len(ranges)
            cases = [case(name, value) for value in ranges]
            if all(isinstance(each, float | int) for each in cases):
                return np.array(cases, dtype=float).reshape(shape)
            drawn_cases = np.array([np.broadcast_to(each, COUNT) for each in cases], dtype=float)
            return drawn_cases.T.reshape([COUNT, *shape])

        leaves = {name: self._base_case(name, value, case) for name, value in self._base.items()}
        for position, dimension in enumerate(self.dimensions):
            for name, ranges in dimension.leaves.items():
                leaves[name] = array(name, ranges[window[position]], position)
        return leaves

    def _base_case(self, name: str, value: Range, case: Callable[[str, Range], Any]) -> Any:  # noqa: ANN401  as above
        found = case(name, value)
        many = not isinstance(found, float | int)
        return np.array(found).reshape([COUNT, *([1] * len(self.dimensions))]) if many else found

    def _chunk(
        self, window: tuple[slice, ...], values: Mapping[str, Any], figures: tuple[str, ...], spread: Mapping[str, Any]
    ) -> Chunk:
        parts = [dimension.combinations[piece] for dimension, piece in zip(self.dimensions, window, strict=True)]
        shape = tuple(len(part) for part in parts)
        inputs: dict[str, list[Any]] = {}
        for position, (dimension, part) in enumerate(zip(self.dimensions, parts, strict=True)):
            index = np.broadcast_to(_along(len(part), position, len(shape)), shape).ravel()
            for order, axis in enumerate(dimension.axes):
                column = [combination[order] for combination in part]
                inputs[self.axes[axis].name] = [column[row] for row in index.tolist()]
        made = {name: _flat(values[name], spread.get(name), shape) for name in figures}
        return Chunk(prod(shape), {axis.name: inputs[axis.name] for axis in self.axes}, made)


def _along(length: int, position: int, dimensions: int) -> NDArray[np.int64]:
    shape = [1] * dimensions
    shape[position] = length
    return np.arange(length).reshape(shape)


def _flat(value: Any, ranked: Any, shape: tuple[int, ...]) -> tuple[Any, Any, Any]:  # noqa: ANN401  arrays
    def flat(case: Any) -> Any:  # noqa: ANN401  as above
        return np.broadcast_to(np.asarray(case, float), shape).ravel()

    typical = flat(value)
    if ranked is None:
        return typical, typical, typical
    low, high = flat(ranked[RANK]), flat(ranked[-1 - RANK])
    return np.minimum(low, typical), typical, np.maximum(high, typical)


def _groups(touched: Sequence[set[str]]) -> Iterator[tuple[int, ...]]:
    groups: list[tuple[list[int], set[str]]] = []
    for index, names in enumerate(touched):
        shared = [group for group in groups if group[1] & names]
        members, united = [index], set(names)
        for group in shared:
            members, united = group[0] + members, united | group[1]
            groups.remove(group)
        groups.append((sorted(members), united))
    yield from (tuple(members) for members, _ in sorted(groups, key=lambda group: group[0][0]))


def _windows(shape: tuple[int, ...], most: int) -> Iterator[tuple[slice, ...]]:
    # Trailing dimensions are taken whole while they fit; the one before is cut, those in front go one by one.
    sizes, room = [], most
    for length in reversed(shape):
        size = max(min(length, room), 1)
        sizes.append(size)
        room = room // size if size == length else 1
    sizes.reverse()
    cuts = [
        [slice(start, start + size) for start in range(0, length, size)]
        for length, size in zip(shape, sizes, strict=True)
    ]
    yield from product(*cuts)
