"""How a figure is declared: one formula over dotted names, with the unit it must come out in."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """A figure of the model.

    `formula` is evaluated as it stands, shown and unit-checked. `low` and `high` replace the interval
    arithmetic for one bound where the cases differ by more than the operands do; they must bound the typical
    value. `sources` are references (`planner.catalogue.data`), citations once compiled.
    `headline` figures are those an assumption's influence is measured on; `shown` ones appear in
    tables. `operands` are the names the formulas hold, filled in by the compiler.
    """

    name: str
    unit: str
    label: str
    formula: str
    sources: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    headline: bool = False
    shown: bool = True
    operands: tuple[str, ...] = ()
