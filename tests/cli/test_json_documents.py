"""Every JSON the program writes names its schema, keeps it, and the schema is published by `plan schema`."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from planner.catalogue.data import bundle, names
from planner.cli import COMMANDS, app
from planner.cli.cdr import COMMANDS as RECORDS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/deployment.yaml"))
SIMULATE = "cdr simulate --asr 50% --acd 20s --hours 0.2 --format json"

WRITTEN = {
    "rules-v1": ["rules --format json"],
    "parameters-v1": ["params --format json", "params --section mysql --format json"],
    "schemas-v1": ["schema --format json"],
    "deployment": ["init --format json"],
    "sizing-v1": ["size --cps 10 --format json", "size d.yaml --servers 3 --dr --growth 3% --format json"],
    "findings-v1": ["validate . --format json", "validate d.yaml -v --format json", "cdr check bad --format json"],
    "report-v1": ["report --cps 10 --format json", "report d.yaml --profile profile.json --format json"],
    "explanation-v1": [
        "explain cdr.bytes_per_day --format json",
        "explain hardware.cpu_cores d.yaml --format json",
        "explain g729 --format json",
        "explain starter --format json",
        "explain SS_MAXCPS --format json",
        "explain out-of-range --format json",
        "explain traffic.acd --format json",
        "explain traffic.concurrent_calls_peak --cps 5 --profile profile.json --format json",
    ],
    "tune-v1": ["tune d.yaml --format json", "tune --cps 900 --address 192.0.2.9 --address 192.0.2.10 --format json"],
    "tune-diff-v1": ["tune d.yaml --diff sysctl.conf --format json", "tune --cps 1 --diff host.bundle --format json"],
    "sweep-v1": [
        "sweep d.yaml --vary traffic.cps=10:30:10 --format json",
        "sweep --vary traffic.cps=10:30:10 --vary server.media=with,without --figure all --ranges --format json",
    ],
    "comparison-v1": ["compare d.yaml e.yaml --format json", "compare d.yaml e.yaml d.yaml --all --format json"],
    "drift-v1": ["compare d.yaml host.bundle --format json"],
    "fleet-v1": ["compare host.bundle other.bundle --format json"],
    "profile-v1": ["cdr profile cdr --format json", "cdr profile bad --partial --format json"],
    "backtest-v1": ["cdr backtest cdr --format json", "cdr backtest cdr --profile profile.json --format json"],
    "cdr-comparison-v1": ["cdr compare cdr bad --format json", "cdr compare cdr cdr --all --format json"],
    "simulation-v1": [f"{SIMULATE} --cps 1 -o another"],
    "watch-v1": [
        "cdr watch cdr --once --format jsonl",
        "cdr watch empty --once --format jsonl",
        "cdr watch cdr --once --plan d.yaml --limit cps=0.1 --format jsonl",
    ],
}
FILES = {"baseline-v1": "known.json", "truth-v1": "cdr/truth.json"}
SILENT = {"cdr export", "collect", "lsp", "completion", "cdr"}
"""Commands without a document of their own: they write records, a script, a protocol, or nothing but commands."""


def run(line):
    done = CliRunner().invoke(app, line.split())
    assert done.exit_code in {0, 1}, (line, done.stderr, done.exception)
    return done.stdout


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    spec = importlib.util.spec_from_file_location("bundles_made", ROOT / "tests" / "collect" / "bundles_made.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for each in (ROOT / "examples" / "wholesale").iterdir():
            shutil.copy(each, "d.yaml" if each.suffix == ".yaml" else each.name)
        shutil.copy(ROOT / "examples" / "transcoding" / "deployment.yaml", "e.yaml")
        for name in ("host", "other"):
            parts = ("output host", f"name={name}.example"), ("output sysctl", "net.core.somaxconn = 128")
            settings = ("file -rw-r--r-- /etc/sysctl.d/99-x.conf", "net.core.somaxconn = 4096")
            text = made.bundle(*(made.section(*part) for part in (*parts, settings)))
            Path(f"{name}.bundle").write_text(text)
        Path("empty").mkdir()
        run(f"{SIMULATE} --cps 1 -o cdr")
        run(f"{SIMULATE} --cps 2 --seed 3 --damage all=5% -o bad")
        run("cdr profile cdr --format json -o profile.json")
        run("validate d.yaml --write-baseline known.json")
        yield


def keeps(name, text):
    document = json.loads(text)
    assert document.get("schema", "deployment") == name
    wrong = list(Draft202012Validator(bundle(name)).iter_errors(document))
    assert [(each.json_path, each.message[:200]) for each in wrong] == []


@pytest.mark.usefixtures("ground")
@pytest.mark.xdist_group("documents")
@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in WRITTEN.items() for line in lines])
def test_what_a_command_writes_keeps_its_published_schema(name, line):
    for text in run(line).splitlines() if line.endswith("jsonl") else [run(line)]:
        keeps(name, text)


@pytest.mark.usefixtures("ground")
@pytest.mark.xdist_group("documents")
@pytest.mark.parametrize(("name", "file"), list(FILES.items()))
def test_a_file_written_beside_it_keeps_its_schema(name, file):
    keeps(name, Path(file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda each: each.parent.name)
def test_the_sizing_of_every_example_keeps_its_schema(path):
    keeps("sizing-v1", CliRunner().invoke(app, ["size", str(path), "--format", "json"]).stdout)


def test_every_command_and_every_versioned_schema_is_covered():
    shown = {" ".join(line.split()[: 1 + line.startswith("cdr ")]) for lines in WRITTEN.values() for line in lines}
    assert {*COMMANDS, *(f"cdr {each}" for each in RECORDS)} - shown == SILENT
    assert {name for name in names() if name.endswith("-v1")} == {*WRITTEN, *FILES} - {"deployment"}


@pytest.mark.usefixtures("ground")
def test_what_no_schema_knows_is_refused():
    document = json.loads(run("rules --format json"))
    document["rules"][0]["wrong"] = 1
    assert list(Draft202012Validator(bundle("rules-v1")).iter_errors(document))
