"""Which assumption moves the result: one at a time from low to high, all others at their typical value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from planner.sizing.draws import Draws, together
from planner.sizing.evaluation import HEADLINES, model
from planner.sizing.numbers import Assumption
from planner.sizing.result import Sizing


class Swing(NamedTuple):
    """What a figure is with one assumption at its low and at its high, all others typical."""

    assumption: str
    label: str
    low: float
    typical: float
    high: float

    @property
    def width(self) -> float:
        """How far the assumption moves the figure, in the figure's unit."""
        return abs(self.high - self.low)


def swings(leaves: Mapping[str, Assumption], figures: tuple[str, ...]) -> dict[str, dict[str, tuple[float, float]]]:
    """Return, per assumption that matters, the figures with it at its low and at its high."""
    uncertain, made = _swung(tuple(leaves.values()))
    found = {}
    for position, name in enumerate(uncertain):
        ends = {figure: _ends(made[figure], 2 * position) for figure in figures}
        if any(low != high for low, high in ends.values()):
            found[name] = ends
    return found


@lru_cache(maxsize=1)
def _swung(leaves: tuple[Assumption, ...]) -> tuple[list[str], Mapping[str, Any]]:
    """Return the uncertain leaves, and all figures with each of them first at its low, then at its high."""
    cases: dict[str, Any] = {leaf.name: leaf.range.typical for leaf in leaves}
    uncertain = [leaf for leaf in leaves if not leaf.range.certain]
    for position, leaf in enumerate(uncertain):
        low, typical, high = leaf.range
        cases[leaf.name] = Draws([typical] * (2 * len(uncertain)))
        cases[leaf.name][2 * position : 2 * position + 2] = low, high
    return [leaf.name for leaf in uncertain], together(cases)


def _ends(value: Any, position: int) -> tuple[float, float]:  # noqa: ANN401  draws or a number
    return (value[position], value[position + 1]) if type(value) is Draws else (value, value)


DECISION = ("hardware.servers", "hardware.tier_index")
"""What a plan buys: an assumption that moves these stands before those that do not."""


def influences(leaves: Mapping[str, Assumption]) -> dict[str, tuple[bool, float]]:
    """Return, per uncertain assumption, whether it moves the decision, and how much it moves the headline figures.

    That is a mean share of them, from its low to its high with all others typical.
    """
    typical = model()({name: leaf.range.typical for name, leaf in leaves.items()})
    return {
        name: (
            any(values[figure] != (typical[figure],) * 2 for figure in DECISION),
            sum(_share(values[figure], typical[figure]) for figure in HEADLINES) / len(HEADLINES),
        )
        for name, values in swings(leaves, (*HEADLINES, *DECISION)).items()
    }


def _share(bounds: tuple[float, float], typical: float) -> float:
    width = abs(bounds[1] - bounds[0])
    return width / typical if typical > 0 else float(width > 0)


def sensitivity(sizing: Sizing, figure: str, least: float = 0.0) -> list[Swing]:
    """Return the swings of one figure, widest first, without those below `least` of its typical value.

    Works on a fresh sizing; one read from a document has no leaves and gives none. Raises KeyError for an
    unknown figure.
    """
    typical = sizing.figures[figure].range.typical
    found = swings(sizing.leaves, (figure,)) if sizing.leaves else {}
    made = (
        Swing(name, sizing.leaves[name].label, values[figure][0], typical, values[figure][1])
        for name, values in found.items()
    )
    return sorted((each for each in made if each.width > least * abs(typical)), key=lambda swing: -swing.width)
