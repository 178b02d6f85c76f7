"""What a PDF tells of itself, and the contents that say on which page a section begins."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
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


@pytest.mark.xdist_group("chromium")
def test_the_contents_name_the_page_of_each_section(made, tmp_path, require):
    require("chromium")
    require("pdftoppm")
    report = made()
    raw = render(report, "pdf")
    assert raw == render(report, "pdf")
    assert b"/Outlines" in raw
    (tmp_path / "report.pdf").write_bytes(raw)
    command = ["pdftotext", "-layout", tmp_path / "report.pdf", "-"]
    pages = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\f")
    contents = " ".join(pages[1].split())
    for number, section in enumerate(report.sections, 1):
        told = int(re.search(rf"\b{number} {re.escape(section.title)} (\d+)\b", contents)[1])
        heading = f"{number} {section.title}"
        assert any(" ".join(line.split()) == heading for line in pages[told - 1].splitlines()), heading


@pytest.mark.xdist_group("chromium")
def test_a_wholesale_report_prints_short_and_its_decision_first(require):
    require("chromium")
    require("pdftoppm")
    deployment = load(str(ROOT / "examples" / "wholesale" / "deployment.yaml"))
    evidence = gather(deployment, size(deployment), Provenance("0.0.0", "plan report", dt.date(2026, 11, 22)))
    whole, brief = (printed_pages(compose(evidence, language("en"), summary=summary)) for summary in (False, True))
    assert len(whole) <= 16
    assert len(brief) <= 2
    for word in ("Servers", "The plan does not suffice", "Certainty", "Gives way first", "Accepted for the customer"):
        assert word in whole[0]
        assert word in brief[0]
    assert min(len(page.split()) for page in whole) > 40


def printed_pages(report):
    """The text of each page of a report's PDF."""
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=render(report, "pdf"), capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


WQY = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


@pytest.mark.xdist_group("chromium")
def test_chinese_is_printed_in_an_embedded_font(made, tmp_path, require):
    require("chromium")
    require("pdftoppm")
    if not WQY.is_file():
        absent("WenQuanYi Micro Hei", "apt-get install fonts-wqy-microhei")
    path = tmp_path / "report.pdf"
    path.write_bytes(render(made(lang="zh"), "pdf"))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"WenQuanYiMicroHei +CID TrueType +Identity-H +yes yes yes", fonts)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "\u5fd9\u65f6" in text
