"""The page in a real browser: drawn, silent, offline, readable without scripts, whole on paper."""

from __future__ import annotations

import re
import subprocess

import pytest

pytestmark = pytest.mark.xdist_group("chromium")

DRAWN = """[...document.querySelectorAll('[data-chart]')].map((place) => ({
  key: place.dataset.chart, svg: place.querySelectorAll('svg.main-svg').length,
  marks: place.querySelectorAll('.trace, .hm, .bars path, .scatterlayer path').length,
  wanted: place.data.map((trace) => trace.type), got: place._fullData.map((trace) => trace.type),
  hidden: place._fullData.filter((trace) => trace.visible === false).length }))"""
INKED = """[...document.querySelectorAll('.plot text')].filter(
  (text) => getComputedStyle(text).fill === 'rgb(27, 36, 48)').length"""


@pytest.fixture(scope="module")
def full(made, measured, page_of):
    """The page of a report with every section there is."""
    deployment = {
        "site": {"name": "Example wholesale", "customer": "Example Telecom", "prepared_by": "Capacity desk"},
        "traffic": {"cps": 300, "codecs": {"g729": 0.5, "g711": 0.3, "g7231": 0.2}, "growth_per_month": 0.03},
        "softswitch": {"SERVER_CDR_FILE_WRITE_INTERVAL": 30, "SS_MAX_CALL_DURATION": 0},
        "topology": {"architecture": "sip-load-balancer", "dr": True},
    }
    return page_of(made(deployment, profile=measured))


@pytest.fixture
def paper_tools(require):
    require("pdftoppm")


def test_every_chart_is_drawn_with_the_traces_asked_for(opened, full):
    tab = opened(full)
    assert tab.value("document.documentElement.dataset.charts") == "drawn"
    charts = tab.value(DRAWN)
    assert len(charts) >= 11
    for chart in charts:
        assert chart["wanted"] == chart["got"], chart
        assert chart["svg"] > 0, chart
        assert chart["marks"] > 0, chart
        assert chart["hidden"] == 0, chart


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_asks_for_nothing_and_complains_of_nothing(opened, full, dark):
    tab = opened(full, dark=dark)
    assert tab.requests() == []
    assert tab.complaints() == []


def test_charts_offer_no_upload(opened, full):
    tab = opened(full)
    assert tab.value("document.querySelectorAll('.modebar-btn, [data-title*=loud]').length") == 0
    assert tab.value("[...document.querySelectorAll('[data-chart]')].every((p) => !p._context.showSendToCloud)")
    assert tab.value("[...document.querySelectorAll('[data-chart]')].every((p) => p._context.plotlyServerURL === '')")


def test_charts_follow_a_dark_system(opened, full):
    assert opened(full, dark=True).value(INKED) == 0
    assert opened(full).value(INKED) > 0


def test_the_policy_lets_no_other_script_run(tab, full):
    tab.settle()
    tab.open(full)
    foreign = "Object.assign(document.createElement('script'), {textContent: 'window.foreign = 1'})"
    tab.value(f"document.body.append({foreign})")
    assert tab.value("window.foreign") is None
    assert any("Content Security Policy" in text for text in tab.complaints())


def test_tables_are_there_without_scripts(tab, full):
    tab.settle(scripts=False)
    tab.open(full, drawn=False)
    closed = "[...document.querySelectorAll('figure table')].filter((table) => !table.checkVisibility()).length"
    assert tab.value("document.querySelectorAll('figure table').length") >= 11
    assert tab.value(closed) == 0
    assert tab.value("document.querySelector('noscript').checkVisibility()")


def test_every_chart_is_a_picture_without_scripts(tab, full):
    tab.settle(scripts=False)
    tab.open(full, drawn=False)
    marks = (
        "[...document.querySelectorAll('.plot')].map((p) => p.querySelectorAll('.plane :is(rect, polyline)').length)"
    )
    pictures = tab.value(marks)
    assert len(pictures) >= 11
    assert min(pictures) > 0


