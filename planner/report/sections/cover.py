"""The cover: whose plan it is, the verdict, and three key figures with their ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from planner.finding import Severity
from planner.report.blocks import Cover, KeyFigure
from planner.report.language import mark
from planner.report.sections.actions import count
from planner.report.sections.hardware import reserve, resource_name, servers, tier_name

if TYPE_CHECKING:
    from planner.report.evidence import Draft
    from planner.sizing.numbers import Estimate

KEYS = (
    ("traffic.concurrent_calls_peak", mark("Concurrent calls in the busy hour")),
    ("network.media_bits_per_second", mark("Media bandwidth, each direction")),
    ("hardware.disk_bytes", mark("Disk for records, logs and system")),
)
SIGNALLING = ("network.signalling_bits_per_second", mark("Signalling bandwidth, each direction"))


def write(draft: Draft) -> Cover:
    """Return the cover: every report has one."""
    evidence, say = draft.evidence, draft.say
    state = _state(draft)
    return Cover(
        title=say(mark("Capacity plan")),
        site=evidence.text("site.name") or say(mark("VOS3000 deployment")),
        customer=evidence.text("site.customer"),
        prepared_by=evidence.text("site.prepared_by"),
        date=say.date(evidence.provenance.date),
        state=state,
        verdict=_verdict(draft, state),
        summary=_summary(draft),
        figures=tuple(figure for key, label in _keys(draft) if (figure := _key(draft, key, label))),
    )


def _state(draft: Draft) -> Literal["ready", "risks", "blocked"]:
    found = draft.evidence.open_findings
    if count(found, Severity.ERROR):
        return "blocked"
    return "risks" if count(found, Severity.WARNING) or draft.evidence.sizing.hardware.shortfall else "ready"


def _verdict(draft: Draft, state: str) -> str:
    say, found = draft.say, draft.evidence.open_findings
    if state == "blocked":
        return say.plural(
            "Not ready: {n} error to fix first", "Not ready: {n} errors to fix first", count(found, Severity.ERROR)
        )
    if state == "risks" and (warnings := count(found, Severity.WARNING)):
        return say.plural("Ready, with {n} risk to decide on", "Ready, with {n} risks to decide on", warnings)
    if state == "risks":
        return say(mark("Ready, with a shortfall to decide on"))
    return say(mark("Ready for the planned traffic"))


def _summary(draft: Draft) -> str:
    say, hardware = draft.say, draft.evidence.sizing.hardware
    decided = say(
        mark("The load calls for {servers} of the {tier} tier. What decides: {resource}."),
        servers=servers(draft),
        tier=tier_name(draft),
        resource=resource_name(draft, hardware.binding_constraint),
    )
    return say.sentences(decided, reserve(draft))


def _keys(draft: Draft) -> tuple[tuple[str, str], ...]:
    relayed = draft.value("network.media_bits_per_second") > 0
    return KEYS if relayed else (KEYS[0], SIGNALLING, KEYS[2])


def _key(draft: Draft, name: str, label: str) -> KeyFigure | None:
    estimate, say = draft.figure(name), draft.say
    if estimate is None:
        return None
    return KeyFigure(
        say(label), say.quantity(estimate.range.typical, estimate.unit), _span(draft, estimate), *estimate.range
    )


def _span(draft: Draft, estimate: Estimate) -> str:
    """Return the range in words; ends that read alike are one value."""
    say = draft.say
    low, typical, high = (say.quantity(value, estimate.unit) for value in estimate.range)
    if estimate.range.certain:
        return say(mark("as given"))
    if low == typical == high:
        return say(mark("the same in every case"))
    return say(mark("between {low} and {high}"), low=low, high=high)
