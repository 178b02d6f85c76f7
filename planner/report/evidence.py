"""What a report is written from: the sizing, the findings, what was measured, and where it all came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.deployment import Deployment, Value
from planner.report.blocks import Cell, Column, Section, Table
from planner.report.language import Language, mark
from planner.report.palette import BLUE
from planner.sizing.constants import data

if TYPE_CHECKING:
    import datetime as dt

    from planner.cdr.comparison import Comparison
    from planner.finding import Finding
    from planner.report.gather import Shown
    from planner.report.what_if import WhatIf
    from planner.sizing.numbers import Estimate
    from planner.sizing.result import Sizing


Alternative = Callable[["Mapping[str, Value]", str], float]
"""A figure of the same deployment with other values declared: what a chart of alternatives is made of."""


class Brand(NamedTuple):
    """Whose report it is: one colour (`#RRGGBB`) and a logo as a `data:` address, or none."""

    colour: str = BLUE
    logo: str = ""


class Source(NamedTuple):
    """An input file: its name as given, its size in bytes, and its SHA-256 in hexadecimal."""

    name: str
    size: int
    digest: str


class Provenance(NamedTuple):
    """Where a report came from: version, command line, input files, and the day it is dated."""

    version: str
    command: str
    date: dt.date
    inputs: tuple[Source, ...] = ()


class Swing(NamedTuple):
    """How far one assumption moves a figure, from its low to its high, in the figure's base unit."""

    name: str
    label: str
    low: float
    high: float


class Effect(NamedTuple):
    """What following a finding's advice changes: a figure's label and unit, its value now and after."""

    label: str
    unit: str
    now: float
    after: float


class Checks(NamedTuple):
    """How many checks there are, which could not run, and what they lack: each name with how many lack it."""

    every: int = 0
    skipped: tuple[str, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Everything a report says, before it is put into words.

    `previous` is the result object of an earlier report; `effects` are by a finding's fingerprint.
    `fixed` is the sizing with the advice followed that it can compute, None where there is none.
    `profile` is what `plan cdr profile` writes, masked unless `unmasked`; `backtest` compares the model's
    figures for that very traffic with it; `swings` are those of `swing_figure`, largest first.
    """

    sizing: Sizing
    provenance: Provenance
    alternative: Alternative
    deployment: Deployment = field(default_factory=Deployment)
    findings: tuple[Finding, ...] = ()
    profile: Mapping[str, Any] | None = None
    backtest: tuple[Comparison, ...] = ()
    swings: tuple[Swing, ...] = ()
    swing_figure: str = ""
    checks: Checks = field(default_factory=Checks)
    brand: Brand = field(default_factory=Brand)
    unmasked: bool = False
    previous: Mapping[str, Any] | None = None
    effects: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)
    what_if: WhatIf | None = None
    fixed: Sizing | None = None
    shown: Shown = str
    """Names a file as the reader sees it: findings name files so."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that are not accepted, worst first, in file order."""
        kept = [finding for finding in self.findings if finding.suppressed is None]
        return tuple(sorted(kept, key=_order))

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """Findings accepted with a reason, worst first."""
        return tuple(sorted((each for each in self.findings if each.suppressed is not None), key=_order))

    def text(self, name: str) -> str:
        """Return a declared text such as `site.customer`; empty where nothing is declared."""
        value = self.deployment.value(name, "")
        return value if isinstance(value, str) else ("" if value is None else str(value))


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    return finding.severity.rank, finding.span.path, finding.span.line, finding.span.column, finding.rule


# Evidence put into words: what every section of a report is written with.

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
        return shown if span == shown else self.say("{value} ({range})", value=shown, range=span)

    def label(self, text: str) -> Cell:
        """Return a label that came from data: translated where known, marked as English where not."""
        return Cell(self.say(text), lang="" if self.say.knows(text) else self.say.others)

    def estimates(self, caption: str, table: str) -> Table | None:
        """Return a table of `schemas/report.json` with its estimates, low to high; None where the sizing has none."""
        names = data("report")["tables"][table]
        rows = tuple(self._estimate(estimate) for name in names if (estimate := self.figure(name)))
        titles = (mark("Figure"), mark("Low"), mark("Typical"), mark("High"))
        # Ends that nothing moves say nothing.
        kept = (0, 1, 2, 3) if any(row[1].text != "\N{EN DASH}" for row in rows) else (0, 2)
        columns = tuple(Column(self.say(titles[index]), index > 0) for index in kept)
        return Table(caption, columns, tuple(tuple(row[index] for index in kept) for row in rows)) if rows else None

    def _estimate(self, estimate: Estimate) -> tuple[Cell, ...]:
        low, typical, high = (self.say.quantity(value, estimate.unit) for value in estimate.range)
        ends = ("\N{EN DASH}", "\N{EN DASH}") if low == typical == high else (low, high)
        return (self.label(estimate.label), Cell(ends[0], "number"), Cell(typical, "number"), Cell(ends[1], "number"))

    def table(self, caption: str, titles: Sequence[str], rows: Sequence[Sequence[Cell | str]], first: int = 1) -> Table:
        """Return a table whose columns from the `first` on are numbers; plain texts become cells."""
        columns = tuple(Column(title, index >= first) for index, title in enumerate(titles))
        kept = rows[:MOST_ROWS]
        note = self.say("The first {shown} of {all}.", shown=len(kept), all=len(rows)) if len(rows) > MOST_ROWS else ""
        return Table(caption, columns, tuple(tuple(map(as_cell, row)) for row in kept), note)


def as_cell(item: Cell | str) -> Cell:
    """Return a plain text as a cell."""
    return item if isinstance(item, Cell) else Cell(item)


Writer = Callable[[Draft], Section | None]
"""Writes one section, or None where the evidence holds nothing for it."""
