"""`--vary NAME=start:stop:step` and `--vary NAME=a,b,c`: the axes of a grid, in base units."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from planner.cli.commands import Exit
from planner.cli.console import fail

if TYPE_CHECKING:
    from planner.sizing.grid import Axis

_STEPS = 3
_MOST_VALUES = 1_000_000
_HINT = "write NAME=start:stop:step or NAME=a,b,c, such as --vary traffic.cps=50:500:50"
# Kinds whose values are read one by one; the others are texts of their own.
_NUMERIC = frozenset({"number", "count", "ratio", "duration", "size", "rate", "days"})


def axes(texts: list[str]) -> list[Axis]:
    """Return the axes the options state. Ends the command where one cannot be read."""
    if not texts:
        fail(f"nothing is varied: {_HINT}", Exit.USAGE)
    made = [_axis(text) for text in texts]
    names = [axis.name for axis in made]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        fail(f"--vary {twice} is given twice: list all values in one", Exit.USAGE)
    return made


def _axis(text: str) -> Axis:
    from planner.catalogue.parameter import parameter, sections, suggest
    from planner.sizing.constants import defaults
    from planner.sizing.grid import Axis

    name, sign, values = (part.strip() for part in text.partition("="))
    if not sign or not values:
        fail(f"--vary {text}: {_HINT}", Exit.USAGE)
    known = parameter(name)
    if known is None and name not in defaults():
        whole = [each for section in sections() if parameter(each := f"{section}.{name}")]
        close = ", ".join(whole or (f"{name.partition('.')[0]}.{each}" for each in suggest(name) if "." in name))
        known_by = f"close: {close}" if close else "plan params and plan explain assumptions list them"
        fail(f"--vary {name}: there is no such input; {known_by}", Exit.USAGE)
    kind, unit = (known.quantity, known.unit) if known else ("number", "")
    parts = _steps(text, values) if kind in _NUMERIC and values.count(":") == _STEPS - 1 else values.split(",")
    return Axis(name, [_value(name, part.strip(), kind, unit) for part in parts], assumed=known is None)


def _steps(text: str, values: str) -> list[str]:
    bounds = [_split(part.strip()) for part in values.split(":")]
    units = {unit for _, unit in bounds if unit}
    try:
        start, stop, step = (Decimal(number) for number, _ in bounds)
    except InvalidOperation:
        fail(f"--vary {text}: {_HINT}", Exit.USAGE)
    if len(units) > 1 or not all(bound.is_finite() for bound in (start, stop, step)):
        fail(f"--vary {text}: start, stop and step are finite and have one unit", Exit.USAGE)
    if step <= 0 or stop < start or (stop - start) / step > _MOST_VALUES:
        fail(f"--vary {text}: the step is above 0, start is at most stop, {_MOST_VALUES} values at most", Exit.USAGE)
    unit = units.pop() if units else ""
    return [f"{start + index * step}{unit}" for index in range(int((stop - start) / step) + 1)]


def _split(text: str) -> tuple[str, str]:
    digits = len(text) - len(text.lstrip("+-0123456789."))
    return text[:digits], text[digits:].strip()


def _value(name: str, text: str, kind: str, unit: str) -> Any:
    if kind in {"choice", "text"}:
        return text
    from planner.catalogue.quantity import parse_quantity
    from planner.catalogue.units import QuantityError

    try:
        # A mix within a list of codecs is written with + between its parts: g729=70+g711=30.
        return parse_quantity(kind, text.replace("+", ",") if kind == "codecs" else text, unit)
    except QuantityError as error:
        fail(f"--vary {name}: {error}; allowed: {error.expected}", Exit.USAGE)
