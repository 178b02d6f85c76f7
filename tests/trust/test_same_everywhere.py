"""The same bytes wherever and however often; the same fault, the same exit; no word to the network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from programs import ENVIRONMENT, ROOT, shell

EXAMPLE = ROOT / "examples" / "wholesale" / "deployment.yaml"
COMMANDS = {
    "size": ("size", EXAMPLE, "--format", "json", "--all"),
    "validate": ("validate", ROOT / "examples", "--format", "sarif"),
    "report": ("report", EXAMPLE, "--format", "html", "-o", "-"),
    "workbook": ("report", EXAMPLE, "-o", "book.xlsx"),
    "compare": ("compare", EXAMPLE, EXAMPLE, "--all", "--format", "csv"),
    "sweep": ("sweep", EXAMPLE, "--vary", "traffic.cps=5:50:5", "--figure", "all", "--ranges"),
    "explain": ("explain", "hardware.cpu_cores", EXAMPLE),
    "tune": ("tune", EXAMPLE),
    "rules": ("rules", "--format", "json"),
    "params": ("params", "--format", "json"),
    "schema": ("schema", "deployment"),
    "init": ("init",),
    "collect": ("collect",),
    "completion": ("completion", "bash"),
    "simulate": ("cdr", "simulate", "--cps", "1", "--hours", "1", "--seed", "5", "-o", "made"),
    "profile": ("cdr", "profile", "HOUR", "--format", "json"),
    "check": ("cdr", "check", "HOUR", "--format", "json"),
    "backtest": ("cdr", "backtest", "HOUR", "--format", "json"),
    "cdr compare": ("cdr", "compare", "HOUR", "HOUR", "--format", "json"),
    "export": ("cdr", "export", "HOUR", "-o", "-", "--format", "csv"),
    "parquet": ("cdr", "export", "HOUR", "-o", "records.parquet"),
}
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "1"},
    {"PYTHONHASHSEED": "4711", "LANG": "tr_TR.UTF-8", "TZ": "America/St_Johns", "TERM": "dumb"},
)
# One process runs all commands, one after the other, and says of each how it ended, what it printed and what it wrote.
ALL = """
import hashlib, json, sys
from pathlib import Path
from programs import inside

for name, words in json.load(sys.stdin).items():
    ran = inside(*words, cwd=".")
    written = [(str(path), path.read_bytes()) for path in sorted(Path().rglob("*")) if path.is_file()]
    print(json.dumps([name, ran.code, hashlib.sha256(repr((ran.out, written)).encode()).hexdigest(), ran.err[-400:]]))
