"""`plan cdr profile`, `check` and `backtest`, as they are used."""

from __future__ import annotations

import json
import os
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
SCHEMA = json.loads((SCHEMAS / "profile-v1.schema.json").read_text())


def plan(*arguments, stdin=b"", code=0):
    run = subprocess.run(
        [sys.executable, "-m", "planner", "cdr", *map(str, arguments)], input=stdin, capture_output=True, check=False
    )
    assert run.returncode == code, run.stderr.decode()
    assert b"Traceback" not in run.stderr
    return run.stdout.decode(), run.stderr.decode()


def profile_of(*paths, **more):
    document = json.loads(plan("profile", *paths, "--format", "json", **more)[0])
    jsonschema.validate(document, SCHEMA, cls=jsonschema.Draft202012Validator)
    return document


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated") / "archive"
    shape = ["--cps", "20", "--asr", "0.45", "--acd", "50s", "--hours", "1.5", "--seed", "11", "--retries", "0.05"]
    plan("simulate", *shape, "--damage", "all=0.2%", "--columns", "19=60,17=30,18=10", "-o", folder)
    return folder


@pytest.fixture(scope="module")
def measured(simulated):
    return profile_of(simulated)


@pytest.fixture(scope="module")
def truth(simulated):
    return json.loads((simulated / "truth.json").read_text())


def test_counts_equal_the_truth(measured, truth):
    lines = measured["lines"]
    assert {name: lines[name] for name in ("lines", "accepted", "rejected", "bytes")} == {
        name: truth[name] for name in ("lines", "accepted", "rejected", "bytes")
    }
    assert lines["reasons"] == truth["reasons"]
    assert measured["suspicious"]["counts"] == {**truth["suspicious"], "implausible_duration": 0}
    assert measured["calls"]["answered"] == truth["answered"]


def test_rates_and_peaks_equal_the_truth(measured, truth):
    for unit in ("second", "minute", "hour"):
        assert measured["cps"][unit]["peak_attempts"] == truth["cps"][unit]["peak"]
        assert measured["cps"][unit]["peak_at"] == truth["cps"][unit]["at"]
    for kind in ("attempts", "answered"):
        found, known = measured["concurrency"][kind], truth["concurrency"][kind]
        assert (found["peak"], found["peak_at"]) == (known["peak"], known["at"])


def test_tables_and_retries_equal_the_truth(measured, truth):
    for name, keys in truth["keys"].items():
        rows = {row["key"]: row for row in measured["tables"][name]["rows"]}
        for key, known in keys.items():
            if key in rows:
                assert rows[key]["attempts"] == known["attempts"]
                assert rows[key]["answered"] == known["answered"]
                assert rows[key]["peak_concurrent"] == known["peak_answered"]
                assert rows[key]["peak_concurrent_attempts"] == known["peak_attempts"]
        assert measured["tables"][name]["dropped_attempts"] == 0


def test_the_simulated_workload_is_recovered_within_the_intervals(measured):
    known = {"traffic.cps": 20, "traffic.asr": 0.45, "traffic.acd": 50}
    found = {entry["name"]: entry for entry in measured["assumptions"]}
    for name, value in known.items():
        # One archive in twenty lies beside its interval: hardly any by as much again.
        reach = found[name]["high"] - found[name]["low"]
        assert abs(found[name]["value"] - value) <= reach, name


def test_minutes_of_a_table_are_those_of_its_calls(tmp_path, line):
    path = tmp_path / "2026042612.txt"
    path.write_bytes((line + b"\n") * 6 + (line.replace(b"gw-01", b"gw-02") + b"\n") * 2)
    rows = {row["key"]: row for row in profile_of(path)["tables"]["callerGatewayId"]["rows"]}
    # Six calls of 65 s are six and a half minutes.
    assert (rows["gw-01"]["minutes"], rows["gw-02"]["minutes"]) == (6.5, pytest.approx(2 * 65 / 60))
    assert rows["gw-01"]["acd"] == 65


