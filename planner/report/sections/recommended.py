"""Recommended settings: what `plan tune` renders, beside what is declared."""

from __future__ import annotations

from planner.report.blocks import Block, Cell, Section
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.tune.settings import Setting, recommended

PARTS = {
    "sysctl": mark("Kernel"),
    "limits": mark("Limits of processes"),
    "mysql": mark("Database"),
    "softswitch": mark("Softswitch"),
}


def write(draft: Draft) -> Section | None:
    """Return the section; None for a sizing without the plan that settings are for."""
    if draft.evidence.sizing.plan is None:
        return None
    say = draft.say
    settings = recommended(draft.evidence.deployment, draft.evidence.sizing)
    blocks: list[Block] = []
    for part, caption in PARTS.items():
        titles = [say("Setting"), say("Value"), say("Declared")]
        rows = [_row(draft, each) for each in settings if each.part == part]
        blocks.append(draft.table(say(caption), [*titles, say("Because of, and without it")], rows, len(titles) + 1))
    lead = say(
        "These settings follow from the sizing. Review them, keep the old files, and apply them in a quiet hour."
    )
    return Section("settings", say("Recommended settings"), lead, tuple(blocks))


def _row(draft: Draft, setting: Setting) -> list[Cell | str]:
    declared = draft.evidence.deployment.declared(setting.name)
    given = Cell(declared.text if declared else draft.say("not declared"), "code" if declared else "text")
    value = Cell(setting.text, "code")
    return [
        Cell(setting.key, "code"),
        value,
        given,
        Cell(draft.say(setting.need), detail=draft.say(setting.consequence)),
    ]
