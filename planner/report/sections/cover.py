"""Page one: whose plan it is, the answer line by line, three key figures, and where it is signed."""

from __future__ import annotations

from typing import Literal

from planner.finding import Severity
from planner.report.blocks import Cover, KeyFigure
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision
from planner.report.sections.actions import count
from planner.sizing.numbers import Estimate

KEYS = (
    ("traffic.concurrent_calls_peak", mark("Concurrent calls in the busy hour")),
    ("network.media_bits_per_second", mark("Media bandwidth, each direction, all servers")),
    ("disk", mark("Disk used on each server")),
)
SIGNALLING = ("network.signalling_bits_per_second", mark("Signalling bandwidth, each direction, all servers"))


def write(draft: Draft) -> Cover:
    """Return the cover: every report has one."""
    evidence, say = draft.evidence, draft.say
    state = _state(draft)
    fields = (
        (mark("Revision"), evidence.text("site.revision")),
        (mark("Confidentiality"), evidence.text("site.confidentiality")),
    )
    return Cover(
        title=say("Capacity plan"),
        site=evidence.text("site.name") or say("VOS3000 deployment"),
        customer=evidence.text("site.customer"),
        prepared_by=evidence.text("site.prepared_by"),
        date=say.date(evidence.provenance.date),
        state=state,
        verdict=_verdict(draft),
        summary=say.sentences(decision.buy(draft), decision.lasts(draft), decision.due(draft)),
        facts=tuple((say(name), value) for name, value in fields if value),
        figures=tuple(figure for key, label in _keys(draft) if (figure := _key(draft, key, label))),
        answer=decision.answer(draft),
        signatures=tuple(
            say(each) for each in (mark("Accepted for the customer"), mark("Released by the author"), mark("Date"))
        ),
    )


def _state(draft: Draft) -> Literal["ready", "risks", "blocked"]:
    found, short = draft.evidence.open_findings, decision.plan(draft).short
    if count(found, Severity.ERROR) or any(row.severity == "error" for row in short):
        return "blocked"
    return "risks" if short or count(found, Severity.WARNING) or not _configured(draft) else "ready"


def _configured(draft: Draft) -> bool:
    """Tell whether there is a configuration to speak of: settings of the softswitch, the kernel or the database."""
    parts = ("softswitch.", "sysctl.", "mysql.")
    return any(name.startswith(parts) for name in draft.evidence.deployment)


def _verdict(draft: Draft) -> str:
    """Return what the plan says, as `plan size` does, and what the check of the configuration says."""
    say, made = draft.say, decision.plan(draft)
    told = {
        "suffices": say("The plan suffices for this load"),
        "undecided": say("Not decided: what is declared does not tell whether the plan suffices"),
    }.get(made.status, say("The plan does not suffice: {rows}", rows=decision.short(draft)))
    return say("{first}; {second}", first=told, second=_checked(draft))


def _checked(draft: Draft) -> str:
    say, found = draft.say, draft.evidence.open_findings
    errors, warnings = count(found, Severity.ERROR), count(found, Severity.WARNING)
    if errors:
        return say.plural("{n} error to fix first", "{n} errors to fix first", errors)
    if warnings:
        return say.plural("{n} risk to decide on", "{n} risks to decide on", warnings)
    if not _configured(draft):
        return say("no configuration was given to check")
    return say("the checks that ran found nothing to fix")


def _keys(draft: Draft) -> tuple[tuple[str, str], ...]:
    relayed = draft.value("network.media_bits_per_second") > 0
    return KEYS if relayed else (KEYS[0], SIGNALLING, KEYS[2])


def _key(draft: Draft, name: str, label: str) -> KeyFigure | None:
    row = decision.plan(draft).row(name)
    estimate, say = draft.figure(row.figure if row else name), draft.say
    if estimate is None:
        return None
    return KeyFigure(
        say(label), say.quantity(estimate.range.typical, estimate.unit), _span(draft, estimate), *estimate.range
    )


def _span(draft: Draft, estimate: Estimate) -> str:
    """Return the range in words; ends that read alike are one value."""
    say = draft.say
    low, typical, high = (say.quantity(value, estimate.unit) for value in estimate.range)
    if low == typical == high:
        return say("the same in every plausible case")
    return say("between {low} and {high}", low=low, high=high)
