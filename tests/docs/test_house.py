"""What the page of the architecture and the recipes name is there, and no walk is longer than it says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from planner.catalogue.pages import PAGES as PAGES_OF_RULES
from planner.catalogue.pages import stated

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


# Which modules of the product a command calls into.
TRACE = """
import sys
from planner.cli import app
root, entered = sys.argv.pop(1), set()
def told(frame, event, _):
    name = frame.f_code.co_filename
    if event == "call" and name.startswith(root):
        entered.add(name.removeprefix(root))
sys.setprofile(told)
try:
    app(standalone_mode=False)
finally:
    sys.setprofile(None)
    print(*entered, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    line = "1|2|2026-04-26 12:00:01|2026-04-26 12:01:14|65000|200|0|gw|c|192.0.2.1|192.0.2.2|1|2|3|4|0|1|3200|1500\n"
    folder = tmp_path_factory.mktemp("walk")
    (folder / "2026042612.txt").write_text(f"{line}odd line\n")
    return folder


@pytest.mark.parametrize(
    ("walk", "command"),
    [
        ("A sizing", "size {root}/examples/wholesale/deployment.yaml"),
        ("A validation", "validate {root}/examples/wholesale/deployment.yaml --fail-on never"),
        ("A CDR line", "cdr profile {archive} --processes 1"),
    ],
)
def test_a_walk_is_the_way_a_command_goes(walk, command, archive):
    text = (ROOT / PAGES[0]).read_text(encoding="utf-8").partition(f"**{walk}**")[2].partition("\n\n**")[0]
    stops = [line.split("|")[1] for line in text.split("\n\n")[1].splitlines()[2:]]
    named = {each for stop in stops for each in re.findall(r"`([\w/]+\.py)`", stop)}
    words = command.format(archive=archive, root=ROOT).split()
    done = subprocess.run(
        [sys.executable, "-c", TRACE, f"{ROOT / 'planner'}/", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert len(named) >= len(stops) - 2
    assert named - set(done.stderr.splitlines()[-1].split()) == set(), done.stderr


def test_no_file_name_stands_more_than_twice():
    names = Counter(path.name for path in (ROOT / "planner").rglob("*.py") if path.name != "__init__.py")
    assert {name: count for name, count in names.items() if count > 2} == {}


NAMES = ("MySQL", "MariaDB", "InnoDB", "SS_", "SERVER_", "IVR_", "VOS3000")


def messages():
    """The templates of findings' messages, as the rules' pages and the code of the readers and rules hold them."""
    yield from (stated(path.stem).message for path in PAGES_OF_RULES.glob("*.md") if stated(path.stem).message)
    for room in ("rules", "document", "deployment", "cdr", "sizing"):
        for path in sorted((ROOT / "planner" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                values = (
                    [node.value] if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message" else []
                )
                values += [each.value for each in getattr(node, "keywords", ()) if each.arg == "message"]
                calls = (each for value in values for each in ast.walk(value) if isinstance(each, ast.Call))
                found = (each.args[0] for each in calls if ast.unparse(each.func) == "wording" and each.args)
                yield from (each.value for each in found if isinstance(each, ast.Constant))


def test_messages_begin_with_a_small_letter_or_a_name():
    found = set(messages())
    assert len(found) > 100
    assert [each for each in found if each[0].isupper() and not each.startswith(NAMES)] == []
    assert [each for each in found if each.endswith(".")] == []
