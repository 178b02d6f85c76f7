"""The README cannot rot: its commands run, its help text is the real one, its library example works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.partition("#")[0].strip()
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.startswith(("plan ", "sh "))
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the examples, as a newcomer's clone does."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def plan(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    arguments = shlex.split(command)[1:]
    program = ["sh", "-c", command] if command.startswith("sh ") else [sys.executable, "-m", "planner", *arguments]
    return subprocess.run(
        program,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "80", "HOME": str(cwd)},
    )


@pytest.mark.xdist_group("readme")
def test_the_commands_run_in_the_order_they_are_shown(checkout: Path) -> None:
    assert len(COMMANDS) > 10
    for command in COMMANDS:
        finished = plan(command, checkout)
        assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"


def test_the_help_text_is_the_real_one(tmp_path: Path) -> None:
    assert plan("plan --help", tmp_path).stdout.strip() in README


def test_the_library_example_works(checkout: Path) -> None:
    (code,) = (block for language, block in BLOCKS if language == "python")
    finished = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


def test_the_deployment_file_is_a_valid_one(tmp_path: Path) -> None:
    (text,) = (block for language, block in BLOCKS if language == "yaml")
    (tmp_path / "deployment.yaml").write_text(text)
    finished = plan("plan validate deployment.yaml", tmp_path)
    assert finished.returncode == 0, finished.stdout + finished.stderr
