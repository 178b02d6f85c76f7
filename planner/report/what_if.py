"""What the panel `what if` computes with, beside the report's own formulas (`planner.sizing.javascript`).

The values it starts from, which of them each control moves, and what the plan's rows compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.data import TEMPLATES
from planner.sizing.constants import data, defaults, tiers
from planner.sizing.decide import comparisons, leaves_by_name, settings_of
from planner.sizing.evaluation import model
from planner.sizing.result import ImpossibleInput, Sizing

if TYPE_CHECKING:
    from planner.deployment import Deployment, Value

    Leaves = Callable[[Mapping[str, Value]], Mapping[str, float]]
    """The leaves of the same deployment with other values declared."""

GROWTH = "traffic.growth"
_READ = re.compile(r"(\[[^\]]*\])\.map\(\(name\) => L\[name\]\)")
"""The leaves that the translated model reads."""
LOADS = {"traffic.cps": "given.cps", "traffic.concurrent_calls": "given.concurrent_calls",
         "traffic.daily_minutes": "given.daily_minutes"}  # fmt: skip
CHANGED = ("traffic.acd", "traffic.asr", "traffic.growth_per_month", "topology.servers")
PERCENT = {"traffic.asr", "traffic.growth_per_month"}
"""Ratios that people write as percentages."""
WHOLE = {"topology.servers"}
LIMITS = {"traffic.cps": (0.001, 1e6), "traffic.concurrent_calls": (1, 1e8), "traffic.daily_minutes": (1, 1e10),
          "topology.servers": (1, 10_000), "traffic.growth_per_month": (0, 1), "traffic.asr": (0.001, 1)}  # fmt: skip


def script() -> str:
    """Return the model as the page computes it."""
    return (TEMPLATES / "report" / "model.js").read_text(encoding="utf-8")


class Knob(NamedTuple):
    """A number to change: its declared name, the leaves that take it, those that change with it, and its bounds."""

    name: str
    leaves: tuple[str, ...]
    also: Mapping[str, float]
    low: float
    high: float


class WhatIf(NamedTuple):
    """The values the panel starts from, its numbers to change, leaves by codec, and the rows of each tier."""

    leaves: Mapping[str, float]
    knobs: tuple[Knob, ...]
    codecs: Mapping[str, Mapping[str, float]]
    rows: tuple[tuple[Any, ...], ...]


def what_if(deployment: Deployment, sizing: Sizing, leaves_of: Leaves) -> WhatIf:
    """Return what the panel needs; what cannot be changed alone has no control."""
    base = leaves_by_name(sizing.leaves)
    values, settings = base | model()(base), settings_of(deployment)
    codecs = {each["name"]: each["label"] for each in data("codecs")["codecs"]} if values["server.media"] else {}
    changed = {name: _changed(base, leaves_of, {"traffic.codecs": {name: 1.0}}) for name in codecs}
    return WhatIf(
        {name: base[name] for name in (*json.loads(_READ.findall(script())[0]), GROWTH)},
        tuple(_knobs(base, leaves_of)),
        {codecs[name]: leaves for name, leaves in changed.items() if leaves is not None},
        tuple(comparisons(values, settings, tier["name"]) for tier in tiers()),
    )


def _knobs(base: Mapping[str, float], leaves_of: Leaves) -> Iterator[Knob]:
    stated = [name for name, leaf in LOADS.items() if base[leaf]]
    for name in (*(stated if len(stated) == 1 else ()), *CHANGED):
        low, high = LIMITS.get(name) or (defaults()[name].minimum, defaults()[name].maximum or 1)
        tried = [_between(name, base, part) for part in (13, 15)]
        first, second = (_changed(base, leaves_of, {name: value}) for value in tried)
        if first is None or second is None:
            continue
        taking = tuple(leaf for leaf in first if (first[leaf], second.get(leaf)) == tuple(tried))
        also = {leaf: value for leaf, value in first.items() if leaf not in taking}
        if taking and all(second.get(leaf) == value for leaf, value in also.items()):
            yield Knob(name, taking, also, low, high)


def _between(name: str, base: Mapping[str, float], part: int) -> float:
    """Return a number that fits the deployment and that nobody declares."""
    unlikely = 0.9871 if name in PERCENT else 9968 if name in WHOLE else 16.31
    return (base[LOADS[name]] if name in LOADS else unlikely) * part / 16


def _changed(base: Mapping[str, float], leaves_of: Leaves, values: Mapping[str, Value]) -> dict[str, float] | None:
    """Return the leaves that other values change; None where they do not fit the deployment."""
    try:
        return {name: value for name, value in leaves_of(values).items() if base.get(name) != value}
    except ImpossibleInput:
        return None
