"""Values and ranges in words, as they would be typed into a configuration."""

from __future__ import annotations

from typing import Any

from planner.wording import term, wording


def range_text(least: float | None, most: float | None, unit: str = "") -> str:
    """Return a range for people: `60-86400 s`, `at least 1 B`, `at most 5`; empty without limits."""
    if least is None and most is None:
        return ""
    if most is None:
        return wording("at least {amount}", amount=measured(plain_number(least), unit))
    if least is None:
        return wording("at most {amount}", amount=measured(plain_number(most), unit))
    if least < 0:
        return wording("{low} to {high}", low=plain_number(least), high=measured(plain_number(most), unit))
    return measured(f"{plain_number(least)}-{plain_number(most)}", unit)


def measured(number: str, unit: str) -> str:
    """Return a number, or a range of numbers, with its unit if it has one: `2048 files`."""
    return wording("{number} {unit}", number=number, unit=term(unit)) if unit else number


_POWERS = {"B": (1024, ("", "Ki", "Mi", "Gi", "Ti", "Pi")), "bit/s": (1000, ("", "k", "M", "G", "T"))}


def measured_range(least: float | None, most: float | None, unit: str) -> str:
    """Return a range of sizes or rates with units that fit: `256MiB to 1PiB`; as `range_text` elsewhere."""
    if unit not in _POWERS or least is None or most is None:
        return range_text(least, most, unit)
    return wording("{low} to {high}", low=_prefixed(least, unit), high=_prefixed(most, unit))


def _prefixed(value: float, unit: str) -> str:
    """Return a number with the largest prefix that leaves it whole."""
    step, prefixes = _POWERS[unit]
    power = 0
    while value and value % step == 0 and power < len(prefixes) - 1:
        value, power = value // step, power + 1
    return f"{plain_number(value)}{prefixes[power]}{unit}"


def plain_number(value: float | None) -> str:
    """Return a number without separators, as it would be typed into a configuration."""
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def shown(value: Any, quantity: str = "") -> str:  # noqa: ANN401  a JSON value of any shape
    """Return a value from a schema as it would be typed into a configuration."""
    if isinstance(value, bool):
        on, off = ("ON", "OFF") if quantity.startswith("mysql") else ("On", "Off")
        return on if value else off
    if isinstance(value, list):
        return " ".join(shown(item) for item in value)
    return '""' if value == "" else plain_number(value) if isinstance(value, (int, float)) else str(value)
