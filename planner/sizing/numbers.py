"""The kinds of number a sizing is made of: ranges, assumptions, estimates, and the figures they are worked out by.

A range says how sure a number is; an assumption is a number somebody chose; an estimate is a number that was
computed, with the formula and the names it came from. Whatever explains a figure is a walk over these.
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.finding import Basis

TOLERANCE = 1e-9
"""By rounding alone numbers may differ so much, as a share of them."""
EXACT = 2.0**53
_DIGITS = 12


def number(value: float) -> int | float:
    """Return an integer where the value is whole, else the value to twelve significant digits: for documents."""
    if float(value).is_integer() and abs(value) <= EXACT:
        return int(value)
    return float(f"{value:.{_DIGITS}g}")


class Range(NamedTuple):
    """A number with its uncertainty, all three in one unit: low <= typical <= high."""

    low: float
    typical: float
    high: float

    @classmethod
    def point(cls, value: float) -> "Range":
        """Return the range of a number that is known: all three are `value`."""
        return cls(value, value, value)

    @property
    def certain(self) -> bool:
        """Tell whether low, typical and high are one number."""
        return self.low == self.high


class _Told:
    """What assumptions and estimates tell alike of their number."""

    __slots__ = ()
    if TYPE_CHECKING:

        @property
        def range(self) -> Range: ...
        @property
        def grounds(self) -> str: ...

    @property
    def basis(self) -> "Basis":
        """What the number rests on."""
        from planner.finding import Basis  # noqa: PLC0415  the enumeration costs start-up time that JSON does without

        return Basis(self.grounds)

    @property
    def value(self) -> float:
        """The typical case."""
        return self.range.typical

    @property
    def low(self) -> float:
        """The low case."""
        return self.range.low

    @property
    def high(self) -> float:
        """The high case."""
        return self.range.high


class _Chosen(NamedTuple):
    name: str
    label: str
    range: Range
    unit: str
    grounds: str
    sources: tuple[str, ...]
    replace: str
    origin: str = "default"
    influence: float = 0.0
    samples: int = 0


class Assumption(_Chosen, _Told):
    """A number somebody chose, with what it rests on and what to pass to replace it.

    `origin` is `default`, `declared` (a flag or the deployment), `assumed` (`--assume`, `assumptions:`) or
    `measured` (a profile). `influence` is its one-at-a-time swing over the headline figures, as a share of
    them. `samples` is how many observations a measured number rests on, 0 for others. `grounds` is the value
    of `basis`.
    """

    __slots__ = ()


class _Computed(NamedTuple):
    name: str
    label: str
    range: Range
    unit: str
    formula: str
    inputs: tuple[str, ...]
    sources: tuple[str, ...]
    grounds: str


class Estimate(_Computed, _Told):
    """A number that was computed: `formula` over `inputs` (names of figures and assumptions), in `unit`.

    `basis` is the weakest basis the number rests on, `grounds` its value.
    """

    __slots__ = ()


# How a figure is declared: one formula over dotted names, with the unit it must come out in.


class Figure(NamedTuple):
    """A figure of the model.

    `formula` is evaluated as it stands, shown and unit-checked. `sources` are references
    (`planner.catalogue.data`), citations once compiled. `headline` figures are those an assumption's influence is
    measured on; `shown` ones appear in tables. `operands` are the names the formulas hold, filled in by the compiler.
    """

    name: str
    unit: str
    label: str
    formula: str
    sources: tuple[str, ...] = ()
    headline: bool = False
    shown: bool = True
    operands: tuple[str, ...] = ()
