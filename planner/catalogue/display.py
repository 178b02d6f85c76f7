"""Numbers for people: three significant figures, the unit that fits, the same text on every machine."""

from math import floor, log10
from typing import Any

from planner.wording import term, wording

_FIGURES = 3
_PREFIXES = ("", "k", "M", "G", "T", "P", "E")
_STEP = 1000
# The largest unit of which there are at least two, so that 90 s stay seconds and 36 h stay hours.
_TIMES = ((2 * 86400, 86400, "d"), (3600, 3600, "h"), (120, 60, "min"), (1, 1, "s"), (0, 0.001, "ms"))
_PREFIXED = frozenset({"B", "bit/s", "bit"})


def format_quantity(value: float | None, unit: str = "") -> str:
    """Return a number in base units as a text with its unit: `2.59 GB`, `43.2 Mbit/s`, `85.3 d`, `40 %`.

    `unit` is the unit of a figure (`B`, `B/day`, `bit/s`, `s`, `1/s`, `count`, `ratio`, ...); an unknown
    unit is printed behind the number as it is. None is a dash.
    """
    if value is None:
        return "-"
    base, _, per = unit.partition("/")
    if unit == "s":
        return _time(value)
    if unit in _PREFIXED:
        return _prefixed(value, unit)
    if base in _PREFIXED and per:
        return _prefixed(value, base) + "/" + per
    if unit == "ratio":
        return f"{figures(value * 100)} %"
    return (
        f"{figures(value)} {'/' + per if base == '1' and per else unit}".rstrip() if unit != "count" else figures(value)
    )


def figures(value: float) -> str:
    """Return a number with three significant figures, whole ones in full, with commas between thousands."""
    if value == 0:
        return "0"
    if float(value).is_integer():
        return f"{value:,.0f}"
    decimals = max(_FIGURES - 1 - floor(log10(abs(value))), 0)
    text = f"{value:,.{min(decimals, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: float) -> float:
    return round(value, _FIGURES - 1 - floor(log10(abs(value)))) if value else 0.0


def _prefixed(value: float, unit: str) -> str:
    scaled, power = float(value), 0
    while abs(_significant(scaled)) >= _STEP and power < len(_PREFIXES) - 1:
        scaled /= _STEP
        power += 1
    return f"{figures(_significant(scaled))} {_PREFIXES[power]}{unit}"


def _time(seconds: float) -> str:
    if seconds == 0:
        return "0 s"
    for least, size, name in _TIMES:
        if abs(seconds) >= least:
            scaled = seconds / size
            number = figures(_significant(scaled) if abs(scaled) < _STEP else round(scaled))
            return wording("{number} {unit}", number=number, unit=term(name))
    raise AssertionError(seconds)  # pragma: no cover - the last step takes every number


# Values and ranges in words, as they would be typed into a configuration.


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
    return wording("{low} to {high}", low=_with_prefix(least, unit), high=_with_prefix(most, unit))


def _with_prefix(value: float, unit: str) -> str:
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
