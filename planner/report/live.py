"""The sheets that compute: assumptions to change, the figures that follow, and the steps between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from planner.report.formulas import Book, Solution, Solutions, Untranslatable, block, formula, place
from planner.report.language import cited, mark
from planner.report.report import Report

GROWTH = "traffic.growth"
"""What the months are computed from, beside the figures."""
SERVERS, DECIDED_SERVERS = "hardware.servers", "decided.servers"
DECIDED = {SERVERS, "hardware.tier_index"}
"""What the plan decided, and a workbook holds still."""
_SETTLED = "given."
"""How the load was given decides which formula stands in the workbook."""
_NAME = re.compile(r"[a-z_][\w.]*\.[\w.]+")
_ASSUMPTIONS = (
    (mark("Name"), 34),
    (mark("Typical"), 18),
    (mark("Low"), 18),
    (mark("High"), 18),
    (mark("Base unit"), 10),
    (mark("Basis"), 14),
    (mark("Meaning"), 60),
    (mark("Source"), 60),
)
_FIGURES = (
    (mark("Name"), 44),
    (mark("Typical"), 18),
    (mark("Low"), 18),
    (mark("High"), 18),
    (mark("Base unit"), 10),
    (mark("Meaning"), 60),
    (mark("Follows a changed cell"), 30),
    (mark("Formula"), 80),
)
_STEP_ROW, _GAP = 5, 5


class Live:
    """The figures of a report as formulas, and what a workbook must hold for them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.solutions = Solutions()
        self.formulas = self._formulas()
        operands = (operand for each in self.solutions for operand in each.operands)
        self.fixed = self._fixed()
        self.used = {GROWTH, *_NAME.findall(" ".join((*self.formulas.values(), *operands)))}

    def _fixed(self) -> frozenset[str]:
        """Return the figures that keep the model's number: no spreadsheet function gives them, or what they rest on."""
        figures = self.report.sizing.figures
        fixed = {name for name in figures if name not in self.formulas}
        while more := {name for name in figures.keys() - fixed if not fixed.isdisjoint(figures[name].inputs)}:
            fixed |= more
        return frozenset(fixed)

    @cached_property
    def held(self) -> frozenset[str]:
        """Return the figures that follow as long as the servers stay as they were decided."""
        figures = self.report.sizing.figures
        lost = {name for name in figures if name not in self.formulas} - DECIDED
        while more := {name for name in figures.keys() - lost - DECIDED if not lost.isdisjoint(figures[name].inputs)}:
            lost |= more
        return frozenset(self.fixed - lost)

    def _formulas(self) -> Mapping[str, str]:
        """Return the figures a spreadsheet can compute."""
        from planner.sizing.constants import tables  # noqa: PLC0415  with the model

        leaves = self.report.leaves()
        settled = {name: each.value for name, each in leaves.items() if name.startswith(_SETTLED)}
        found: dict[str, str] = {}
        for name, estimate in self.report.sizing.figures.items():
            try:
                found[name] = formula(estimate.formula, settled, tables(), self.solutions)
            except Untranslatable:
                continue
        return found


def assumptions(book: Book, sheet: Any, live: Live) -> None:  # noqa: ANN401  xlsxwriter is not typed
    """Write every number the figures rest on; those that a formula uses are there to change."""
    book.heads(sheet, 0, _ASSUMPTIONS)
    influence = {each.name: each.influence for each in live.report.sizing.assumptions}
    leaves = sorted(live.report.leaves().values(), key=lambda each: -influence.get(each.name, 0.0))
    for row, each in enumerate(leaves, 1):
        look = book.input if each.name in live.used else book.number
        sheet.write_string(row, 0, each.name)
        sheet.write_number(row, 1, each.value, look(each.value))
        sheet.write_number(row, 2, each.low, book.number(each.low, each.unit))
        sheet.write_number(row, 3, each.high, book.number(each.high, each.unit))
        meaning = book.say(each.label)
        book.texts(sheet, row, 4, (each.unit, book.say(each.basis), meaning, cited(book.say, each.sources).text))
        book.define(each.name, sheet, row, 1)


def figures(book: Book, sheet: Any, live: Live) -> None:  # noqa: ANN401  as above
    """Write every figure: its typical case computed, low and high as the model gave them."""
    book.heads(sheet, 0, _FIGURES)
    for row, (name, estimate) in enumerate(live.report.sizing.figures.items(), 1):
        low, typical, high = estimate.range
        sheet.write_string(row, 0, name)
        if name == SERVERS:
            sheet.write_formula(row, 1, f"={DECIDED_SERVERS}", book.number(typical, estimate.unit), typical)
        elif name in live.formulas:
            sheet.write_formula(row, 1, f"={live.formulas[name]}", book.number(typical, estimate.unit), typical)
        else:
            sheet.write_number(row, 1, typical, book.number(typical, estimate.unit))
        sheet.write_number(row, 2, low, book.number(low, estimate.unit))
        sheet.write_number(row, 3, high, book.number(high, estimate.unit))
        follows = mark("no: run plan size again") if name in live.fixed else mark("yes")
        follows = mark("yes, for the servers decided") if name in live.held else follows
        book.texts(sheet, row, 4, (estimate.unit, book.say(estimate.label), book.say(follows), estimate.formula))
        book.define(name, sheet, row, 1)


def steps(book: Book, sheet: Any, live: Live) -> None:  # noqa: ANN401  as above
    """Write the blocks of inverses side by side."""
    for index, solution in enumerate(live.solutions):
        _block(book, sheet, solution, index * _GAP)


def _block(book: Book, sheet: Any, solution: Solution, left: int) -> None:  # noqa: ANN401  as above
    """Write operands and result, then the steps below. Spreadsheets compute them as they open the file."""

    def at(column: int, step: int) -> str:
        return place(_STEP_ROW + step, left + column)

    sheet.set_column(left, left + 3, 16)
    sheet.write_string(0, left, f"{solution.function}({', '.join(solution.operands)})", book.bold)
    operands = [place(2, left + column) for column in range(len(solution.operands))]
    for column, operand in enumerate(solution.operands):
        sheet.write_string(1, left + column, operand)
        sheet.write_formula(2, left + column, f"={operand}", None, "")
    made = block(solution.function, operands, at)
    sheet.write_string(1, left + 3, book.say("Result"), book.bold)
    sheet.write_formula(2, left + 3, f"={made.result}", book.bold, "")
    book.define(solution.name, sheet, 2, left + 3)
    book.texts(sheet, _STEP_ROW - 1, left, [book.say(each) for each in made.heads], book.bold)
    for step, row in enumerate(made.steps):
        for column, text in enumerate(row):
            sheet.write_formula(_STEP_ROW + step, left + column, f"={text}", None, "")
