"""Which assumption moves the result: one at a time from low to high, all others at their typical value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.sizing.model import HEADLINES, model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    values = {name: leaf.range.typical for name, leaf in leaves.items()}
    found = {}
    for name in values:
        low, typical, high = leaves[name].range
        if low == high:
            continue
        values[name] = low
        least = model()(values)
        values[name] = high
        most = model()(values)
        values[name] = typical
        if any(least[figure] != most[figure] for figure in figures):
            found[name] = {figure: (least[figure], most[figure]) for figure in figures}
    return found


def influences(leaves: Mapping[str, Assumption]) -> dict[str, float]:
    """Return how much each uncertain assumption moves the headline figures, as a mean share of them."""
    figures = HEADLINES
    typical = model()({name: leaf.range.typical for name, leaf in leaves.items()})
    return {
        name: sum(_share(values[figure], typical[figure]) for figure in figures) / len(figures)
        for name, values in swings(leaves, figures).items()
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
    return sorted(_wide(made, least * abs(typical)), key=lambda swing: -swing.width)


def _wide(made: Iterable[Swing], least: float) -> Iterable[Swing]:
    return (swing for swing in made if swing.width > least)
