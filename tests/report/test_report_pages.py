"""The pages beside the report, of a profile and of a sweep, and what the report's page does at a click."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from planner.output.cdr import _week
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


@pytest.mark.parametrize("look", [(False, 390), (False, 1280), (True, 1280)])
@pytest.mark.parametrize("which", ["sweep", "profile"])
def test_the_other_pages_are_accessible_and_fit(request, tab, axe, which, look):
    dark, width = look
    tab.settle(dark=dark, width=width)
    tab.open(request.getfixturevalue(which), drawn=False)
    assert tab.complaints() == []
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert violations(tab, axe) == []


def test_a_sweep_has_no_map_of_one_colour(sweep):
    page = sweep.read_text(encoding="utf-8")
    maps, alike = page.partition("The same in every scenario")[::2]
    assert "Servers" in alike
    for part in maps.split("<section>"):
        values = re.findall(r"<td[^>]*>([^<]*)</td>", part)
        assert not values or len(set(values)) > 1


def test_plans_are_compared_as_a_page(tmp_path):
    examples = [f"examples/{name}/deployment.yaml" for name in ("starter", "retail")]
    command = [sys.executable, "-m", "planner", "compare", *examples, "-o", tmp_path / "x.html"]
    subprocess.run(command, check=True, cwd=ROOT)
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "Plans compared" in page
    assert "Channels for the grade of service" in page
    assert re.search(r"\d+ of \d+ values differ", page)


def test_a_week_is_drawn_from_seven_days_on(measured):
    short = {**measured, "span": {**measured["span"], "seconds": 6 * 86400}}
    assert [bool(_week(each)) for each in (measured, short)] == [True, False]


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
