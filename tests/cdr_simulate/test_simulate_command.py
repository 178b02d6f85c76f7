"""`plan cdr simulate` as users run it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from typer.testing import CliRunner

from planner.catalogue.data import SCHEMAS
from planner.cli.cdr.simulate import app

SMALL = ["--cps", "2", "--hours", "0.2", "--processes", "1"]


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_truth_is_valid_against_its_schema(tmp_path):
    result = run(*SMALL, "--damage", "all=5%,stop_before_start=2%", "--codec", "g729=70,g711=30", "-o", tmp_path / "a")
    assert result.exit_code == 0, result.stderr
    truth = json.loads((tmp_path / "a" / "truth.json").read_text())
    schema = json.loads((SCHEMAS / "truth-v1.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(truth, schema)
    assert truth["workload"]["traffic"]["cps"] == 2


def test_an_archive_without_a_single_call_is_still_told_truly(tmp_path):
    result = run("--cps", "0.0001", "--hours", "0.01", "-o", tmp_path / "a")
    assert result.exit_code == 0, result.stderr
    truth = json.loads((tmp_path / "a" / "truth.json").read_text())
    jsonschema.validate(truth, json.loads((SCHEMAS / "truth-v1.schema.json").read_text()))
    assert (truth["lines"], truth["asr"], truth["files"]) == (0, None, [])


def test_the_summary_is_data_on_stdout(tmp_path):
    result = run(*SMALL, "--format", "json", "-o", tmp_path / "a")
    summary = json.loads(result.stdout)
    assert summary["lines"] == summary["records"]
    assert "synthetic" in result.stderr
    assert "records" in run(*SMALL, "-o", tmp_path / "b").stdout


def test_a_folder_with_files_is_left_alone_unless_forced(tmp_path):
    (tmp_path / "2026042600.txt").write_text("mine")
    refused = run(*SMALL, "-o", tmp_path)
    assert (refused.exit_code, (tmp_path / "2026042600.txt").read_text()) == (2, "mine")
    assert "--force" in refused.stderr
    assert run(*SMALL, "--force", "-o", tmp_path).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--asr", "140%"], "--asr"),
        (["--damage", "holes=1%"], "holes"),
        (["--gateway-ids", "letters"], "--gateway-ids"),
        (["--format", "xml"], "--format"),
        (["--processes", "-2"], "--processes"),
        (["--interval", "7m"], "interval"),
    ],
)
def test_wrong_options_are_named(tmp_path, arguments, named):
    result = run(*SMALL, *arguments, "-o", tmp_path / "a")
    assert result.exit_code == 2
    assert named in result.stderr
    assert not (tmp_path / "a").exists()


def test_a_place_that_cannot_be_written_is_an_error_without_a_traceback(tmp_path):
    (tmp_path / "file").write_text("")
    inside = run(*SMALL, "-o", tmp_path / "file" / "folder")
    assert inside.exit_code == 2
    assert run(*SMALL, "-o", tmp_path / "file").exit_code == 2


def test_no_part_of_a_file_is_left_when_writing_fails(tmp_path, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.cdr.simulation.writer.FileWriter._end", broken)
    result = run(*SMALL, "-o", tmp_path / "a")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert list((tmp_path / "a").iterdir()) == []
