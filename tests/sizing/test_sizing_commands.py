"""The commands over the model: formats, exit codes, messages, whole files, and what they do not import."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from planner import Deployment, size
from planner.catalogue.data import SCHEMAS
from planner.cli import app
from planner.output.sizing import render_text
from planner.sizing.comparison import compare

ROOT = Path(__file__).resolve().parent.parent.parent
WHOLESALE = str(ROOT / "examples" / "wholesale" / "deployment.yaml")
SIZE = ("size", "--cps", "100", "--codec", "g729")
runner = CliRunner()


def plan(*arguments, **options):
    return runner.invoke(app, [*map(str, arguments)], **options)


def sizing(*arguments):
    finished = plan(*arguments, "--format", "json")
    assert finished.exit_code == 0, finished.output
    return json.loads(finished.stdout)


def test_the_json_is_valid_and_has_what_scripts_rely_on():
    document = sizing(*SIZE, "--record-nonconnect", "--interval", 3600, "--max-files", 2048)
    schema = json.loads((SCHEMAS / "sizing-v1.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    values = {name: figure["value"] for name, figure in document["figures"].items()}
    assert values["cdr.lines_per_hour"] == 360_000
    assert values["cdr.retained_bytes"] == 221_184_000_000
    assert type(values["cdr.retained_bytes"]) is int
    assert values["traffic.offered_erlangs"] == 3000
    assert document["hardware"]["tier"] == "enterprise"
    named = [item["name"] for item in document["assumptions"]]
    assert named[:3] == ["traffic.asr", "traffic.acd", "traffic.setup_time"]
    assert document["assumptions"][0]["replace"] == "--asr"


def test_flags_alone_give_the_same_values():
    bare, stated = (sizing(*SIZE), sizing(*SIZE, "--record-nonconnect", "--interval", 3600, "--max-files", 2048))
    for name in ("cdr.lines_per_hour", "cdr.bytes_per_day", "cdr.retained_bytes", "cdr.retention_seconds"):
        assert bare["figures"][name]["value"] == stated["figures"][name]["value"]


def test_the_text_begins_with_the_verdict_and_says_what_to_pass():
    lines = plan(*SIZE).stdout.splitlines()
    assert lines[0] == "Plan: 1 x (16 cores, 32 GB RAM, 1 TB SSD, 1 Gbit/s, Enterprise) + 1 spare = 2"
    assert lines[1].startswith("It suffices: typically, and in ")
    assert any(
        line.startswith("Needs: 3,110 calls at once; 187 Mbit/s each way (203 Mbit/s with RTCP") for line in lines[:10]
    )
    assert "flat day" in " ".join(lines[:10])
    narrow = render_text(
        size(Deployment.from_mapping({"traffic": {"cps": 100, "codecs": "g729"}})), width=80
    ).splitlines()
    assert narrow[9:11] == ["Pass your own, or measure them: plan cdr profile, --profile FILE.", ""]
    assert any("cdr.retained_bytes" in line and "221 GB" in line for line in lines)
    places = [next(i for i, line in enumerate(lines) if flag in line) for flag in ("--asr", "--acd", "--setup-time")]
    assert places == sorted(places)
    assert "\x1b" not in "".join(lines)


def test_narrow_terminals_lose_names_not_numbers():
    found = size(Deployment().override({"traffic.cps": 100}))
    text = render_text(found, width=80)
    assert "221 GB" in text
    assert "cdr.retained_bytes" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_markdown_and_csv():
    assert "| Media, each direction |" in plan(*SIZE, "--format", "markdown").stdout
    rows = list(csv.DictReader(io.StringIO(plan(*SIZE, "--format", "csv").stdout)))
    assert {row["figure"]: row["value"] for row in rows}["cdr.retained_bytes"] == "221184000000"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--asr", "140%"), "--asr"),
        (("--acd", "-5"), "1 to 86400"),
        (("--codec", "g729=0"), "add up to 0"),
        (("--cps", "nan"), "--cps"),
        (("--concurrent-calls", "100000"), "contradict"),
        (("--interval", "30"), "60 to 86400"),
        (("--media", "maybe"), "with or without"),
        (("--assume", "cdr.line_bytes"), "NAME=VALUE"),
        (("--assume", "cdr.line_byte=3"), "cdr.line_bytes"),
        (("--format", "xml"), "markdown"),
        (("--no-such-option",), "No such option"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(options, said):
    finished = plan(*SIZE, *options)
    assert finished.exit_code == 2
    assert said in finished.stderr
    assert not finished.stdout


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("traffic: {cps: 10\n", 3, "deployment.yaml:"),
        ("traffic: {cps: 10, asr: 140%}\n", 1, "deployment.yaml:1:"),
        ("traffic: {cps: 30, sources: 500}\n", 1, "900 calls at once of 500 callers"),
        ("traffic: {cps: 70, concurrent_calls: 300}\n", 1, "300 calls contradict traffic.cps 70"),
        ("traffic: {asr: 40%}\n", 2, "the load is not stated"),
    ],
)
def test_files_that_cannot_be_sized(tmp_path, text, code, said):
    path = tmp_path / "deployment.yaml"
    path.write_text(text)
    finished = plan("size", path)
    assert finished.exit_code == code, finished.output
    assert said in finished.stderr
    if code == 1:
        # One file has one code, whichever command reads it; what options make impossible is wrong usage.
        others = (("validate", path), ("tune", path), ("report", path, "-o", tmp_path / "x.html"))
        assert {plan(*other).exit_code for other in others} == {1}
        good = tmp_path / "good.yaml"
        good.write_text("traffic: {cps: 10}\n")
        assert plan("size", good, "--asr", "140%").exit_code == 2


def test_a_missing_file_ends_with_3(tmp_path):
    assert plan("size", tmp_path / "absent.yaml").exit_code == 3
    assert plan("size", "--cps", 1, "--profile", tmp_path / "absent.json").exit_code == 3


def test_options_override_the_file_and_replace_its_load(tmp_path):
    path = tmp_path / "site.yaml"
    path.write_text("traffic: {cps: 10, asr: 50%}\nretention: {database_days: 10}\n")
    document = sizing("size", path, "--concurrent-calls", 1000, "--asr", "30%")
    assert document["inputs"]["traffic.concurrent_calls"] == 1000
    assert document["inputs"]["traffic.asr"] == 0.3
    assert "traffic.cps" not in document["inputs"]
    assert document["inputs"]["retention.database_days"] == 10


def test_a_deployment_from_standard_input():
    finished = plan("size", "-", "--format", "json", input="traffic: {cps: 100}\n")
    assert finished.exit_code == 0, finished.output
    assert json.loads(finished.stdout)["figures"]["traffic.cps"]["value"] == 100


def test_output_is_whole_or_not_there(tmp_path):
    target = tmp_path / "sizing.json"
    target.write_text("old")
    assert plan(*SIZE, "--asr", "2", "--format", "json", "-o", target).exit_code == 2
    assert target.read_text() == "old"
    assert plan(*SIZE, "--format", "json", "-o", target).exit_code == 0
    assert json.loads(target.read_text())["schema"] == "sizing-v1"
    assert [path.name for path in tmp_path.iterdir()] == ["sizing.json"]


def test_compare_shows_differences_first(tmp_path):
    small, large = tmp_path / "small.json", tmp_path / "large.json"
    plan(*SIZE, "--format", "json", "-o", small)
    plan("size", "--cps", "400", "--codec", "g729", "--format", "json", "-o", large)
    lines = plan("compare", small, large).stdout.splitlines()
    assert "small.json" in lines[0]
    assert any("4x" in line and "cdr.bytes_per_day" in line for line in lines)
    document = json.loads(plan("compare", small, large, WHOLESALE, "--format", "json", "--all").stdout)
    differs = [row["differs"] for row in document["differences"]]
    assert differs == sorted(differs, reverse=True)
    assert all(len(row["values"]) == 3 for row in document["differences"])
    assert "no difference" in plan("compare", small, small).stdout
    assert plan("compare", small).exit_code == 2
    assert plan("compare", small, tmp_path / "absent.json").exit_code == 3


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_compare_shows_switches_as_they_are_declared(tmp_path, form):
    for name, dr in (("a", "Off"), ("b", "On")):
        (tmp_path / f"{name}.yaml").write_text(f"traffic: {{cps: 50, codecs: g729}}\ntopology: {{dr: {dr}}}\n")
    said = plan("compare", tmp_path / "a.yaml", tmp_path / "b.yaml", "--format", form).stdout
    (row,) = (line for line in said.splitlines() if "hardware.dr" in line)
    assert re.search(r"\bOff\b.*\bOn\b", row)
    assert not re.search(r"\b(True|False|None)\b", said)


def test_shares_next_to_nothing_are_no_difference():
    """Attempts blocked, 1e-14 of them and 1e-108, led a comparison of 150 with 240 attempts a second."""
    small, large = (size(Deployment.from_mapping({"traffic": {"cps": cps, "codecs": "g729"}})) for cps in (150, 240))
    blocked = next(row for row in compare([small, large]) if row.name == "failure.blocking")
    assert 0 < max(blocked.values) < 1e-12
    assert not blocked.differs


def test_compare_reads_a_saved_report(tmp_path):
    page = tmp_path / "report.html"
    assert plan("report", "--cps", "100", "--codec", "g729", "-o", page).exit_code == 0
    finished = plan("compare", page, WHOLESALE)
    assert finished.exit_code == 0, finished.output
    assert "traffic.cps" in finished.stdout


def test_explain_derives_a_figure_down_to_sources():
    text = plan("explain", "cdr.retained_bytes", WHOLESALE).stdout
    assert "cdr.lines_per_second * cdr.line_bytes" in text
    assert "VOS3000 CDR file rotation guide" in text
    tree = json.loads(plan("explain", "cdr.retained_bytes", WHOLESALE, "--format", "json").stdout)["derivation"]
    assert tree["name"] == "cdr.retained_bytes"
    assert tree["inputs"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hardware.servers", "Servers for the load"),
        ("cdr.line_bytes", "200 B, 300 B, 350 B"),
        ("G.729A", "30 kbit/s"),
        ("professional", "1,500"),
        ("SS_MAXCPS", "softswitch.SS_MAXCPS"),
        ("rotation-without-interval", "# rotation-without-interval"),
        ("figures", "cdr.retained_bytes"),
        ("assumptions", "traffic.asr"),
        ("codecs", "opus-wb"),
        ("tiers", "carrier"),
    ],
)
def test_everything_that_has_a_name_is_explained(name, said):
    for form in ("text", "markdown", "json"):
        finished = plan("explain", name, "--format", form)
        assert finished.exit_code == 0, finished.output
        assert said in finished.stdout or form == "json"


def test_an_unknown_name_is_met_with_close_ones():
    finished = plan("explain", "cdr.retaind_bytes")
    assert finished.exit_code == 2
    assert "cdr.retained_bytes" in finished.stderr


def test_sweep_streams_every_combination(tmp_path):
    finished = plan(
        "sweep", WHOLESALE, "--vary", "traffic.cps=50:500:50", "--vary", "traffic.codecs=g711,g729=70+g711=30"
    )
    assert finished.exit_code == 0, finished.output
    rows = list(csv.DictReader(io.StringIO(finished.stdout)))
    assert len(rows) == 20
    assert {row["traffic.codecs"] for row in rows} == {"g711", "g729=70+g711=30"}
    assert rows[0]["hardware.tier"] in {"starter", "professional", "enterprise", "carrier"}
    target = tmp_path / "grid.json"
    assert plan("sweep", "--vary", "traffic.cps=1,2", "--ranges", "-o", target).exit_code == 0
    scenarios = json.loads(target.read_text())["scenarios"]
    assert [row["traffic.cps"] for row in scenarios] == [1, 2]
    assert scenarios[0]["hardware.disk_bytes.low"] < scenarios[0]["hardware.disk_bytes.high"]


def test_sweep_writes_parquet(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install 'vos3000-plan[parquet]'")
    target = tmp_path / "grid.parquet"
    assert (
        plan("sweep", "--vary", "traffic.cps=1:100:1", "--vary", "traffic.acd=30s:90s:30s", "-o", target).exit_code == 0
    )
    table = parquet.read_table(target)
    assert table.num_rows == 300
    assert "hardware.tier" in table.column_names


@pytest.mark.parametrize(
    "values",
    [
        "traffic.cpss=1",
        "traffic.cps=",
        "traffic.cps=1:2:0",
        "traffic.cps=2:1:1",
        "traffic.cps=1:nan:1",
        "traffic.asr=140%",
    ],
)
def test_sweep_refuses_what_is_no_axis(values):
    finished = plan("sweep", "--cps", "10", "--vary", values)
    assert finished.exit_code == 2
    assert finished.stderr


def test_sizing_imports_nothing_it_does_not_use():
    script = (
        "import atexit, sys\n"
        f"sys.argv = ['plan', *{SIZE!r}]\n"
        "from planner.__main__ import main\n"
        "held = lambda: {name.partition('.')[0] for name in sys.modules}\n"
        "atexit.register(lambda: print(*held(), file=sys.stderr))\n"
        "main()\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(finished.stderr.split())
    assert not loaded & {"numpy", "plotly", "jsonschema", "jinja2", "yaml", "rich", "pyarrow"}


def test_sweep_draws_a_heat_map_of_one_file(tmp_path):
    target = tmp_path / "grid.html"
    axes = ("--vary", "traffic.codecs=g711,g729", "--vary", "traffic.acd=30s:90s:30s", "--vary", "traffic.cps=50,100")
    assert (
        plan("sweep", *axes, "--figure", "hardware.disk_bytes", "--figure", "hardware.tier", "-o", target).exit_code
        == 0
    )
    text = target.read_text()
    # Which servers are needed by calls' length and rate, the disk by rate: what moves neither is left out.
    assert text.count("<table") == 2
    assert all(said in text for said in ("Professional", "Enterprise", "296 GB", "543 GB"))
    assert "http://" not in text
    assert plan("sweep", "--vary", "traffic.cps=1:30000:1", "--format", "html").exit_code == 2


@pytest.mark.parametrize(
    ("setting", "said"),
    [("SS_NO_MEDIA_HANGUP: 30", "settings are warned of (1)"), ("SS_MAXCPS: many", "settings are in error (1)")],
)
def test_what_fails_a_size_is_called_what_it_is(setting, said, tmp_path):
    site = tmp_path / "site.yaml"
    site.write_text(f"traffic: {{cps: 9}}\nserver: {{media: without}}\nsoftswitch: {{{setting}}}\n")
    finished = plan("size", site, "--fail-on", "warning")
    assert finished.exit_code == 1
    assert said in finished.stderr
