"""Lines fit where they are read: a terminal of 80 to 200 columns, or COLUMNS; in a pipe they stay whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.cli.console import fitted

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (80, 100, 137, 200)
COMMANDS = (
    "params",
    "rules",
    "schema",
    "explain figures",
    "explain assumptions",
    "explain g729",
    "explain SS_MAXCPS",
    "explain out-of-range",
    "explain cdr.bytes_per_day wholesale/deployment.yaml",
    "explain hardware.cpu_cores wholesale/deployment.yaml",
    "compare wholesale/deployment.yaml starter/deployment.yaml --all",
    "compare wholesale/deployment.yaml starter/deployment.yaml retail/deployment.yaml",
    "tune wholesale/deployment.yaml",
    "tune wholesale/deployment.yaml --diff wholesale/sysctl.conf",
    "cdr backtest {archive}",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("width") / "archive"
    done = CliRunner().invoke(app, f"cdr simulate --cps 1 --asr 50% --acd 20s --hours 0.2 -o {folder}".split())
    assert done.exit_code == 0
    return folder


def shown(command, monkeypatch, width):
    monkeypatch.chdir(ROOT / "examples")
    monkeypatch.setenv("COLUMNS", str(width)) if width else monkeypatch.delenv("COLUMNS", raising=False)
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code in {0, 1}, done.output
    return done.stdout


def words(text):
    return "".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_longer_than_the_terminal_and_nothing_is_lost(command, monkeypatch, archive):
    command = command.format(archive=archive)
    whole = shown(command, monkeypatch, None)
    for width in WIDTHS:
        text = shown(command, monkeypatch, width)
        assert max(map(len, text.splitlines())) <= width, width
        assert words(text) == words(whole)


@pytest.mark.parametrize("site", sorted(each.parent.name for each in ROOT.glob("examples/*/deployment.yaml")))
def test_a_sizing_fits(site, monkeypatch):
    for width, more in ((80, ""), (80, "--all"), (110, "--all")):
        text = shown(f"size {site}/deployment.yaml {more}", monkeypatch, width)
        assert max(map(len, text.splitlines())) <= width, (width, more)
        assert more or " typical  moves  replace with" in text


def test_the_last_cell_is_folded_below_itself(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = "name   short   " + "a word " * 8 + "\nother  short   fits\n"
    first, second, third, last = fitted(text, None).split("\n")
    assert first.startswith("name   short   a word")
    assert second.startswith(" " * 15 + "word a")
    assert (third, last) == ("other  short   fits", "")


def test_cells_without_room_follow_the_first(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = "name".ljust(50) + "  cell  " + "a word " * 6
    assert fitted(text, None).split("\n")[:2] == ["name", "    cell  a word a word a word a word a word a word"]


def test_code_and_files_stay_as_they_are(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    text = "```yaml\n" + "a: " * 30 + "\n```\n"
    assert fitted(text, None) == text
    assert fitted("word " * 30, "file.txt") == "word " * 30


def test_what_programs_read_is_never_folded(monkeypatch):
    assert json.loads(shown("params --format json", monkeypatch, 80))
    assert shown("rules --format markdown", monkeypatch, 80) == shown("rules --format markdown", monkeypatch, None)
