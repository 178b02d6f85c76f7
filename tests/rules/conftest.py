"""What the tests of `plan validate` share: a folder to run in, and files to write there."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from planner.cli.validate import app

SITE = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return call


@pytest.fixture
def write(tmp_path):
    def file(name, text=SITE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    return file
