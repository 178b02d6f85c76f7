"""Lines fit where they are read: a terminal of 80 to 200 columns, or COLUMNS; in a pipe they stay whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.cli.console import fitted
from planner.deployment.load import load
from planner.output.sizing import render_text
from planner.sizing.api import size

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
    "cdr profile {archive}",
    "cdr compare {archive} {archive} --all",
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
    """What stands in a text, wherever a narrow terminal puts it."""
    return sorted("".join(text.split()))


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


MAGNITUDES = (0.02, 37, 12_345, 1_000_000)
DECLARED = """\
traffic: {{cps: {cps}, codecs: {{g711: 0.3, g729: 0.7}}, growth_per_month: 0.03}}
prices: {{server: 1234567.89}}
"""


@pytest.fixture(scope="module")
def loads(tmp_path_factory):
    """A deployment of each magnitude with all that makes lines, sized once."""
    folder, found = tmp_path_factory.mktemp("loads"), {}
    for cps in MAGNITUDES:
        path = folder / f"{cps}.yaml"
        path.write_text(DECLARED.format(cps=cps))
        found[cps] = path, size(load(path))
    return found


def overlong(text, width):
    """Lines beyond the width that hold more than one word: those can be folded."""
    return [line for line in text.splitlines() if len(line) > width and len(line.split()) > 1]


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("cps", MAGNITUDES)
def test_a_sizing_fits_at_any_width_and_magnitude(loads, cps, every):
    for width in (*range(60, 120, 3), *range(120, 250, 13)):
        text = render_text(loads[cps][1], width=width, every=every)
        assert overlong(text, width) == [], width
        assert not re.search(r"\d\n +(%|[kMGTP]?(B|bit)\b)", text)


OF_LOADS = (
    "compare {one} {load} --all",
    "explain hardware.disk_bytes {load}",
    "tune {load}",
    "sweep {load} --vary traffic.cps={cps},17 --format text",
    "sweep {load} --vary traffic.acd=30,90 --vary traffic.cps={cps},17 --figure cdr.bytes_per_day --format text",
)


@pytest.mark.parametrize("command", OF_LOADS)
@pytest.mark.parametrize("cps", [0.02, 1_000_000])
def test_what_is_said_of_a_load_fits_at_any_width(loads, command, cps, monkeypatch):
    command = command.format(one=loads[37][0], load=loads[cps][0], cps=cps)
    for width in (60, 93):
        assert overlong(shown(command, monkeypatch, width), width) == []


def test_rows_of_a_comparison_stay_in_columns_on_a_narrow_terminal(monkeypatch):
    text = shown("compare wholesale/deployment.yaml starter/deployment.yaml", monkeypatch, 80)
    ends = {len(line) for line in text.splitlines() if re.search(r"  [\d.]+x$", line)}
    assert len(ends) == 1
    assert "\n    hardware.binding_constraint\n" in text


def test_a_number_stays_beside_its_unit(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    for words in range(40, 60):
        text = fitted(f"{'x' * words} 12.5 GB \N{EN DASH} 30 GB, 40 % of 5 Mbit/s", None)
        assert not re.search(r"\d\n|\n *\N{EN DASH}", text), text
