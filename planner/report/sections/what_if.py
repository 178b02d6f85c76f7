"""What if: the panel of the page that answers other traffic, codecs and servers without the program."""

from typing import Any

from planner.report.evidence import Draft
from planner.report.language import mark, scales
from planner.report.sections import decision
from planner.report.what_if import GROWTH, PERCENT, WHOLE, Knob
from planner.sizing.decide import said

UNTIL = mark("Suffices until")
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
        "codecs": [say(each) for each in held.codecs],
        "mix": decision.mix(draft),
        "outputs": [*outputs, {"name": "lasts", "label": say(UNTIL), "now": _until(draft, made.lasts)}],
        "status": _status(draft),
        "suffices": not made.short,
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
    "suffices": mark("With these values the plan suffices in the typical case."),
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
    blank = knob.name in WHOLE and knob.also
    return {
        "name": knob.name,
        "label": draft.say(LABELS[knob.name]),
        "value": "" if blank else _plain(value),
        "per": per,
        "low": _plain(knob.low * per),
        "high": _plain(knob.high * per),
        "whole": knob.name in WHOLE,
        "hint": draft.say("empty: as many as the load needs") if blank else "",
    }


def _plain(value: float) -> float:
    rounded = float(f"{value:.10g}")
    return int(rounded) if rounded.is_integer() else rounded


def _until(draft: Draft, month: int | None) -> str:
    if month:
        return decision.month(draft, month)
    grows = decision.growth_rate(draft) > 0
    text = SAYS[("beyond" if grows else "still") if month is None else "now"]
    return draft.say(text)


def _status(draft: Draft) -> str:
    short = decision.short(draft)
    text = SAYS["short" if short else "suffices"]
    return draft.say(text, names=short)
