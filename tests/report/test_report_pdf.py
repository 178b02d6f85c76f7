"""What a PDF tells of itself, and the contents that say on which page a section begins."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from planner.deployment.load import load
from planner.report.evidence import Provenance
from planner.report.formats import render
from planner.report.gather import gather
from planner.report.language import language
from planner.report.printing import dated, pages_of
from planner.report.report import compose
from planner.sizing.api import size
from tests.report.conftest import absent

ROOT = Path(__file__).resolve().parents[2]

TREE = b"""%PDF-1.4
1 0 obj
<</Type /Catalog
/Pages 2 0 R
/Dests 9 0 R>>
endobj
2 0 obj
<</Type /Pages
/Count 3
/Kids [3 0 R 6 0 R]>>
endobj
3 0 obj
<</Type /Pages
/Count 2
/Kids [5 0 R 4 0 R]
/Parent 2 0 R>>
endobj
9 0 obj
<</cover [5 0 R /XYZ 0 792 0]
/disk [4 0 R /XYZ 0 400.5 0]
/method [6 0 R /XYZ 0 0 0]
/lost [7 0 R /XYZ 0 0 0]>>
endobj
"""


def test_targets_are_found_through_the_page_tree():
    assert pages_of(TREE) == {"cover": 1, "disk": 2, "method": 3}


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.4\n", TREE.replace(b"/Dests 9 0 R", b""), TREE[:90]])
def test_a_pdf_that_does_not_tell_gives_nothing(raw):
    assert pages_of(raw) == {}


def test_a_date_takes_the_place_of_the_clock():
    raw = b"/CreationDate (D:20261231235959+00'00')\n/ModDate (D:20261231235959+00'00')>>"
    wanted = b"/CreationDate (D:20260102000000+00'00')\n/ModDate (D:20260102000000+00'00')>>"
    assert dated(raw, dt.date(2026, 1, 2)) == wanted


@cache
def evidence():
    deployment = load(str(ROOT / "examples" / "wholesale" / "deployment.yaml"))
    return gather(deployment, size(deployment), Provenance("0.0.0", "plan report", dt.date(2026, 11, 22)))


def wholesale(code="en", *, summary=False):
    return compose(evidence(), language(code), summary=summary)


@cache
def printed():
    """The wholesale report as a PDF, for all tests that read it."""
    return render(wholesale(), "pdf")


@pytest.fixture
def paper(require):
    require("chromium")
    require("pdftoppm")


@pytest.mark.xdist_group("chromium")
@pytest.mark.usefixtures("paper")
def test_the_contents_name_the_page_of_each_section():
    assert printed() == render(wholesale(), "pdf")
    assert b"/Outlines" in printed()
    pages = pages_in(printed())
    contents = " ".join(pages[1].split())
    for number, section in enumerate(wholesale().sections, 1):
        told = int(re.search(rf"\b{number} {re.escape(section.title)} (\d+)\b", contents)[1])
        heading = f"{number} {section.title}"
        assert any(" ".join(line.split()) == heading for line in pages[told - 1].splitlines()), heading


@pytest.mark.xdist_group("chromium")
@pytest.mark.usefixtures("paper")
def test_a_wholesale_report_prints_short_and_its_decision_first():
    whole, brief = pages_in(printed()), pages_in(render(wholesale(summary=True), "pdf"))
    assert len(whole) <= 16
    assert len(brief) <= 2
    for word in ("Servers", "The plan does not suffice", "Certainty", "Gives way first", "Accepted for the customer"):
        assert word in whole[0]
        assert word in brief[0]
    assert min(len(page.split()) for page in whole) > 40


def pages_in(raw):
    """The text of each page of a PDF."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=raw, capture_output=True, check=True).stdout.decode().split("\f")[:-1]


WQY = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


@pytest.mark.xdist_group("chromium")
@pytest.mark.usefixtures("paper")
def test_chinese_is_printed_in_an_embedded_font(tmp_path):
    if not WQY.is_file():
        absent("WenQuanYi Micro Hei", "apt-get install fonts-wqy-microhei")
    path = tmp_path / "report.pdf"
    path.write_bytes(render(wholesale("zh", summary=True), "pdf"))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"WenQuanYiMicroHei +CID TrueType +Identity-H +yes yes yes", fonts)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "\u5fd9\u65f6" in text
