"""What to do where nothing has to be fixed: the assumptions to replace by the customer's own numbers."""

from __future__ import annotations

from planner.report.blocks import Cell, Section
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.sizing.numbers import Assumption

MOST_STEPS = 5


def write(draft: Draft) -> Section:
    """Return the section: what would make the plan surer, the most influential number first."""
    say = draft.say
    fixed = say("Nothing has to be fixed before this deployment carries the planned traffic.")
    chosen = (each for each in draft.evidence.sizing.assumptions if each.origin == "default" and each.replace)
    steps = [each for each in chosen if each.influence > 0][:MOST_STEPS]
    if not steps:
        return Section("actions", say("What to do"), fixed)
    surer = say("Your own numbers make the plan surer: declare or measure these first.")
    titles = (mark("Assumption"), mark("Value and range"), mark("To replace it"))
    table = draft.table(
        say("The assumptions to replace first"),
        [say(each) for each in titles],
        [_row(draft, each) for each in steps],
        len(titles),
    )
    return Section("actions", say("What to do"), say.sentences(fixed, surer), (table,))


def _row(draft: Draft, each: Assumption) -> list[Cell | str]:
    say = draft.say
    span = say.span(each.low, each.high, each.unit)
    return [
        draft.label(each.label),
        say("{value} ({range})", value=say.quantity(each.value, each.unit), range=span),
        Cell(each.replace, "code"),
    ]