@pytest.mark.parametrize("width", [390, 1280])
def test_no_axis_of_a_picture_is_cut(tab, full, width):
    tab.settle(scripts=False, width=width)
    tab.open(full, drawn=False)
    cut = """[...document.querySelectorAll('.plot')].flatMap((plot) => {
      const box = plot.getBoundingClientRect();
      return [...plot.querySelectorAll('text, p')].filter((text) => {
        const at = text.getBoundingClientRect();
        return at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1;
      }).map((text) => `${plot.id}: ${text.textContent}`); })"""
    assert tab.value(cut) == []


def test_plotly_takes_the_pictures_place(opened, full):
    assert opened(full).value("document.querySelectorAll('.plot .drawn').length") == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window(opened, full, width):
    tab = opened(full, width=width)
    assert tab.value("document.documentElement.scrollWidth") <= width
    excess = "(p) => p.querySelector('svg').clientWidth - p.clientWidth"
    assert max(tab.value(f"[...document.querySelectorAll('.plot')].map({excess})")) <= 1


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (False, 390)])
def test_axe_finds_no_violation(opened, full, axe, dark, width):
    assert violations(opened(full, dark=dark, width=width), axe) == []


def test_axe_finds_no_violation_on_paper(tab, full, axe):
    tab.settle(dark=True, width=680)
    tab.open(full)
    tab.value("dispatchEvent(new Event('beforeprint')); null")
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert violations(tab, axe) == []


def violations(tab, axe):
    tab.value(f"{axe}; null")
    found = "axe.run().then((result) => result.violations.map((v) => [v.impact, v.id, v.nodes[0].html]))"
    return tab.value(found)


def test_long_names_in_any_script_stay_within_the_window(tab, made, page_of):
    name = "\u0634\u0631\u0643\u0629 \u4e2d\u56fd\u79fb\u52a8 " + "Interconnection" * 12
    page = page_of(made({"site": {"name": name, "customer": name, "prepared_by": name}, "traffic": {"cps": 1}}))
    # Page one names parameters of 40 characters.
    beyond = "[...document.querySelectorAll('.answer dd')].filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    for width in (340, 390, 1280):
        tab.settle(width=width)
        tab.open(page)
        assert tab.value("document.documentElement.scrollWidth") <= width
        assert tab.value(beyond) == 0


@pytest.mark.usefixtures("paper_tools")
@pytest.mark.parametrize(("paper", "dark"), [((8.27, 11.69), True), ((8.5, 11.0), False)], ids=["a4-dark", "letter"])
def test_no_figure_is_cut_on_paper(opened, full, tmp_path, paper, dark):
    tab = opened(full, dark=dark)
    figures = tab.value(
        "[...document.querySelectorAll('main figure:not(.listing)')].map("
        "(f) => [f.querySelector('h3').innerText, f.querySelector('figcaption').innerText])"
    )
    tab.value("dispatchEvent(new Event('beforeprint')); null")
    tab.call("Emulation.setEmulatedMedia", media="print")
    tab.call("Emulation.setDeviceMetricsOverride", width=680, height=900, deviceScaleFactor=1, mobile=False)
    # What is wider than the paper makes the browser shrink all of it.
    assert tab.value("document.documentElement.scrollWidth") <= 682
    (tmp_path / "print.pdf").write_bytes(tab.pdf(paperWidth=paper[0], paperHeight=paper[1]))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "print.pdf", "-"], capture_output=True, check=True).stdout
    pages = [" ".join(page.split()) for page in text.decode().split("\f")][:-1]
    for number, page in enumerate(pages[1:], 2):
        assert f"{number} / {len(pages)}" in page
    for question, answer in figures:
        # The plot stands between its question and its answer: both on one page, so is the plot.
        together = [page for page in pages if question in page and " ".join(answer.split())[:45] in page]
        assert together, (question, answer)
    tab.value("dispatchEvent(new Event('afterprint')); null")
    assert any(re.search(r"Contents.*Capacity.*Bandwidth", page) for page in pages[1:3])
