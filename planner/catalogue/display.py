"""Numbers for people: three significant figures, the unit that fits, the same text on every machine."""

from __future__ import annotations

from math import floor, log10

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
