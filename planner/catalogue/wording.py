"""Values and ranges in words, as they would be typed into a configuration."""

from __future__ import annotations

from typing import Any


def range_text(least: float | None, most: float | None, unit: str = "") -> str:
    """Return a range for people: `60-86400 s`, `at least 1 B`, `at most 5`; empty without limits."""
    if least is None and most is None:
        return ""
    if most is None:
        return f"at least {plain_number(least)} {unit}".rstrip()
    if least is None:
        return f"at most {plain_number(most)} {unit}".rstrip()
    joint = " to " if least < 0 else "-"
    return f"{plain_number(least)}{joint}{plain_number(most)} {unit}".rstrip()


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
