"""`plan cdr watch` follows a live folder; a fleet is measured as one and as many."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from waiting import unhurried

from planner.catalogue.data import SCHEMAS

pytestmark = pytest.mark.usefixtures("watched")
PLAN = [sys.executable, "-m", "planner", "cdr"]


def plan(*arguments, code=0):
    run = subprocess.run([*PLAN, *map(str, arguments)], capture_output=True, check=False, text=True)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout, run.stderr


def surge(line, hour, calls):
    """Return calls that all stand at once in the middle of an hour."""
    stop = b"2026-04-26 %02d:31:14" % hour
    start = b"2026-04-26 %02d:30:01" % hour
    made = line.replace(b"2026-04-26 12:00:01", start).replace(b"2026-04-26 12:01:14", stop) + b"\n"
    return made * calls


def test_one_look_says_what_has_left_the_plan(tmp_path, line):
    (tmp_path / "2026042612.txt").write_bytes(surge(line, 12, 300))
    said, _ = plan("watch", tmp_path, "--limit", "calls=100", "--limit", "asr=50%", "--once", code=1)
    assert said == (
        "2026-04-26 12:31:00: calls 300 has left the plan (100): calls in progress, highest of the latest day\n"
    )
    said, _ = plan("watch", tmp_path, "--limit", "calls=400", "--once")
    assert "within the plan" in said


def test_the_plan_is_that_of_a_deployment_or_a_profile(tmp_path, line):
    (tmp_path / "cdr").mkdir()
    (tmp_path / "cdr/2026042612.txt").write_bytes(surge(line, 12, 300))
    (tmp_path / "d.yaml").write_text("traffic: {concurrent_calls: 200, codecs: g729}\n")
    said, _ = plan("watch", tmp_path / "cdr", "--plan", tmp_path / "d.yaml", "--once", "--format", "jsonl", code=1)
    found = json.loads(said)
    assert found["limits"]["calls"] == 200
    assert found["outside"]["calls"]
    (tmp_path / "d.yaml").write_text("traffic: {concurrent_calls: 2000, codecs: g729}\n")
    plan("watch", tmp_path / "cdr", "--plan", tmp_path / "d.yaml", "--once")


def test_metrics_are_a_textfile_for_node_exporter(tmp_path, line):
    (tmp_path / "cdr").mkdir()
    (tmp_path / "cdr/2026042612.txt").write_bytes(surge(line, 12, 300))
    target = tmp_path / "plan.prom"
    plan("watch", tmp_path / "cdr", "--limit", "calls=100", "--format", "prometheus", "-o", target, "--once", code=1)
    lines = target.read_text().splitlines()
    assert 'plan_cdr_measured{measure="calls"} 300.0' in lines
    assert 'plan_cdr_outside{measure="calls"} 1' in lines
    assert all(each.startswith("#") or each.rsplit(" ", 1)[0].endswith('"}') for each in lines)


@pytest.mark.parametrize("ended", [signal.SIGTERM, signal.SIGINT])
def test_a_live_folder_is_followed_over_rotation_and_ends_cleanly(tmp_path, line, ended):
    folder = tmp_path / "cdr"
    folder.mkdir()
    command = [*PLAN, "watch", folder, "--limit", "calls=100", "--every", "0.2", "--state", tmp_path / "state"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert "no records yet" in process.stdout.readline()
        (folder / "2026042612.txt").write_bytes(surge(line, 12, 300))
        assert "calls 300 has left the plan" in process.stdout.readline()
        (folder / "2026042612.txt").rename(folder / "2026042612.old")
        (folder / "2026042712.txt").write_bytes(surge(line, 12, 30).replace(b"2026-04-26", b"2026-04-27"))
        assert "2026-04-27 12:31:00: calls 30 is back within the plan" in process.stdout.readline()
        process.send_signal(ended)
        until = time.monotonic() + 10
        process.wait(timeout=unhurried(10))
        assert time.monotonic() < until
        said = process.stderr.read()
    assert process.returncode == 128 + ended
    assert "Traceback" not in said
    assert not [each for each in tmp_path.rglob("*") if each.name.startswith(".")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--limit", "speed=3"], "one of calls, cps"),
        (["--limit", "calls=many"], "is no number"),
        (["--format", "prometheus"], "-o names"),
        (["--format", "xml"], "'text', 'jsonl', 'prometheus'"),
    ],
)
def test_wrong_options_are_told(tmp_path, arguments, said):
    assert said in plan("watch", tmp_path, "--once", *arguments, code=2)[1]


def test_the_peak_of_the_sum_stands_beside_the_sum_of_peaks(tmp_path, line):
    for name, hour, calls in (("a", 10, 300), ("b", 12, 200)):
        (tmp_path / name).mkdir()
        failed = surge(line, hour, 50).replace(b"65000", b"0")
        (tmp_path / name / f"20260426{hour}.txt").write_bytes(surge(line, hour, calls - 50) + failed)
    text, _ = plan("profile", f"a={tmp_path}/a", f"b={tmp_path}/b")
    assert "40.00% saved" in text
    found = json.loads(plan("profile", f"a={tmp_path}/a", f"b={tmp_path}/b", "--format", "json")[0])
    schema = json.loads((Path(SCHEMAS) / "profile-v1.schema.json").read_text())
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    fleet = found["fleet"]
    assert [(each["name"], each["calls"]) for each in fleet["servers"]] == [("a", 300), ("b", 200)]
    assert (fleet["sum_of_peaks"]["calls"], fleet["peak_of_sum"]["calls"]) == (500, 300)
    assert found["concurrency"]["attempts"]["peak"] == 300
    assert found["calls"]["records"] == 500


def test_servers_are_added_up_over_the_days_they_share(tmp_path, line):
    for name, days in (("a", (26, 27)), ("b", (27, 28)), ("c", (29,))):
        (tmp_path / name).mkdir()
        for day in days:
            calls = surge(line, 10, 100 * day - 2500).replace(b"2026-04-26", b"2026-04-%d" % day)
            failed = calls.replace(b"65000", b"0")
            (tmp_path / name / f"202604{day}10.txt").write_bytes(calls + failed)
    found, said = plan("profile", f"a={tmp_path}/a", f"b={tmp_path}/b", "--format", "json")
    fleet = json.loads(found)["fleet"]
    assert [each["calls"] for each in fleet["servers"]] == [400, 400]
    assert "days on which all were measured: a: 2026-04-26" in said
    said = plan("profile", f"a={tmp_path}/a", f"c={tmp_path}/c", code=2)[1]
    assert "the servers were not measured at the same time: a: 2026-04-26 10:00:00 to 2026-04-27 11:00:00, c: " in said


def test_without_a_plan_nothing_is_within_it(tmp_path, line):
    (tmp_path / "2026042610.txt").write_bytes(line + b"\n")
    said = plan("watch", tmp_path, "--once")[0]
    assert "no plan and no limit is named" in said
    assert "within" not in said


@pytest.mark.parametrize("arguments", [["a=x", "y"], ["a=x", "a=y"], ["=x"], ["a="]])
def test_a_fleet_half_named_is_refused(arguments):
    assert "NAME=FOLDER" in (said := plan("profile", *arguments, code=2)[1]) or "name of its own" in said
