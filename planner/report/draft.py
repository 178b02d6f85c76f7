"""Evidence put into words: what every section of a report is written with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from planner.report.blocks import Cell, Column, Section, Table
from planner.report.marking import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.report.evidence import Evidence
    from planner.report.language import Language
    from planner.sizing.numbers import Estimate

MOST_ROWS = 24
"""How many rows a table shows before it says `the first 24 of ...`."""


class Draft(NamedTuple):
    """The evidence and the language it is told in."""

    evidence: Evidence
    say: Language

    def figure(self, name: str) -> Estimate | None:
        """Return an estimate of the sizing, or None where this sizing has none of that name."""
        return self.evidence.sizing.figures.get(name)

    def value(self, name: str) -> float:
        """Return an estimate's typical value, 0 where there is none."""
        estimate = self.figure(name)
        return estimate.range.typical if estimate else 0.0

    def subject(self, text: str) -> str:
        """Return a label from data as it stands within a sentence: `channels`, but `CDR text`."""
        said = self.say(text)
        return said[:1].lower() + said[1:] if said[1:2].islower() else said

    def short(self, text: str) -> str:
        """Return a label from data without what explains it behind a colon."""
        return self.say(text).partition(":")[0].partition("\N{FULLWIDTH COLON}")[0]

    def shown(self, name: str) -> str:
        """Return an estimate's typical value as people write it."""
        estimate = self.figure(name)
        return self.say.quantity(estimate.range.typical, estimate.unit) if estimate else "\N{EN DASH}"

    def shown_ranged(self, name: str) -> str:
        """Return an estimate's typical value, with its range in brackets where that says more."""
        estimate, shown = self.figure(name), self.shown(name)
        span = self.say.span(estimate.range.low, estimate.range.high, estimate.unit) if estimate else shown
        return shown if span == shown else self.say(mark("{value} ({range})"), value=shown, range=span)

    def label(self, text: str) -> Cell:
        """Return a label that came from data: translated where known, marked as English where not."""
        return Cell(self.say(text), lang="" if self.say.knows(text) else self.say.others)

    def estimates(self, caption: str, names: Iterable[str]) -> Table | None:
        """Return a table of estimates, low to high; None where the sizing has none of them."""
        rows = tuple(self._estimate(estimate) for name in names if (estimate := self.figure(name)))
        titles = (mark("Figure"), mark("Low"), mark("Typical"), mark("High"))
        columns = tuple(Column(self.say(title), index > 0) for index, title in enumerate(titles))
        return Table(caption, columns, rows) if rows else None

    def _estimate(self, estimate: Estimate) -> tuple[Cell, ...]:
        low, typical, high = (self.say.quantity(value, estimate.unit) for value in estimate.range)
        ends = ("\N{EN DASH}", "\N{EN DASH}") if low == typical == high else (low, high)
        return (self.label(estimate.label), Cell(ends[0], "number"), Cell(typical, "number"), Cell(ends[1], "number"))

    def table(self, caption: str, titles: Sequence[str], rows: Sequence[Sequence[Cell | str]], first: int = 1) -> Table:
        """Return a table whose columns from the `first` on are numbers; plain texts become cells."""
        columns = tuple(Column(title, index >= first) for index, title in enumerate(titles))
        kept = rows[:MOST_ROWS]
        note = (
            self.say(mark("The first {shown} of {all}."), shown=len(kept), all=len(rows))
            if len(rows) > MOST_ROWS
            else ""
        )
        return Table(caption, columns, tuple(tuple(map(as_cell, row)) for row in kept), note)


def as_cell(item: Cell | str) -> Cell:
    """Return a plain text as a cell."""
    return item if isinstance(item, Cell) else Cell(item)


Writer = Callable[[Draft], Section | None]
"""Writes one section, or None where the evidence holds nothing for it."""