"""


@pytest.fixture(scope="module")
def hour(archive, tmp_path_factory):
    """An hour of few records, named by it."""
    whole = min(archive.glob("*.txt"))
    few = tmp_path_factory.mktemp("few") / whole.name
    few.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:3000]))
    return few


def all_commands(hour, cwd, words=(), **env):
    """Run every command in a folder; return exit code, digest and words of each, by name."""
    lines = {name: [str(hour if each == "HOUR" else each) for each in line] for name, line in COMMANDS.items()}
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "trust")))
    ran = subprocess.run(
        [*words, sys.executable, "-c", ALL],
        cwd=cwd,
        input=json.dumps(lines).encode(),
        env={**ENVIRONMENT, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1700000000", **env},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return {name: told for name, *told in map(json.loads, ran.stdout.splitlines())}


def test_the_same_bytes_in_any_surroundings(tmp_path, hour):
    found = []
    for number, surroundings in enumerate(SURROUNDINGS):
        cwd = tmp_path / str(number) / ("deep" * number)
        cwd.mkdir(parents=True)
        found.append(all_commands(hour, cwd, **surroundings))
    assert found[0].keys() == COMMANDS.keys()
    assert {name: code for name, (code, *_) in found[0].items() if code not in {0, 1}} == {}
    assert found[0] == found[1] == found[2]


@pytest.fixture
def alone(require):
    """Words that run a command in a network namespace of its own, without a route."""
    unshare = require("unshare")
    words = [unshare, "-n"] if os.geteuid() == 0 else [unshare, "-rn"]
    if subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives no network namespaces")
    return words


def test_no_command_needs_a_network(tmp_path, hour, alone):
    ended = all_commands(hour, tmp_path, alone)
    assert {name: told for name, told in ended.items() if told[0] not in {0, 1}} == {}


WRITING = {
    "size": "size --cps 9 --format json -o {}.json",
    "report": "report --cps 9 -o {}.html",
    "sweep": "sweep --cps 9 --vary traffic.asr=0.1,0.2 -o {}.csv",
    "compare": "compare a.yaml a.yaml --all -o {}.txt",
    "validate": "validate a.yaml -o {}.txt",
    "baseline": "validate a.yaml --write-baseline {}.json",
    "rules": "rules --format json -o {}.json",
    "params": "params -o {}.txt",
    "schema": "schema deployment -o {}.json",
    "init": "init -o {}.yaml",
    "explain": "explain hardware.cpu_cores -o {}.txt",
    "collect": "collect -o {}.sh",
    "profile": "cdr profile HOUR -o {}.txt",
    "check": "cdr check HOUR -o {}.txt",
    "backtest": "cdr backtest HOUR -o {}.txt",
    "csv": "cdr export HOUR -o {}.csv",
    "parquet": "cdr export HOUR -o {}.parquet",
    "rejects": "cdr export HOUR -o x.csv --rejects {}.jsonl",
}


@pytest.mark.parametrize("command", WRITING.values(), ids=WRITING)
def test_an_output_that_cannot_be_written_is_code_2(command, tmp_path, archive):
    (tmp_path / "a.yaml").write_text("traffic: {cps: 9}\n")
    (tmp_path / "file").write_text("x\n")
    words = command.replace("HOUR", str(min(archive.glob("*.txt"))))
    for place in ("missing/out", "file/out"):
        run = shell(f"$PLAN {words.format(place)}", cwd=tmp_path, timeout=120)
        assert run.code == 2, (place, run.err)
        assert "Traceback" not in run.err
    # As on a full disk: a file may grow to a few bytes only.
    run = shell(f"trap '' XFSZ; ulimit -f 0; $PLAN {words.format('out')}", cwd=tmp_path, timeout=120)
    assert run.code == 2, run.err
    assert "File too large" in run.err
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".plan", "out"))] == []


@pytest.mark.parametrize(
    "command", [each for each in WRITING.values() if not each.startswith(("report", "init", "collect"))][:13]
)
def test_a_full_standard_output_is_code_2(command, tmp_path, archive):
    (tmp_path / "a.yaml").write_text("traffic: {cps: 9}\n")
    words = command.replace("HOUR", str(min(archive.glob("*.txt"))))
    if "--write-baseline" in words:
        return
    words = re.sub(r" -o \{\}\.\w+", " -o - --format csv" if "export" in words else "", words)
    run = shell(f"$PLAN {words} >/dev/full", cwd=tmp_path, timeout=120)
    assert run.code == 2, (words, run.err)


READING = {
    "size": "size {}", "report": "report {} -o x.html", "compare": "compare {} {}", "validate": "validate {}",
    "sweep": "sweep {} --vary traffic.cps=1,2", "tune": "tune {}", "profile": "cdr profile {}",
    "check": "cdr check {}", "backtest": "cdr backtest {}", "export": "cdr export {} -o x.csv",
    "use of a profile": "size --cps 9 --profile {}", "extract": "report --extract {}",
}  # fmt: skip


@pytest.mark.parametrize("command", READING.values(), ids=READING)
def test_an_input_that_is_not_there_is_code_3(command, tmp_path):
    run = shell(f"$PLAN {command.format('gone.yaml', 'gone.yaml')}", cwd=tmp_path)
    assert run.code == 3, run.err
    assert "gone.yaml" in run.err + run.out.decode()
