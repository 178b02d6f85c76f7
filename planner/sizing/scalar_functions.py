"""The functions of the formula language for numbers.

`planner.sizing.array_functions` holds them for arrays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ceil as _ceil
from typing import TYPE_CHECKING

from planner.sizing.concurrency import busiest_probability, poisson_level, whole
from planner.sizing.dimensioning import NUMBERS, channels, erlangs, finite_channels

if TYPE_CHECKING:
    from planner.sizing.constants import Table

__all__ = ["ceil", "channels", "erlangs", "finite_channels", "max", "min"]

max = max  # noqa: A001, PLW0127  the language's names, bound for the compiled model
min = min  # noqa: A001, PLW0127  the same
# A need that exceeds what is offered by rounding alone does not exceed it.
_TOLERANCE = 1e-9


def ceil(value: float) -> float:
    """Return the whole number at or above `value`."""
    return whole(value)


def excess(value: float, limit: float) -> float:
    """Return by how much `value` exceeds `limit`, 0 where it does not."""
    return value - limit if value > limit else 0.0


def quotient(value: float, divisor: float, most: float) -> float:
    """Return the quotient, at most `most`; that is also what a division by zero gives."""
    return min(value / divisor, most) if divisor > 0 else most


def exceeds(ratio: float) -> float:
    """Return 1 where `ratio` is above 1, else 0."""
    return 1.0 if ratio > 1.0 + _TOLERANCE else 0.0


def power_of_two(value: float) -> float:
    """Return the smallest power of two at or above `value`, 1 at least."""
    return float(1 << max(_ceil(value) - 1, 0).bit_length())


def level(mean: float, probability: float) -> float:
    """Return the number of calls not exceeded with `probability`, around a mean."""
    return float(_ceil(poisson_level(mean, probability, NUMBERS)))


def busiest(mean: float, hold: float, chance: float) -> float:
    """Return the highest concurrency of the busy hour that is not exceeded with `chance`."""
    return level(mean, busiest_probability(hold, chance, NUMBERS))


def falling(value: float, table: Table) -> float:
    """Return the value of the last threshold reached, of a table that falls."""
    return table.values[max(bisect_right(table.thresholds, value) - 1, 0)]


def rising(value: float, table: Table) -> float:
    """Return the value of the last threshold reached, of a table that rises."""
    return falling(value, table)


def rung(value: float, table: Table) -> float:
    """Return the smallest value of the table at or above `value`; the largest where none is."""
    return table.values[min(bisect_left(table.values, value * (1 - _TOLERANCE)), len(table.values) - 1)]


def pick(index: float, table: Table) -> float:
    """Return the value at a position."""
    return table.values[int(index)]
