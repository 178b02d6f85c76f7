"""The workbook: its formulas, evaluated here by a small reader of our own, give the figures it caches."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from planner.deployment.load import from_mapping
from planner.report.evidence import Provenance
from planner.report.formulas import Solutions, Untranslatable, formula
from planner.report.gather import gather
from planner.report.language import language
from planner.report.live import Live
from planner.report.report import compose
from planner.report.workbook import HEADLINES, workbook
from planner.sizing.api import size
from planner.sizing.constants import tables
from planner.sizing.decide import fixed
from planner.sizing.evaluation import model
from tests.report.conftest import DAY

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAME = re.compile(r"(?<![\w'\"])([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?![\w(])")
CELL = re.compile(r"(?<![\w.'\"!$])([A-Z]{1,2})(\d+)(?![\w(])")


def read_xml(raw):
    return ET.fromstring(raw)  # noqa: S314  a file the test has just written


@pytest.fixture(autouse=True)
def deep():
    """Let cells be evaluated through the cells they name: a bisection is a chain of them."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10 * before)
    yield
    sys.setrecursionlimit(before)


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
            name: (sheet, place.replace("$", "")) for name, (sheet, place) in zip(defined, places, strict=True)
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
            re.sub(r"\{([^}]*)\}", r"(\1,)", text).replace("^", "**").replace("FALSE", "False").replace("TRUE", "True")
        )
        code = NAME.sub(lambda found: f"N({found[1]!r})", code)
        code = CELL.sub(lambda found: f"C({found[0]!r})", code)
        code = re.sub(r"\b(IF|IFERROR)\(", r"\1_(lambda: ", code)
        names = {**FUNCTIONS, "N": self.named, "C": lambda place: self.value(sheet, place)}
        found = eval(lazily(code), names)  # noqa: S307  formulas the test has just written
        return found if isinstance(found, str) else float(found)


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
    """Poisson's law; the sum begins above what could change it and ends below."""

    def one(k):
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))

    if not cumulative:
        return one(int(count))
    top = min(int(count), math.ceil(mean + 40 * math.sqrt(mean) + 100))
    least = max(0, math.floor(min(top, mean) - 40 * math.sqrt(mean) - 100))
    return math.fsum(one(k) for k in range(least, top + 1))


def attempt(value, instead):
    try:
        return value()
    except ZeroDivisionError:
        return instead()


FUNCTIONS = {
    "__builtins__": {},
    "True": True,
    "False": False,
    "AND": lambda *each: all(each),
    "MIN": min,
    "MAX": max,
    "IF_": lambda condition, yes, no: yes() if condition() else no(),
    "ROUND": round,
    "ROUNDUP": lambda value, _: math.ceil(value),
    "INT": math.floor,
    "LOG": math.log,
    "LN": math.log,
    "EXP": math.exp,
    "SQRT": math.sqrt,
    "LOOKUP": lambda value, steps, values: [v for s, v in zip(steps, values, strict=True) if value >= s][-1],
    "CHOOSE": lambda index, *values: values[int(index) - 1],
    "POISSON": poisson,
    "IFERROR_": attempt,
}


LOADS = {
    "attempts": {"cps": 100, "codecs": {"g729": 1}},
    "few": {"cps": 2, "asr": 0.6, "acd": 180},
    "calls": {"concurrent_calls": 900},
    "minutes": {"daily_minutes": 2_000_000, "peak_factor": 2.0},
    "many": {"cps": 5000, "codecs": {"g711": 1}},
}


@pytest.fixture(scope="module", params=LOADS)
def report(request, made):
    return made({"site": {"name": "=1+1"}, "traffic": LOADS[request.param]})


@pytest.fixture(scope="module")
def book(report):
    return Book(workbook(report))


def cell(book, name):
    sheet, place = book.names[name]
    return book.sheets[sheet][place]


def changed(report, values):
    """The workbook with other numbers in its yellow cells, nothing computed yet."""
    book = Book(workbook(report))
    for name, value in values.items():
        sheet, place = book.names[name]
        book.sheets[sheet][place] = (None, str(value))
    return book


