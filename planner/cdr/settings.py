"""The choices behind the measures: thresholds, limits and confidence, as data with their sources."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from planner.catalogue.paths import SCHEMAS


@cache
def measures() -> dict[str, Any]:
    """Return `schemas/cdr-measures.json`."""
    read: dict[str, Any] = json.loads((SCHEMAS / "cdr-measures.json").read_text(encoding="utf-8"))
    return read


def setting(name: str) -> float:
    """Return one choice as a number in its stated unit."""
    return float(measures()["settings"][name]["value"])


def limit(name: str) -> int:
    """Return one choice that is a whole number."""
    return int(setting(name))
