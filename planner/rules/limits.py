"""The documented figures rules compare with: `schemas/limits.json`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from planner.catalogue.paths import SCHEMAS
from planner.finding import Basis


class Limit(NamedTuple):
    """A figure with its unit, what it rests on and the keys of its sources."""

    value: Any
    unit: str
    basis: Basis
    source: tuple[str, ...]


@cache
def limits() -> dict[str, Limit]:
    """Return every limit by name."""
    entries = json.loads((SCHEMAS / "limits.json").read_text(encoding="utf-8"))["limits"]
    return {
        name: Limit(entry["value"], entry["unit"], Basis(entry["basis"]), tuple(entry["source"]))
        for name, entry in entries.items()
    }


def limit(name: str) -> Any:  # noqa: ANN401  a number, a pair or a table, as the data has it
    """Return the value of one limit. Raises KeyError for a name that is not in the data."""
    return limits()[name].value
