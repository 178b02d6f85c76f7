"""The pages cannot rot: what they show is run and compared, every link leads somewhere, every page is reachable."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))
from shown import agrees, blocks, check  # noqa: E402  a script beside this file

PAGES = [ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
EVERY = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]


@pytest.fixture
def place(tmp_path):
    """Return a folder that holds the examples, and a path on which `plan` is this checkout's."""
    shutil.copytree(ROOT / "examples", tmp_path / "work" / "examples")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "plan").write_text(f'#!/bin/sh\nexec {sys.executable} -m planner "$@"\n')
    (tmp_path / "bin" / "plan").chmod(0o755)
    return tmp_path / "work", f"{tmp_path / 'bin'}:{os.environ['PATH']}"


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.stem)
def test_what_a_page_shows_is_what_happens(page, place, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert check(page, *place) == []


def test_a_page_that_is_wrong_is_found(tmp_path, place):
    page = tmp_path / "page.md"
    page.write_text("```sh\necho one\n```\n\n```text\ntwo\n```\n\n```sh\nplan nonsense\n```\n")
    assert [each.split(":")[1] for each in check(page, *place)] == [" other output", " exit 2"]
    assert agrees("a\n...\nc\n", "a\nb\nb\nc\n")
    assert not agrees("a\n...\nc\n", "a\nb\nd\n")


def test_the_reference_of_commands_and_the_man_page_are_not_stale():
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "manual.py", "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_of_man_pages_reads_it(require):
    page = ROOT / "docs" / "reference" / "plan.1"
    done = subprocess.run(
        [require("groff"), "-man", "-ww", "-Tutf8", page], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for name in COMMANDS:
        assert f"plan {name}" in done.stdout


def test_every_page_shows_a_command():
    assert [page.name for page in PAGES if not list(blocks(page.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("page", EVERY, ids=lambda each: each.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http", "#", "mailto")):
            assert (page.parent / target.partition("#")[0]).exists(), f"{page.name}: {target}"


def test_the_site_builds_strictly(tmp_path):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed; install it with: make site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wholesale" in (tmp_path / "tutorial.html").read_text(encoding="utf-8")