def test_headlines_show_the_figures(book, report):
    shown = {live: kept for live, kept in book.sheets["Summary"].values() if live}
    for name in HEADLINES:
        assert float(shown[name]) == pytest.approx(report.sizing.figures[name].range.typical), name


def test_every_figure_is_live_and_right(book, report):
    fixed = Live(report).fixed
    for name, estimate in report.sizing.figures.items():
        live, kept = cell(book, name)
        assert live is not None or name in fixed, name
        assert float(kept) == pytest.approx(estimate.range.typical), name
        assert book.named(name) == pytest.approx(estimate.range.typical, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize(
    ("cells", "traffic"),
    [
        ({"given.cps": 250}, {"cps": 250}),
        ({"given.cps": 20}, {"cps": 20}),
        ({"given.cps": 3000}, {"cps": 3000}),
        ({"given.cps": 0.01}, {"cps": 0.01}),
        ({"traffic.acd": 180, "traffic.asr": 0.55}, {"acd": 180, "asr": 0.55}),
        ({"traffic.blocking": 0.05}, {"blocking": 0.05}),
    ],
    ids=str,
)
def test_a_changed_cell_gives_what_the_model_gives(made, cells, traffic):
    base = {"cps": 100, "codecs": {"g729": 1}}
    book = changed(made({"traffic": base}), cells)
    report = made({"traffic": {**base, **traffic}})
    fixed = Live(report).fixed
    assert "traffic.concurrent_calls_peak" not in fixed
    assert "hardware.servers" in fixed
    for name, estimate in report.sizing.figures.items():
        assert name in fixed or book.named(name) == pytest.approx(estimate.range.typical, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("cells", [{}, {"given.cps": 130}, {"given.cps": 600}, {"traffic.acd": 200}], ids=str)
@pytest.mark.parametrize("servers", [None, 4])
def test_the_decision_follows_the_cells_while_the_plan_stays(made, cells, servers):
    base = {"traffic": {"cps": 100, "codecs": {"g729": 1}}}
    report = made(base | ({"topology": {"servers": servers}} if servers else {}))
    book, plan = changed(report, cells), report.sizing.plan
    leaves = {name: each.value for name, each in report.leaves().items()}
    wanted = model()(leaves | fixed(leaves | model()(leaves)) | cells)
    suffices = []
    for row, each in enumerate(plan.resources, 6):
        need = book.value("Decision", f"B{row}")
        assert need == pytest.approx(wanted[each.figure], rel=1e-9), each.name
        suffices.append(need <= each.limit * (1 + 1e-9))
        assert book.value("Decision", f"F{row}") == suffices[-1]
    assert book.value("Decision", "B2") == all(suffices)
    assert book.value("Decision", "B4") == plan.servers.active
    if not cells:
        assert all(suffices) == (plan.status == "suffices")


@pytest.mark.parametrize(
    ("cps", "cells", "said"),
    [
        (30, {}, ""),
        (30, {"given.cps": 60}, "as many servers of the Enterprise tier"),
        (2, {"given.cps": 30}, "as many servers of the Professional tier"),
        (30, {"given.cps": 3000}, "run plan size with these values"),
    ],
)
def test_the_decision_names_the_tier_that_an_edited_load_needs(made, cps, cells, said):
    report = made({"traffic": {"cps": cps, "codecs": {"g729": 1}}})
    told = changed(report, cells).value("Decision", "C2")
    assert told.startswith(said)
    assert bool(told) == bool(said)
    assert size(from_mapping({"traffic": {"cps": cps, "codecs": {"g729": 1}}})).plan.host.tier not in told.lower()


def test_a_declared_host_is_judged_by_the_program(made):
    declared = {"traffic": {"cps": 100, "codecs": {"g729": 1}}, "server": {"cpu_cores": 2}, "topology": {"servers": 1}}
    report = made(declared)
    kept = Book(workbook(report)).sheets["Decision"]["C2"][1]
    assert kept == changed(report, {}).value("Decision", "C2")
    assert kept.startswith("run plan size with these values")


def test_more_servers_in_the_decision_share_the_load(made):
    book = changed(made({"traffic": {"cps": 300, "codecs": {"g711": 1}}}), {"decided.servers": 8})
    assert book.value("Decision", "B6") < 9164 / 8 * 1.2
    assert book.value("Decision", "B2") == 1


def test_numbers_are_shown_as_people_write_them(made):
    raw = workbook(made())
    styles = zipfile.ZipFile(BytesIO(raw)).read("xl/styles.xml").decode()
    patterns = [
        each.replace("&gt;", ">").replace("&quot;", '"') for each in re.findall(r'formatCode="([^"]*)"', styles)
    ]
    assert '[>=1000000000000]#,##0.0##,,,," TB";[>=1000000000]#,##0.0##,,," GB";#,##0.0##,," MB"' in patterns
    assert any(each.endswith('," kbit/s"') for each in patterns)
    assert len([name for name in zipfile.ZipFile(BytesIO(raw)).namelist() if "/charts/chart" in name]) == 2


def test_what_changed_stands_in_the_workbook(made):
    before = made({"traffic": {"cps": 80, "codecs": {"g729": 1}}}).data
    declared = from_mapping({"traffic": {"cps": 120, "codecs": {"g729": 1}}})
    evidence = gather(declared, size(declared), Provenance("0.0.0", "plan report", DAY), previous=before)
    sheet = Book(workbook(compose(evidence, language("en")))).sheets["Since last time"]
    rows = [tuple(sheet.get(f"{column}{row}", (None, ""))[1] for column in "ABC") for row in range(1, 40)]
    assert ("Call attempts per second in the busy hour", "80 /s", "120 /s") in rows
    assert "Since last time" not in Book(workbook(made())).sheets


def test_only_what_moves_a_figure_is_there_to_change(report):
    raw = workbook(report)
    book = Book(raw)
    texts = " ".join(live for cells in book.sheets.values() for live, _ in cells.values() if live)
    used = {name for name in NAME.findall(texts) if name in report.leaves()}
    assert set(Live(report).used) & set(report.leaves()) == used
    assert {"traffic.acd", "traffic.asr", "disk.ceiling"} <= used


def test_growth_tells_the_months(book, report):
    for row, each in enumerate(report.sizing.growth, 2):
        assert float(book.sheets["Growth"][f"B{row}"][1]) == pytest.approx(each.needed)
        kept = book.sheets["Growth"][f"F{row}"][1]
        assert kept == ("not at this growth" if each.month is None else str(each.month))


def test_texts_are_never_formulas(book):
    live, kept = book.sheets["Summary"]["A1"]
    assert live is None
    assert kept.endswith("=1+1")


def test_the_same_report_gives_the_same_bytes(report):
    assert workbook(report) == workbook(report)


def test_what_no_spreadsheet_computes_is_refused():
    with pytest.raises(Untranslatable):
        formula("finite_channels(a.b, c.d, e.f)", {}, tables(), Solutions())


def test_a_settled_switch_leaves_one_branch():
    solutions = Solutions()
    text = "where(given.by_calls, erlangs(a.b, c.d), e.f)"
    assert formula(text, {"given.by_calls": 0.0}, tables(), solutions) == "e.f"
    assert list(solutions) == []


def test_an_inverse_is_worked_out_once():
    solutions = Solutions()
    names = {
        formula(text, {}, tables(), solutions)
        for text in ("channels(a.b, c.d)", "channels(a.b, c.d)", "channels(a.b * 8, c.d)")
    }
    assert len(names) == len(list(solutions)) == 2


@pytest.mark.xdist_group("soffice")
def test_a_real_spreadsheet_program_computes_the_same(made, tmp_path):
    report = made({"traffic": {"daily_minutes": 2_000_000, "peak_factor": 2.0, "codecs": {"g729": 1}}})
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice is not installed; install it with: apt-get install libreoffice-calc")
    (tmp_path / "in").mkdir()
    # Every value that was kept is dropped: what comes out was computed.
    (tmp_path / "in" / "book.xlsx").write_bytes(without_values(workbook(report)))
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path, "in/book.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    book = Book((tmp_path / "book.xlsx").read_bytes())
    for name, estimate in report.sizing.figures.items():
        assert float(cell(book, name)[1]) == pytest.approx(estimate.range.typical, rel=1e-9, abs=1e-9), name


def without_values(raw):
    """The workbook without what was kept beside its formulas."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            copy.writestr(name, text)
    return target.getvalue()
