"""Assumptions: every number somebody chose, with what it rests on and what replaces it."""

from __future__ import annotations

from planner.report.blocks import Cell, Column, Section, Table
from planner.report.evidence import Draft
from planner.report.language import cited, mark
from planner.report.sections.actions import BASES
from planner.sizing.numbers import Assumption

MOST_ASSUMPTIONS = 40
ALWAYS = {"traffic.mean_to_peak"}
"""Said even where no range makes it move the result: how full the rest of the day is."""


def write(draft: Draft) -> Section | None:
    """Return the section; None where nothing was assumed."""
    say = draft.say
    every = draft.evidence.sizing.assumptions
    assumed = [each for each in every if each.influence or each.origin != "default" or each.name in ALWAYS]
    if not assumed:
        return None
    chosen = sum(each.origin == "default" for each in assumed)
    lead = say(
        "{all} numbers decide the result, the most influential first; {chosen} of them were neither "
        "declared nor measured.",
        all=say.number(len(assumed)),
        chosen=say.number(chosen),
    )
    return Section("assumptions", say("Assumptions"), lead, (_table(draft, assumed, len(every)),))


def _table(draft: Draft, assumed: list[Assumption], every: int) -> Table:
    say = draft.say
    titles = (mark("Assumption"), mark("Value and range"), mark("Basis"), mark("To replace it"))
    rows = tuple(tuple(_row(draft, each)) for each in assumed[:MOST_ASSUMPTIONS])
    note = say(
        "{n} more numbers do not move this result; {command} shows each with its source.",
        n=say.number(every - len(rows)),
        command="plan explain NAME",
    )
    columns = tuple(Column(say(title), numeric=index == 1) for index, title in enumerate(titles))
    return Table(say("Assumptions by influence"), columns, rows, note if every > len(rows) else "")


def _row(draft: Draft, each: Assumption) -> list[Cell]:
    say = draft.say
    label = draft.label(each.label)
    source = cited(say, each.sources)
    basis = Cell(say(BASES[each.basis]), "basis", detail=_samples(draft, each))
    return [
        label._replace(detail=source.text, detail_lang=source.lang),
        Cell(
            say.quantity(each.value, each.unit),
            detail="" if each.range.certain else say.span(each.low, each.high, each.unit),
        ),
        basis,
        Cell(each.replace or "\N{EN DASH}", "code" if each.replace else "text"),
    ]


def _samples(draft: Draft, each: Assumption) -> str:
    return draft.say.plural("{n} sample", "{n} samples", each.samples) if each.samples else ""
