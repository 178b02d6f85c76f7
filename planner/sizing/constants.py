"""The model's data: assumptions, tables, tiers, framings and versions, read from `schemas/` once."""

import json
from functools import cache
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS, with_citations
from planner.sizing.numbers import Assumption, Range

TIER_COLUMNS = ("cpu_cores", "ram_bytes", "disk_bytes", "concurrent_calls")


class Table(NamedTuple):
    """A lookup table: `values` in `unit`, with `thresholds` in the unit `input` where there are any."""

    values: tuple[float, ...]
    thresholds: tuple[float, ...]
    unit: str
    input: str


class Default(NamedTuple):
    """A number of the model before anybody replaced it, with its range and the names that replace it."""

    assumption: Assumption
    declared: str
    minimum: float
    maximum: float | None
    note: str


@cache
def data(name: str) -> Any:  # noqa: ANN401  JSON
    """Return a data file of `schemas/` by its name without ending, its sources as citations."""
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"), object_hook=with_citations)


def limit(name: str) -> Any:  # noqa: ANN401  a number, a pair or a table, as the data has it
    """Return the value of a limit that the plan, the rules and `tune` share (`schemas/limits.json`)."""
    return data("limits")["limits"][name]["value"]


@cache
def defaults() -> dict[str, Default]:
    """Return every assumption of the model by name."""
    return {entry["name"]: _default(entry) for entry in data("assumptions-data")["assumptions"]}


def _default(entry: dict[str, Any]) -> Default:
    name, declared = entry["name"], entry.get("declared", "")
    assumption = Assumption(
        name=name,
        label=entry["label"],
        range=Range(entry["low"], entry["typical"], entry["high"]),
        unit=entry["unit"],
        grounds=entry["basis"],
        sources=tuple(entry["sources"]),
        replace=entry.get("flag") or declared or f"--assume {name}=",
    )
    return Default(assumption, declared, entry.get("minimum", 0), entry.get("maximum"), entry.get("note", ""))


@cache
def tables() -> dict[str, Table]:
    """Return the lookup tables by name."""
    bands = {
        name: Table(tuple(band["values"]), tuple(band["thresholds"]), band["unit"], band["input"])
        for name, band in data("bands")["bands"].items()
    }
    units = data("tiers")["units"]
    for column in TIER_COLUMNS:
        bands[f"tier_{column}"] = Table(tuple(tier[column] for tier in tiers()), (), units[column], "count")
    return bands


@cache
def tiers() -> tuple[dict[str, Any], ...]:
    """Return the documented hardware classes, smallest first, each with what its storage sustains."""
    known = data("tiers")
    return tuple({**row, **known["storage"][row["storage"].lower()]} for row in known["tiers"])
