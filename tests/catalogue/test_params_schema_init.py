from __future__ import annotations

import json
import stat
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from planner.catalogue.data import names
from planner.catalogue.parameter import parameters, sections, suggest
from planner.catalogue.reference import markdown
from planner.catalogue.releases import Version
from planner.cli.init import app as init_app
from planner.cli.params import app as params_app
from planner.cli.schema import app as schema_app
from planner.deployment.load import load

ROOT = Path(__file__).parents[2]


def run(app, *arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_parameter_reference_is_fresh():
    written = (ROOT / "docs/parameters.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: plan params --format markdown -o docs/parameters.md"


def test_params_lists_every_parameter_as_text():
    result = run(params_app)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [each.name for each in parameters()]
    interval = next(line for line in lines if "SERVER_CDR_FILE_WRITE_INTERVAL" in line)
    assert "60-86400 s" in interval
    assert "not set" in interval


def test_params_of_a_section_as_json():
    result = run(params_app, "--section", "softswitch", "--format", "json")
    listed = json.loads(result.stdout)
    assert listed["schema"] == "parameters-v1"
    by_name = {each["name"]: each for each in listed["parameters"]}
    assert len(by_name) == 98
    maximum = by_name["softswitch.SERVER_CDR_FILE_WRITE_MAX"]
    assert (maximum["minimum"], maximum["maximum"], maximum["default"]) == (10, 4096, 2048)
    assert maximum["sources"][0]["title"] == "VOS3000 CDR file rotation guide"
    assert maximum["where"].endswith("Server parameter")


def test_an_unknown_section_is_a_usage_error():
    result = run(params_app, "--section", "softswich")
    assert result.exit_code == 2
    assert "softswitch" in result.stderr


def test_schema_lists_prints_and_bundles(tmp_path):
    assert [line.split()[0] for line in run(schema_app).stdout.splitlines()] == list(names())
    assert set(json.loads(run(schema_app, "--format", "json").stdout)["schemas"]) == set(names())
    printed = run(schema_app, "traffic").stdout
    assert printed == (ROOT / "schemas/traffic.schema.json").read_text()
    target = tmp_path / "deployment.schema.json"
    assert run(schema_app, "deployment", "--bundle", "-o", target).exit_code == 0
    bundle = json.loads(target.read_text())
    jsonschema.Draft202012Validator.check_schema(bundle)
    assert set(sections()) <= set(bundle["$defs"])


@pytest.mark.parametrize("arguments", [["deploymnt"], ["--bundle"]])
def test_schema_refuses_what_it_cannot_print(arguments):
    result = run(schema_app, *arguments)
    assert result.exit_code == 2
    assert "deployment" in result.stderr


def test_the_starter_deployment_validates_cleanly(tmp_path):
    target = tmp_path / "deployment.yaml"
    assert run(init_app, "-o", target).exit_code == 0
    deployment = load(target)
    assert deployment.findings == ()
    assert deployment.value("traffic.cps") == 40
    assert target.read_text().count("#") > 20


def test_the_starter_deployment_uncommented_is_valid_too(tmp_path):
    target = tmp_path / "deployment.yaml"
    text = run(init_app).stdout
    body = text[text.index("site:") :]
    keys = [line.replace("  # ", "  ", 1) if line.startswith("  # ") else line for line in body.splitlines()]
    kept = [line for line in keys if not line.startswith("#")]
    target.write_text("\n".join(kept))
    rules = {each.rule for each in load(target).findings}
    assert rules <= {"contradictory-traffic", "peak-factor-without-minutes"}  # it says: with daily_minutes


def test_the_starter_deployment_as_json_says_the_same(tmp_path):
    (tmp_path / "a.json").write_text(run(init_app, "--format", "json").stdout)
    (tmp_path / "a.yaml").write_text(run(init_app).stdout)
    both = [load(tmp_path / name) for name in ("a.json", "a.yaml")]
    assert {k: v.value for k, v in both[0].values.items()} == {k: v.value for k, v in both[1].values.items()}


def test_init_keeps_an_existing_file_unless_forced(tmp_path):
    target = tmp_path / "deployment.yaml"
    target.write_text("mine")
    target.chmod(0o600)
    refused = run(init_app, "-o", target)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert target.read_text() == "mine"
    assert run(init_app, "-o", target, "--force").exit_code == 0
    assert target.read_text() != "mine"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("app", [params_app, schema_app, init_app])
def test_a_folder_that_does_not_exist_is_an_error_without_a_traceback(app, tmp_path):
    result = run(app, "-o", tmp_path / "nowhere" / "file")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


@pytest.mark.parametrize("app", [params_app, schema_app, init_app])
def test_help_gives_an_example(app):
    result = run(app, "--help")
    assert result.exit_code == 0
    assert "Example: plan" in result.stdout


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("softswitch.SERVER_CDR_FILE_WRITE_INTERVALL", "SERVER_CDR_FILE_WRITE_INTERVAL"),
        ("softswitch.ss_maxcps", "SS_MAXCPS"),
        ("traffic.asr_", "asr"),
        ("trafic.asr", "traffic"),
        ("server.storage.typ", "storage.type"),
        ("mysql.innodb-bufer-pool-size", "innodb_buffer_pool_size"),
    ],
)
def test_a_misspelled_name_is_recognised(wrong, right):
    assert suggest(wrong)[0] == right


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("server.disk", ("storage.size", "storage.type")),
        ("server.memory", ("ram",)),
        ("server.MySQL", ("mysql_version",)),
        ("traffic.growth", ("growth_per_month",)),
        ("traffic.pdd", ("ring_time", "setup_time")),
        ("softswitch.server", ()),
    ],
)
def test_what_people_call_a_parameter_leads_to_its_name(said, meant):
    assert suggest(said) == meant


def test_a_name_like_nothing_has_no_suggestion():
    assert suggest("softswitch." + "x" * 10_000) == ()


@pytest.mark.parametrize(
    ("text", "numbers", "mariadb"),
    [
        ("5.0.96-community", (5, 0, 96), False),
        ("mariadb-5.5.68", (5, 5, 68), True),
        ("10.11.6", (10, 11, 6), True),
        ("8.4", (8, 4), False),
        ("2.1.9.07", (2, 1, 9, 7), False),
    ],
)
def test_versions_are_read(text, numbers, mariadb):
    assert Version.read(text) == Version(numbers, mariadb)


def test_versions_compare_by_numbers():
    read = [Version.read(text) for text in ("5.0.96", "5.1", "5.1.15", "5.10", "8.0.3", "8.0.30")]
    assert sorted(read) == read
    assert Version((8, 0)).reaches("8.0.0")
    assert not Version((8, 0, 2)).reaches("8.0.3")
    assert Version.read("no version") is None
