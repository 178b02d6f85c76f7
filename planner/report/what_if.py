"""What if: the panel of the page that answers other traffic, codecs and servers without the program.

Its numbers come from the report's own formulas, translated (`planner.sizing.javascript`). Here stand the values it
starts from, which of them each control moves, and what the plan's rows compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.data import TEMPLATES
from planner.report.language import mark, scales
from planner.report.sections import decision
from planner.sizing.constants import data, defaults, tiers
from planner.sizing.decide import comparisons, leaves_by_name, said, settings_of
from planner.sizing.model import model
from planner.sizing.result import ImpossibleInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planner.deployment import Deployment, Value
    from planner.report.evidence import Draft
    from planner.sizing.result import Sizing

    Leaves = Callable[[Mapping[str, Value]], Mapping[str, float]]
    """The leaves of the same deployment with other values declared."""

GROWTH = "traffic.growth"
_READ = re.compile(r'\bL\["([^"]+)"\]')
"""A leaf that the translated model reads."""
LOADS = {"traffic.cps": "given.cps", "traffic.concurrent_calls": "given.concurrent_calls",
         "traffic.daily_minutes": "given.daily_minutes"}  # fmt: skip
PERCENT = {"traffic.asr", "traffic.growth_per_month"}
"""Ratios that people write as percentages."""
LIMITS = {"traffic.cps": (0.001, 1e6), "traffic.concurrent_calls": (1, 1e8), "traffic.daily_minutes": (1, 1e10),
          "topology.servers": (1, 10_000), "traffic.growth_per_month": (0, 1), "traffic.asr": (0.001, 1)}  # fmt: skip
LABELS = {
    "traffic.cps": mark("Attempts per second (CPS)"),
    "traffic.concurrent_calls": mark("Concurrent calls"),
    "traffic.daily_minutes": mark("Minutes a day"),
    "traffic.acd": mark("Average call duration (ACD), s"),
    "traffic.asr": mark("Answered attempts (ASR), %"),
    "traffic.growth_per_month": mark("Growth a month, %"),
    "topology.servers": mark("Servers that carry load"),
}
OUTPUTS = (
    ("traffic.concurrent_calls_peak", mark("Concurrent calls in the busy hour")),
    ("network.media_bits_per_second", mark("Media bandwidth, each direction, all servers")),
    ("network.signalling_bits_per_second", mark("Signalling bandwidth, each direction, all servers")),
    ("server.disk_used", mark("Disk used on each server")),
    ("cdr.retained_bytes", mark("CDR text kept on disk, all servers")),
    ("database.rows_per_day", mark("Database rows a day")),
    ("database.retained_bytes", mark("Database kept, all servers")),
    ("hardware.servers", mark("Servers that the load needs")),
    ("hardware.servers_total", mark("Servers in all")),
)


def script() -> str:
    """Return the model as the page computes it."""
    return (TEMPLATES / "report" / "model.js").read_text(encoding="utf-8")


UNTIL = mark("Suffices until")


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
        {name: base[name] for name in (*_READ.findall(script()), GROWTH)},
        tuple(_knobs(base, leaves_of)),
        {codecs[name]: leaves for name, leaves in changed.items() if leaves is not None},
        tuple(comparisons(values, settings, tier["name"]) for tier in tiers()),
    )


def _knobs(base: Mapping[str, float], leaves_of: Leaves) -> Iterator[Knob]:
    stated = [name for name, leaf in LOADS.items() if base[leaf]]
    for name in (*(stated if len(stated) == 1 else ()), *(each for each in LABELS if each not in LOADS)):
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
    stated = base[LOADS[name]] if name in LOADS else 1 if name in PERCENT else 16
    return stated * part / 16


def _changed(base: Mapping[str, float], leaves_of: Leaves, values: Mapping[str, Value]) -> dict[str, float] | None:
    """Return the leaves that other values change; None where they do not fit the deployment."""
    try:
        return {name: value for name, value in leaves_of(values).items() if base.get(name) != value}
    except ImpossibleInput:
        return None


def panel(draft: Draft) -> dict[str, Any] | None:
    """Return the panel in the reader's language: `controls`, `outputs` and the `data` its script reads."""
    say, held, made = draft.say, draft.evidence.what_if, decision.plan(draft)
    if held is None or not held.knobs:
        return None
    shown = [(name, label) for name, label in OUTPUTS if draft.value(name) or not name.startswith("network.media")]
    controls = [_control(draft, knob) for knob in held.knobs]
    outputs = [{"name": name, "label": say(label), "now": draft.shown(name)} for name, label in shown]
    return {
        "controls": controls,
        "codecs": list(held.codecs),
        "mix": decision.mix(draft),
        "outputs": [*outputs, {"name": "lasts", "label": say(UNTIL), "now": _until(draft, made.lasts)}],
        "status": _status(draft),
        "data": {
            "leaves": held.leaves,
            "knobs": [{**each, "leaves": knob.leaves, "also": knob.also}
                      for each, knob in zip(controls, held.knobs, strict=True)],
            "codecs": list(held.codecs.values()),
            "rows": [[[draft.subject(said(each.name)), *each[1:]] for each in rows] for rows in held.rows],
            "scales": {name: scales(say, draft.evidence.sizing.figures[name].unit) for name, _ in shown},
            "months": [_until(draft, month) for month in range(made.horizon + 1)],
            "growth": GROWTH,
            "says": {name: say(text) for name, text in SAYS.items()},
        },
    }  # fmt: skip


SAYS = {
    "suffices": mark("With these values the plan suffices."),
    "short": mark("With these values the plan does not suffice: {names}."),
    "beyond": mark("beyond the months looked at"),
    "still": mark("no growth"),
    "now": mark("does not suffice today"),
    "wrong": mark("Write a number from {low} to {high}."),
    "callers": mark("That is more calls at once than there are callers."),
    "comma": mark(", "),
}


def _control(draft: Draft, knob: Knob) -> dict[str, Any]:
    per = 100 if knob.name in PERCENT else 1
    value = draft.evidence.what_if.leaves[knob.leaves[0]] * per if draft.evidence.what_if else 0
    blank = knob.name == "topology.servers" and knob.also
    return {
        "name": knob.name,
        "label": draft.say(LABELS[knob.name]),
        "value": "" if blank else float(f"{value:.10g}"),
        "per": per,
        "low": knob.low * per,
        "high": knob.high * per,
        "whole": knob.name == "topology.servers",
        "hint": draft.say(mark("empty: as many as the load needs")) if blank else "",
    }


def _until(draft: Draft, month: int | None) -> str:
    if month is None:
        grows = decision.growth_rate(draft) > 0
        return draft.say(SAYS["beyond"] if grows else SAYS["still"])
    return decision.month(draft, month) if month else draft.say(SAYS["now"])


def _status(draft: Draft) -> str:
    short = decision.short(draft)
    return draft.say(SAYS["short"], names=short) if short else draft.say(SAYS["suffices"])
