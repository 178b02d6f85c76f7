"""What the page of the architecture and the recipes name is there, and no walk is longer than it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("docs/architecture.md", "CONTRIBUTING.md")
MADE = {"planner/data/"}
"""What stands in an installed product alone."""


def named(page):
    """Files and folders a page names in code: below the checkout, or below `planner/`."""
    found = re.findall(r"`([\w.*/-]+(?:/[\w.*-]*|\.py))`", (ROOT / page).read_text(encoding="utf-8"))
    return sorted({each for each in found if "/" in each} - MADE)


@pytest.mark.parametrize(("page", "path"), [(page, path) for page in PAGES for path in named(page)])
def test_what_a_page_names_is_there(page, path):
    assert any(ROOT.glob(path)) or any((ROOT / "planner").glob(path)), f"{page} names {path}"


def test_a_walk_has_fifteen_stops_at_most():
    stops = re.findall(r"^\| (\d+) `", (ROOT / PAGES[0]).read_text(encoding="utf-8"), re.MULTILINE)
    assert Counter(stops)["1"] == 3
    assert max(map(int, stops)) <= 15


def test_no_file_name_stands_more_than_twice():
    names = Counter(path.name for path in (ROOT / "planner").rglob("*.py") if path.name != "__init__.py")
    assert {name: count for name, count in names.items() if count > 2} == {}
