"""Where users are: the hook in a scratch repository, the action's steps in a shell, the files by their schemas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WRONG = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"


@pytest.fixture
def bin_folder(tmp_path):
    """Return a folder whose `plan` is this checkout's."""
    folder = tmp_path / "plan" / "bin"
    folder.mkdir(parents=True)
    (folder / "plan").write_text(f'#!/bin/sh\nexec {sys.executable} -m planner "$@"\n')
    (folder / "plan").chmod(0o755)
    return folder


@pytest.mark.parametrize(("text", "status"), [(WRONG, "1"), ("site: {name: x}\n", "0"), ("traffic: [", "3")])
@pytest.mark.usefixtures("bin_folder")
def test_the_steps_of_the_action(tmp_path, text, status):
    steps = {each["name"]: each for each in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]}
    (tmp_path / "site.yaml").write_text(text)
    env = {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "PYTHONPATH": str(ROOT)}
    env |= {"GITHUB_OUTPUT": str(tmp_path / "output"), "PATHS": "site.yaml", "ARGUMENTS": "", "SARIF": "plan.sarif"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    path = {"PATH": os.environ["PATH"]}
    done = subprocess.run([*command, steps["Check"]["run"]], cwd=tmp_path, env={**path, **env}, check=False)
    assert done.returncode == 0
    assert (tmp_path / "output").read_text() == f"status={status}\n"
    assert (tmp_path / "summary.md").read_text().startswith("## plan validate")
    assert json.loads((tmp_path / "plan.sarif").read_text())["version"] == "2.1.0"
    last = subprocess.run([*command, steps["Fail where plan did"]["run"]], env={**path, "STATUS": status}, check=False)
    assert last.returncode == int(status)


def test_the_hook_passes_over_what_holds_no_settings(tmp_path, bin_folder):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    (tmp_path / "site.yaml").write_text(WRONG)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = hook["entry"].split()
    for files, code in ((["compose.yaml"], 0), (["compose.yaml", "site.yaml"], 1)):
        assert subprocess.run([*command, *files], cwd=tmp_path, env=env, check=False).returncode == code


def test_pre_commit_runs_the_hook(tmp_path, bin_folder, require):
    pytest.importorskip("pre_commit", reason="pre-commit is not installed; install it with: pip install pre-commit")
    git = require("git")
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "site.yaml").write_text(WRONG)
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    # The hook as it is, but for the environment: building one needs an index of packages.
    local = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (tmp_path / "repository" / ".pre-commit-config.yaml").write_text(json.dumps(local))
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    env |= {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    run = {"cwd": tmp_path / "repository", "env": env, "capture_output": True, "text": True}
    subprocess.run([git, "init", "-q"], check=False, **run)
    subprocess.run([git, "add", "-A"], check=False, **run)
    done = subprocess.run([sys.executable, "-m", "pre_commit", "run", "--all-files"], check=False, **run)
    assert done.returncode == 1
    assert "out-of-range" in done.stdout


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-workflows", ".github/workflows/release.yml"),
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", ".ci/gitlab-template.yml"),
    ],
)
def test_files_for_others_keep_their_schemas(schema, name):
    pytest.importorskip("check_jsonschema", reason="install it with: pip install check-jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
