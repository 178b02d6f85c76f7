"""The simulator's data: defaults, codes with their weights, reserved numbers and addresses."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from planner.catalogue.paths import SCHEMAS


@cache
def vocabulary() -> dict[str, Any]:
    """Return the data of `schemas/simulation.json`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / "simulation.json").read_text(encoding="utf-8"))
    return loaded


def default(name: str) -> Any:  # noqa: ANN401  numbers and texts alike
    """Return the value a simulation takes where the user declares none, in the unit its entry states."""
    return vocabulary()["defaults"][name]["value"]


def codes(name: str) -> list[str]:
    """Return every code of a vocabulary once, in the order of first mention: answered, then failed."""
    entry = vocabulary()[name]
    return list(dict.fromkeys(code for code, _ in (*entry["answered"], *entry["failed"])))


def weights(name: str, outcome: str) -> list[float]:
    """Return the probability of each of `codes(name)` for calls of this outcome (answered or failed)."""
    chosen = dict(vocabulary()[name][outcome])
    total = sum(chosen.values())
    return [chosen.get(code, 0) / total for code in codes(name)]