def test_every_reason_has_its_first_line(simulated, truth):
    output, _ = plan("check", simulated, "--format", "json", code=1)
    findings = {finding["rule"]: finding for finding in json.loads(output)["findings"]}
    first = {}
    for damage in truth["damaged"]:
        first.setdefault(damage["kind"], damage)
    for kind, damage in first.items():
        finding = findings.get(f"cdr-{kind.replace('_', '-')}")
        if finding and kind in truth["reasons"]:
            assert (Path(finding["path"]).name, finding["line"]) == (damage["file"], damage["line"])
            assert f"byte {damage['offset']}" in finding["message"]


def test_check_gates_on_the_share_of_bad_lines(simulated, truth):
    share = truth["rejected"] / truth["lines"]
    plan("check", simulated, "--max-bad", f"{share * 1.01:.8f}")
    _, said = plan("check", simulated, "--max-bad", f"{share * 0.99:.8f}", code=1)
    assert f"{truth['rejected']:,} rejected" in said
    plan("check", simulated, "--max-bad", "twice", code=2)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown"])
def test_check_speaks_every_format(tmp_path, line, form):
    path = tmp_path / "2026042612.txt"
    path.write_bytes(line + b"\nbad\n")
    assert "cdr-fields" in plan("check", path, "--format", form, code=1)[0]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown"])
