"""Reading a `profile-v1` document with care: what is absent or not what it should be is not told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

_ROWS_KEPT = 8
_DROPPED = ("hours", "suspicious", "retries", "files")


def part(profile: Mapping[str, Any] | None, *path: str) -> Mapping[str, Any]:
    """Return an object below `path`; empty where there is none."""
    found: Any = profile
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def number(profile: Mapping[str, Any] | None, *path: str) -> float | None:
    """Return a finite number below `path`; None where there is none."""
    found = part(profile, *path[:-1]).get(path[-1])
    return finite(found)


def finite(value: Any) -> float | None:  # noqa: ANN401  anything JSON holds
    """Return a JSON number as a float; None for anything else and for what no plan can use."""
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and abs(value) < 1e300 and math.isfinite(value) else None  # noqa: PLR2004  floats end there


def rows(profile: Mapping[str, Any] | None, *path: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list below `path`."""
    found = part(profile, *path[:-1]).get(path[-1])
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def matrix(profile: Mapping[str, Any] | None, *path: str) -> list[list[float]]:
    """Return a matrix of 7 days and 24 hours below `path`; empty where it is none."""
    found = part(profile, *path[:-1]).get(path[-1])
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    table = [[finite(value) or 0.0 for value in row] for row in found if isinstance(row, list)]
    return table if [len(row) for row in table] == [24] * 7 else []


def text(entry: Mapping[str, Any], key: str) -> str:
    """Return a text of an entry, cut to what a table can hold."""
    value = entry.get(key)
    return str(value)[:60] if isinstance(value, str | int | float) else ""


def abridged(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return the profile without its long lists: what is embedded in a page is aggregates, never rows.

    Its numbers have six digits: no measurement of calls is better.
    """
    kept = {name: value for name, value in profile.items() if name not in _DROPPED}
    kept["calls"] = {name: value for name, value in part(profile, "calls").items() if name != "hold_time_bins"}
    kept["tables"] = {name: _shortened(table) for name, table in part(profile, "tables").items()}
    kept["gaps"] = {name: _shortened(table) for name, table in part(profile, "gaps").items()}
    return {name: _rounded(value) for name, value in kept.items()}


def _rounded(value: Any) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


def _shortened(table: Any) -> Any:  # noqa: ANN401  any JSON value
    if not isinstance(table, Mapping):
        return table
    return {name: value[:_ROWS_KEPT] if isinstance(value, list) else value for name, value in table.items()}
