"""Values in base units as people write them: scale, decimals and unit, three significant digits."""

from __future__ import annotations

import math

from planner.report.marking import mark

_DECIMAL = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_BINARY_FREE = {"B", "B/s", "B/h", "B/day", "B/month", "bit/s"}
_DURATIONS = (
    (2 * 365.25 * 86400, 365.25 * 86400, mark("years")),
    (2 * 86400, 86400.0, mark("days")),
    (2 * 3600, 3600.0, mark("h")),
    (120, 60.0, mark("min")),
    (1, 1.0, mark("s")),
    (0, 0.001, mark("ms")),
)
_COUNTED = {
    "count": "",
    "1": "",
    "1/s": mark("/s"),
    "1/h": mark("/h"),
    "1/day": mark("/day"),
    "erlang": mark("erlangs"),
    "page": mark("pages"),
    "1/min": mark("/min"),
    "min/day": mark("min/day"),
    "day": mark("days"),
    "flag": "",
    "s": "",
}


def decimals(number: float, significant: int = 3) -> int:
    """Return how many decimals show `significant` digits: 2 for 2.59, 0 for 221."""
    if number == 0 or not math.isfinite(number):
        return 0
    return max(0, significant - 1 - math.floor(math.log10(abs(number))))


def scaled(value: float, unit: str) -> tuple[float, int, str]:
    """Return the number to show, its decimals, and its unit as a message to translate."""
    if unit == "s":
        return _duration(value)
    if unit in _BINARY_FREE:
        return _prefixed(value, unit)
    whole = float(value).is_integer() or abs(value) >= 1000  # noqa: PLR2004  a thousand shows four digits already
    return value, 0 if whole else decimals(value), _COUNTED.get(unit, unit)


def _duration(value: float) -> tuple[float, int, str]:
    for least, size, name in _DURATIONS:
        if abs(value) >= least or size == 0.001:  # noqa: PLR2004  the smallest unit there is
            number = value / size
            return number, min(decimals(number), 1), name
    raise AssertionError  # pragma: no cover  the loop ends at its last row


def _prefixed(value: float, unit: str) -> tuple[float, int, str]:
    # 999,999,999 B are 1 GB, not 1,000 MB: the prefix follows the rounded number.
    rounded = abs(float(f"{value:.3g}"))
    size, prefix = next((row for row in _DECIMAL if rounded >= row[0]), _DECIMAL[-1])
    number = value / size
    return number, decimals(number), prefix + unit
