"""The pages beside the report, of a profile and of a sweep, and what the report's page does at a click."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from html import unescape

import pytest

from planner.report.evidence import Provenance
from planner.report.language import language
from planner.report.sheets import Telling, profile_page
from tests.report.conftest import DAY
from tests.report.conftest import REPOSITORY as ROOT
from tests.report.test_report_browser import violations

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "sweep.html"
    command = [sys.executable, "-m", "planner", "sweep", "--cps", "10", "--vary", "traffic.cps=10:30:10"]
    subprocess.run([*command, "--vary", "traffic.codecs=g711,g729", "-o", path], check=True)
    return path


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("profile")
    program = [sys.executable, "-m", "planner", "cdr"]
    subprocess.run(
        [*program, "simulate", "--cps", "1", "--hours", "2", "--seed", "7", "-o", folder / "cdr"], check=True
    )
    subprocess.run([*program, "profile", folder / "cdr", "--format", "html", "-o", folder / "x.html"], check=True)
    return folder / "x.html"


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    path = tmp_path_factory.mktemp("compared") / "x.html"
    examples = [f"examples/{name}/deployment.yaml" for name in ("starter", "retail")]
    subprocess.run([sys.executable, "-m", "planner", "compare", *examples, "-o", path], check=True, cwd=ROOT)
    return path


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    program = [sys.executable, "-m", "planner", "cdr"]
    for name, load in (("before", "1"), ("now", "2")):
        made = [*program, "simulate", "--cps", load, "--hours", "1", "--seed", "7", "-o", folder / name]
        subprocess.run(made, check=True)
    both = [folder / "before", folder / "now"]
    subprocess.run([*program, "compare", *both, "--format", "html", "-o", folder / "x.html"], check=True)
    return folder / "x.html"


@pytest.mark.parametrize("look", [(True, 390), (False, 390), (False, 1280), (True, 1280)])
@pytest.mark.parametrize("which", ["sweep", "profile", "compared", "records"])
def test_the_other_pages_are_accessible_and_fit(request, tab, axe, which, look):
    dark, width = look
    tab.settle(dark=dark, width=width)
    tab.open(request.getfixturevalue(which))
    tab.value("for (const each of document.querySelectorAll('details')) each.open = true; null")
    assert tab.complaints() == []
    assert tab.requests() == []
    drawn = "[...document.querySelectorAll('.plot')].filter((each) => !each.querySelector('rect, polyline')).length"
    assert tab.value(drawn) == 0
    assert tab.value("document.querySelectorAll('.plot').length") > 0 or which in {"compared", "records"}
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert tab.value(BROKEN) == []
    assert violations(tab, axe) == []


@pytest.fixture(scope="module")
def report(made, measured, page_of):
    return page_of(made(profile=measured))


@pytest.mark.parametrize("which", ["report", "sweep", "profile", "compared", "records"])
def test_headings_of_tables_begin_with_a_capital(request, which):
    page = request.getfixturevalue(which).read_text(encoding="utf-8")
    heads = [unescape(each) for each in re.findall(r'<th scope="col"[^>]*>([^<]*)', page)]
    names = {"starter/deployment.yaml", "retail/deployment.yaml", "g711", "g729"}
    assert [each for each in heads if each[:1].islower() and each not in names] == []


BROKEN = """[...document.querySelectorAll('.number, .key-value')].flatMap((cell) => {
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/[0-9][0-9.,]*/g)) {
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index);
    range.setEnd(walk.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map((place) => Math.round(place.top))).size > 1) found.push(word[0]);
  }
  return found; })"""
"""Numbers of which a part stands on another line."""


def told(*command, status=0):
    made = subprocess.run(
        [sys.executable, "-m", "planner", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert made.returncode == status, made.stderr
    return made.stdout + made.stderr


GRID = ("--cps", "60", "--codec", "g729", "--vary", "traffic.cps=60:300:60", "--vary", "traffic.codecs=g711,g729")


@pytest.fixture(scope="module")
def scenarios():
    return told("sweep", *GRID, "--format", "html")


def plots(page):
    """The drawn pictures of a page by their key."""
    return {found[1]: found[0] for found in re.finditer(r'id="plot-([^"]+)".*?</figure>', page, re.DOTALL)}


def test_a_figure_is_drawn_along_what_moves_it_alone(scenarios):
    drawn = plots(scenarios)
    # The codec moves the bandwidth and no channel: a row of channels, a map of bandwidth, no table of equal columns.
    assert 'class="cells"' in drawn["network-media_bits_per_second-0-0"]
    assert 'class="cells"' not in drawn["traffic-concurrent_calls_peak-0-0"]
    assert "g711" not in drawn["traffic-concurrent_calls_peak-0-0"]
    for table in re.findall(r"<tbody>(.*?)</tbody>", scenarios, re.DOTALL):
        columns = list(
            zip(*(re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("</tr>")[:-1]), strict=True)
        )
        assert len(columns) < 2 or len(set(columns)) > 1


def test_what_an_axis_states_is_no_figure(scenarios):
    assert "plot-traffic-cps" not in scenarios


def test_the_boundary_between_servers_is_drawn_where_the_numbers_change():
    grid = ("sweep", "--cps", "60", "--codec", "g729", "--vary", "traffic.cps=60:600:60", "--vary", "traffic.acd=60,90")
    rows = told(*grid, "--format", "csv", "--figure", "hardware.tier", "--figure", "hardware.servers").split()
    needs = {tuple(row.split(",")[:2]): tuple(row.split(",")[2:]) for row in rows[1:]}
    loads, talks = (sorted({key[place] for key in needs}, key=float) for place in (0, 1))
    across = sum(needs[load, talks[0]] != needs[load, talks[1]] for load in loads)
    down = sum(needs[one, talk] != needs[other, talk] for talk in talks for one, other in itertools.pairwise(loads))
    drawn = plots(told(*grid, "--format", "html"))
    servers = next(picture for key, picture in drawn.items() if key.startswith("servers"))
    assert servers.count('class="shape"') == across + down
    assert across > 0
    assert down > 0
    assert len(re.findall(r"<tspan[^>]*>\d \N{MULTIPLICATION SIGN} \w+", servers)) == len(set(needs.values())) - 1


def test_the_customers_own_point_is_marked(scenarios):
    assert "your plan: 60 /s" in scenarios
    assert re.search(r'data-own[^>]*>1 \N{MULTIPLICATION SIGN} \w+<span class="detail">your plan', scenarios)
    without = told("sweep", "--cps", "999", "--vary", "traffic.cps=60:300:60", "--format", "html")
    said = "Your plan is not among the scenarios drawn: Call attempts per second in the busy hour is 999 /s."
    assert said in without.replace("\N{NO-BREAK SPACE}", " ")


def test_a_terminal_table_has_units_a_mark_and_a_rule(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    text = told("sweep", *GRID, "--format", "text")
    assert re.search(r"^\* +60 /s +g729 +1 \N{MULTIPLICATION SIGN}", text, re.MULTILINE)
    assert "Mbit/s" in text
    assert sum(line.startswith("-") for line in text.splitlines()) > 1
    assert "The same in every scenario" in told(
        "sweep", *GRID[:4], "--vary", "traffic.asr=0.4,0.41", "--format", "text"
    )


def test_a_narrow_terminal_is_told_what_has_no_room(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = told("sweep", *GRID, "--format", "text")
    assert max(map(len, text.splitlines())) <= 80
    _, beyond = text.split("\nToo wide for this terminal: ")
    assert "Disk the load needs" in " ".join(beyond.split())


@pytest.mark.parametrize(
    "command",
    [
        ("sweep", *GRID, "--lang", "zh", "--format", "csv"),
        ("sweep", *GRID, "--ranges", "--format", "html"),
        ("compare", "examples/starter/deployment.yaml", "examples/retail/deployment.yaml", "--lang", "zh"),
        ("cdr", "profile", "examples", "--lang", "zh"),
        ("cdr", "profile", "examples", "--no-mask"),
        ("cdr", "compare", "examples", "examples", "--lang", "zh"),
    ],
)
def test_an_option_of_the_page_is_refused_without_one(command):
    assert "--format html" in told(*command, status=2)


@pytest.fixture(scope="module")
def telling():
    return lambda lang="en": Telling(language(lang), Provenance("0.0.0", "", DAY))


def keys(made):
    return [chart.key for chart in made.charts()]


def test_a_profile_tells_what_was_planned_beside_it(measured, made, telling):
    plan = made().sizing
    from planner.deployment.load import from_mapping  # noqa: PLC0415  the plan's own

    deployment = from_mapping({"site": {"name": "Example wholesale"}, "traffic": {"cps": 100, "codecs": {"g729": 1}}})
    captions = [
        block.caption
        for each in profile_page(telling(), measured, (deployment, plan)).sections
        for block in each.blocks
        if hasattr(block, "caption")
    ]
    assert "The plan beside the measurement" in captions
    alone = [
        block.caption
        for each in profile_page(telling(), measured, None).sections
        for block in each.blocks
        if hasattr(block, "caption")
    ]
    assert "The plan beside the measurement" not in alone


def test_a_profile_is_masked_unless_asked_otherwise(measured, telling):
    from planner.report.page import page  # noqa: PLC0415  the renderer

    hidden = page(profile_page(telling(), measured, None), None)
    assert "12025550123" not in hidden
    assert "not masked" not in hidden
    open_ = page(profile_page(telling(), measured, None, unmasked=True), None)
    assert "12025550123" in open_
    assert "Telephone numbers and addresses in this report are not masked." in open_


def test_plans_are_compared_as_a_page(tmp_path):
    examples = [f"examples/{name}/deployment.yaml" for name in ("starter", "retail")]
    command = [sys.executable, "-m", "planner", "compare", *examples, "-o", tmp_path / "x.html"]
    subprocess.run(command, check=True, cwd=ROOT)
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "Plans compared" in page
    assert "Channels for the grade of service" in page
    assert re.search(r"\d+ of \d+ values differ", page)


def test_a_week_is_drawn_from_seven_days_on(measured, telling):
    short = {**measured, "span": {**measured["span"], "seconds": 6 * 86400}}
    assert ["week" in keys(profile_page(telling(), each, None)) for each in (measured, short)] == [True, False]


def test_the_page_changes_its_theme_copies_tables_and_filters(tab, made, page_of):
    tab.settle()
    tab.open(page_of(made()))
    paper = "getComputedStyle(document.body).backgroundColor"
    light = tab.value(paper)
    choose = (
        "const one = document.getElementById('theme'); one.value = {}; one.dispatchEvent(new Event('change')); null"
    )
    tab.value(f"(() => {{ {choose.format(repr('dark'))} }})()")
    assert tab.value(paper) != light
    tables = tab.value("document.querySelectorAll('table').length")
    assert tab.value("document.querySelectorAll('.table-tools').length") == tables
    assert tab.value("document.querySelectorAll('h2 > .anchor').length") == len(made().sections)
    filter_ = "const one = document.getElementById('filter'); one.value = 'zzz'; one.dispatchEvent(new Event('input'))"
    tab.value(f"(() => {{ {filter_}; return null }})()")
    assert tab.value("document.querySelectorAll('.action:not([data-filtered])').length") == 0
    assert tab.complaints() == []