def test_names_no_output_could_hold_are_escaped(tmp_path, line, form):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(line + b"\nbad\n")
    (tmp_path / "two\nlines.txt").write_bytes(line + b"\nbad\n")
    output, _ = plan("check", tmp_path, "--format", form, code=1)
    assert "cdr-fields" in output
    assert form not in ("json", "text") or "caf\\xe9.txt" in output.replace("\\\\", "\\")
    plan("export", tmp_path, "-o", tmp_path / "x.csv", "--rejects", tmp_path / "bad.jsonl")
    assert "caf\\xe9.txt" in (tmp_path / "x.csv").read_text()
    rejects = [json.loads(each) for each in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert [Path(each["file"]).name for each in rejects] == ["caf\\xe9.txt", "two\nlines.txt"]


def test_backtest_says_how_far_off_the_model_is(simulated):
    output, _ = plan("backtest", simulated, "--format", "json")
    rows = {row["figure"]: row for row in json.loads(output)["comparisons"]}
    assert abs(rows["traffic.offered_erlangs"]["error"]) < 0.1
    assert abs(rows["cdr.bytes_per_day"]["error"]) < 0.1
    assert "off by" in plan("backtest", simulated)[0]


def test_what_is_compared_with_itself_is_no_success(simulated):
    rows = {row["figure"]: row for row in json.loads(plan("backtest", simulated, "--format", "json")[0])["comparisons"]}
    for figure in ("traffic.cps", "cdr.lines_per_hour", "cdr.bytes_per_hour"):
        assert rows[figure]["within"] is None
        assert rows[figure]["itself"]
    assert rows["traffic.offered_erlangs"]["within"] is True
    assert "itself" in plan("backtest", simulated)[0]


def test_the_last_week_is_judged_by_those_before_it(tmp_path):
    shape = ["--cps", "0.4", "--hours", "504", "--interval", "1d", "--seed", "5"]
    plan("simulate", *shape, "-o", tmp_path / "archive")
    output, said = plan("backtest", tmp_path / "archive", "--format", "json")
    assert "files of the last week (7) are judged by those before them (15)" in said
    rows = {row["figure"]: row for row in json.loads(output)["comparisons"]}
    assert rows["traffic.cps"]["within"] is True
    assert not rows["traffic.cps"]["itself"]
    assert rows["traffic.cps"]["predicted"] != rows["traffic.cps"]["measured"]


def test_sizing_takes_the_profile(simulated, tmp_path):
    plan("profile", simulated, "--format", "json", "-o", tmp_path / "p.json")
    run = subprocess.run(
        [sys.executable, "-m", "planner", "size", "--profile", tmp_path / "p.json", "--format", "json"],
        capture_output=True,
        check=False,
    )
    figures = json.loads(run.stdout)["figures"]
    assert figures["traffic.cps"]["value"] == pytest.approx(20, rel=0.05)


def test_standard_input_tables_and_pages(line):
    data = (line + b"\n") * 40
    assert profile_of("-", stdin=data)["calls"]["records"] == 40
    table, _ = plan("profile", "-", stdin=data)
    assert "carrier-7" in table
    hostile = line.replace(b"gw-01", b"<script>alert(1)</script>") + b"\n"
    page, _ = plan("profile", "-", "--format", "html", stdin=hostile)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_nothing_measured_is_no_profile(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    for form in ("table", "html", "json"):
        output, said = plan("profile", path, "--format", form, code=3)
        assert output == ""
        assert "no line was accepted" in said


def test_zones_are_named_or_left_open(tmp_path, line):
    path = tmp_path / "2026042612.txt"
    path.write_bytes(line + b"\n")
    assert profile_of(path)["timezone"] is None
    known = json.loads(plan("profile", path, "--format", "json", "--timezone", "Asia/Dhaka")[0])
    assert known["span"]["from_instant"] == "2026-04-26T12:00:01+06:00"
    plan("profile", path, "--timezone", "Mars/Olympus", code=2)


def test_one_bad_input_hides_no_other(tmp_path, line):
    good, bad = tmp_path / "2026042612.txt", tmp_path / "2026042613.txt.gz"
    good.write_bytes(line + b"\n")
    bad.write_bytes(b"not gzip")
    output, said = plan("profile", good, bad, tmp_path / "absent.txt", "--format", "json", code=3)
    assert json.loads(output)["calls"]["records"] == 1
    assert str(bad) in said
    assert "absent.txt" in said


def test_archives_of_answered_calls_claim_no_asr(tmp_path, line):
    path = tmp_path / "2026042612.txt"
    path.write_bytes((line + b"\n") * 200)
    document = profile_of(path)
    assert document["calls"]["answered_only"]
    assert {entry["name"] for entry in document["assumptions"]} == {"traffic.acd", "cdr.line_bytes"}


def test_floods_gaps_and_seconds_are_told(tmp_path, line):
    quiet = [
        line.replace(b"12:00:01", b"%02d:%02d:01" % (h, m))
        .replace(b"12:01:14", b"%02d:%02d:59" % (h, m))
        .replace(b"65000", b"40")
        for h in (12, 15)
        for m in range(60)
    ]
    flood = [
        line.replace(b"12:00:01", b"12:30:%02d" % (i % 60)).replace(b"12:01:14", b"12:31:00").replace(b"65000", b"0")
        for i in range(600)
    ]
    path = tmp_path / "2026042612.txt"
    path.write_bytes(b"\n".join(quiet + flood) + b"\n")
    document = profile_of(path)
    assert document["floods"]["count"] == 1
    assert document["floods"]["episodes"][0]["from"] == "2026-04-26 12:30:00"
    assert document["gaps"]["without_record"]["hours"] == 2
    assert document["suspicious"]["hold_in_seconds_files"] == [str(path)]


def test_an_interrupt_leaves_a_profile_only_when_asked(tmp_path, line):
    for partial, code in (([], 130), (["--partial"], 0)):
        target = tmp_path / f"out{code}.json"
        reader, writer = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "planner", "cdr", "profile", "-", "--format", "json", "-o", target, *partial],
            stdin=reader,
            stderr=subprocess.PIPE,
        )
        os.write(writer, line + b"\n")
        time.sleep(2.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=unhurried(30))
        os.close(writer)
        os.close(reader)
        assert process.returncode == code, said
        assert target.exists() is bool(partial)
        assert not partial or json.loads(target.read_text())["partial"]


def test_end_reasons_are_named_in_words(line):
    data = (line + b"\n") * 2 + line.replace(b"|200|", b"|486|") + b"\n" + line.replace(b"|200|", b"|-9|") + b"\n"
    rows = {row["key"]: row.get("label") for row in profile_of("-", stdin=data)["tables"]["endReason"]["rows"]}
    assert rows == {"200": "OK: answered", "486": "busy here", "-9": None}
