"""Assumptions: every number somebody chose, with what it rests on and what replaces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Cell, Section, Table
from planner.report.marking import mark
from planner.report.sections.actions import BASES
from planner.report.sections.method import source_title

if TYPE_CHECKING:
    from planner.report.draft import Draft
    from planner.sizing.numbers import Assumption

MOST_ASSUMPTIONS = 60


def write(draft: Draft) -> Section | None:
    """Return the section; None where nothing was assumed."""
    say = draft.say
    assumed = draft.evidence.sizing.assumptions
    if not assumed:
        return None
    chosen = sum(each.origin == "default" for each in assumed)
    lead = say(mark("The sizing rests on {all} numbers, the most influential first; {chosen} of them were not declared and are assumed."), all=say.number(len(assumed)), chosen=say.number(chosen))  # fmt: skip
    titles = [
        say(title)
        for title in (mark("Assumption"), mark("Value"), mark("Range"), mark("Basis"), mark("To replace it"))
    ]
    rows = [_row(draft, each) for each in assumed[:MOST_ASSUMPTIONS]]
    wide = draft.table(say(mark("Assumptions by influence")), titles, rows, len(titles))
    note = (
        say(mark("The first {shown} of {all}."), shown=len(rows), all=len(assumed))
        if len(assumed) > len(rows)
        else ""
    )
    table = Table(wide.caption, wide.columns, tuple(tuple(row) for row in rows), note)
    return Section("assumptions", say(mark("Assumptions")), lead, (table,))


def _row(draft: Draft, each: Assumption) -> list[Cell]:
    say = draft.say
    label = draft.label(each.label)
    source = "; ".join(source_title(key) for key in each.sources)
    basis = Cell(say(BASES[each.basis]), "basis", detail=_samples(draft, each))
    return [
        Cell(label.text, lang=label.lang, detail=source),
        Cell(say.quantity(each.value, each.unit)),
        Cell("\N{EN DASH}" if each.range.certain else say.span(each.low, each.high, each.unit)),
        basis,
        Cell(each.replace or "\N{EN DASH}", "code" if each.replace else "text"),
    ]


def _samples(draft: Draft, each: Assumption) -> str:
    return draft.say.plural("{n} sample", "{n} samples", each.samples) if each.samples else ""
