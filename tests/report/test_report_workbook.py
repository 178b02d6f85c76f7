"""The workbook: its formulas, evaluated here by a small reader of our own, give the figures it caches."""

from __future__ import annotations

import math
import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from planner.report.excel import Untranslatable, formula
from planner.report.workbook import HEADLINES, workbook
from planner.sizing.constants import tables
from planner.sizing.erlang import erlang_b

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAME = re.compile(r"(?<![\w'\"])([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?![\w(])")
CELL = re.compile(r"(?<![\w.'\"!$])([A-D])(\d+)(?![\w(])")


def read_xml(raw):
    return ET.fromstring(raw)  # noqa: S314  a file the test has just written


class Book:
    """Cells by sheet and place: formula or value; and the defined names."""

    def __init__(self, raw):
        self.known = {}
        archive = zipfile.ZipFile(BytesIO(raw))
        root = read_xml(archive.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in root.iter(f"{MAIN}sheet")]
        texts = [
            "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
            for item in read_xml(archive.read("xl/sharedStrings.xml"))
        ]
        self.sheets = {
            name: self.cells(archive.read(f"xl/worksheets/sheet{index}.xml"), texts)
            for index, name in enumerate(names, 1)
        }
        places = (each.text.replace("'", "").split("!") for each in root.iter(f"{MAIN}definedName"))
        defined = [each.get("name") for each in root.iter(f"{MAIN}definedName")]
        self.names = {
            name: (sheet, place.replace("$", ""))
            for name, (sheet, place) in zip(defined, places, strict=True)
        }

    @staticmethod
    def cells(xml, texts):
        found = {}
        for cell in read_xml(xml).iter(f"{MAIN}c"):
            live, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            kept = None if value is None or value.text is None else value.text
            if cell.get("t") == "s":
                kept = texts[int(kept)]
            found[cell.get("r")] = (None if live is None else live.text, kept)
        return found

    def value(self, sheet, place):
        live, kept = self.sheets[sheet][place]
        if (sheet, place) not in self.known:
            self.known[sheet, place] = float(kept) if live is None else self.evaluate(live, sheet)
        return self.known[sheet, place]

    def named(self, name):
        return self.value(*self.names[name])

    def evaluate(self, text, sheet):
        code = (
            re.sub(r"\{([^}]*)\}", r"(\1,)", text)
            .replace("^", "**")
            .replace("FALSE", "False")
            .replace("TRUE", "True")
        )
        code = NAME.sub(lambda found: f"N({found[1]!r})", code)
        code = CELL.sub(lambda found: f"C({found[0]!r})", code)
        code = re.sub(r"\b(IF|IFERROR)\(", r"\1_(lambda: ", code)
        names = {**FUNCTIONS, "N": self.named, "C": lambda place: self.value(sheet, place)}
        return float(eval(lazily(code), names))  # noqa: S307  formulas the test has just written


def lazily(code):
    """Make each operand of IF and IFERROR a function: only the branch taken is computed."""
    result, depth, stack = [], 0, []
    for index, character in enumerate(code):
        if character == "(":
            depth += 1
            if code[:index].endswith(("IF_", "IFERROR_")):
                stack.append(depth)
        elif character == ")":
            if stack and stack[-1] == depth:
                stack.pop()
            depth -= 1
        result.append(", lambda: " if character == "," and stack and stack[-1] == depth else character)
    return "".join(result)


def poisson(count, mean, cumulative):
    def one(k):
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))

    return math.fsum(one(k) for k in range(int(count) + 1)) if cumulative else one(count)


def attempt(value, instead):
    try:
        return value()
    except ZeroDivisionError:
        return instead()


FUNCTIONS = {
    "__builtins__": {},
    "True": True,
    "False": False,
    "MIN": min,
    "MAX": max,
    "IF_": lambda condition, yes, no: yes() if condition() else no(),
    "ROUND": round,
    "ROUNDUP": lambda value, _: math.ceil(value),
    "INT": math.floor,
    "LOG": math.log,
    "LOOKUP": lambda value, steps, values: [v for s, v in zip(steps, values, strict=True) if value >= s][-1],
    "CHOOSE": lambda index, *values: values[int(index) - 1],
    "POISSON": poisson,
    "IFERROR_": attempt,
}


@pytest.fixture(
    scope="module", params=[{"cps": 100, "codecs": {"g729": 1}}, {"cps": 2, "asr": 0.6, "acd": 180}]
)
def report(request, made):
    return made({"site": {"name": "=1+1"}, "traffic": request.param})


@pytest.fixture(scope="module")
def book(report):
    return Book(workbook(report))


def test_headline_formulas_give_the_cached_figures(book, report):
    for name in HEADLINES:
        live, kept = book.sheets[book.names[name][0]][book.names[name][1]]
        assert live is not None, name
        typical = report.sizing.figures[name].range.typical
        assert float(kept) == pytest.approx(typical)
        assert book.named(name) == pytest.approx(typical, rel=1e-9), name


def test_nearly_every_figure_is_live_and_right(book, report):
    live = [
        name for name in report.sizing.figures if book.sheets[book.names[name][0]][book.names[name][1]][0]
    ]
    assert len(live) > 0.9 * len(report.sizing.figures)
    for name in live:
        assert book.named(name) == pytest.approx(
            report.sizing.figures[name].range.typical, rel=1e-9, abs=1e-9
        ), name


def test_a_changed_assumption_changes_what_follows(report):
    book = Book(workbook(report))
    sheet, place = book.names["traffic.acd"]
    book.sheets[sheet][place] = (None, "90")
    leaves = report.leaves()
    held = leaves["traffic.setup_time"].value + leaves["traffic.asr"].value * 90
    assert book.named("traffic.hold_seconds") == pytest.approx(held)
    assert book.named("traffic.offered_erlangs") == pytest.approx(leaves["given.cps"].value * held)
    blocked = erlang_b(
        round(book.named("traffic.concurrent_calls_peak")), book.named("traffic.offered_erlangs")
    )
    fewer = erlang_b(
        round(book.named("traffic.concurrent_calls_peak")) - 1, book.named("traffic.offered_erlangs")
    )
    assert blocked <= leaves["traffic.blocking"].value < fewer


def test_texts_are_never_formulas(book):
    live, kept = book.sheets["Summary"]["A1"]
    assert live is None
    assert kept.endswith("=1+1")


def test_the_same_report_gives_the_same_bytes(report):
    assert workbook(report) == workbook(report)


def test_what_no_spreadsheet_computes_is_refused():
    with pytest.raises(Untranslatable):
        formula("finite_channels(a.b, c.d, e.f)", {}, tables())


def test_a_settled_switch_leaves_one_branch():
    assert (
        formula("where(given.by_calls, erlangs(a.b, c.d), e.f)", {"given.by_calls": 0.0}, tables()) == "e.f"
    )
