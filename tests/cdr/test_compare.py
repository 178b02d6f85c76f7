"""`plan cdr compare`: what changed beyond chance is told, and what chance explains is not."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("watched")
PLAN = [sys.executable, "-m", "planner", "cdr"]


def plan(*arguments, code=0):
    run = subprocess.run([*PLAN, *map(str, arguments)], capture_output=True, check=False, text=True)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout, run.stderr


@pytest.fixture(scope="module")
def periods(tmp_path_factory):
    folder = tmp_path_factory.mktemp("periods")
    shapes = {
        "first": ["--seed", "1"],
        "same": ["--seed", "2"],
        "worse": ["--seed", "3", "--asr", "0.36", "--cps", "2.4", "--pdd", "3s"],
    }
    for name, options in shapes.items():
        plan("simulate", "--cps", "2", "--hours", "76", "--interval", "1d", *options, "-o", folder / name)
    return folder


@pytest.fixture(scope="module")
def profiles(periods):
    """The profiles of the periods, which stand for them: read again, each comparison would take seconds."""
    for name in ("first", "same", "worse"):
        plan("profile", periods / name, "--format", "json", "-o", periods / f"{name}.json", "--top", "200")
    return {name: periods / f"{name}.json" for name in ("first", "same", "worse")}


def changes(*paths):
    return json.loads(plan("compare", *paths, "--format", "json")[0])["changes"]


def test_two_samples_of_the_same_traffic_do_not_differ(profiles):
    assert sum(each["beyond_chance"] for each in changes(profiles["first"], profiles["same"])) <= 1


def test_what_changed_is_told_with_its_sides(profiles):
    found = {(each["measure"], each["key"]): each for each in changes(profiles["first"], profiles["worse"])}
    for measure, change in {"attempts": 0.2, "ASR": -0.1, "caller PDD": 0.15}.items():
        row = found[measure, ""]
        assert row["beyond_chance"], measure
        assert row["change"] == pytest.approx(change, abs=0.04)
    assert found["calleeGatewayId: ASR", "carrier-001"]["beyond_chance"]
    assert not found["ACD", ""]["beyond_chance"]
    assert not any("codec" in measure for measure, _ in found)


def test_text_and_page_say_what_stands_out_first(profiles, tmp_path):
    both = profiles["first"], profiles["worse"]
    text, _ = plan("compare", *both)
    _, first, *_ = (line for line in text.splitlines() if line[:1].strip())
    assert first.split()[0] == "attempts"
    assert "changed by more than chance" in text
    assert "Codecs are not in call records" in text
    plan("compare", *both, "-o", tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text()
    assert '<th scope="row">ASR</th>' in page
    assert "://" not in page
    plan("compare", *both, "-o", tmp_path / "zh.html", "--lang", "zh")
    chinese = (tmp_path / "zh.html").read_text(encoding="utf-8")
    assert "话单中没有编解码信息" in chinese
    assert "by more than chance" not in chinese


def test_profiles_stand_for_archives(periods, profiles):
    for first in (profiles["first"], periods / "first"):
        assert changes(first, periods / "worse") == changes(profiles["first"], profiles["worse"])


def test_what_cannot_be_compared_is_refused(profiles, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    _, said = plan("compare", profiles["first"], tmp_path / "empty.txt", code=3)
    assert "no line was accepted" in said
    plan("compare", profiles["first"], tmp_path / "absent", code=3)
