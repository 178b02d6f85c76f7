"""The examples `--help` shows can be pasted: each runs as it stands where the files it names are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import COMMANDS
from planner.cli.cdr import COMMANDS as RECORDS
from planner.cli.commands import load

ROOT = Path(__file__).resolve().parents[2]
EVERY = {name: place for name, (place, _) in COMMANDS.items() if name != "cdr"}
EVERY |= {f"cdr {name}": place for name, (place, _) in RECORDS.items()}
ELSEWHERE = {"lsp", "collect"}
"""Started by an editor; and what goes through ssh to a host: its own tests run it."""


def examples(name):
    text = load(EVERY[name], name.split()[-1]).epilog
    return [line.removeprefix("Example: ").strip() for line in text.splitlines() if "plan " in line]


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Return a folder with the files examples name, and a path on which `plan` is this checkout's."""
    top = tmp_path_factory.mktemp("pasted")
    folder, programs = top / "work", top / "bin"
    shutil.copytree(ROOT / "examples", folder / "examples")
    programs.mkdir()
    (programs / "plan").write_text(f'#!/bin/sh\nexec {sys.executable} -m planner "$@"\n')
    (programs / "plan").chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    for name in ("today", "next-year", "site", "deployment"):
        shutil.copy(ROOT / "examples" / "starter" / "deployment.yaml", folder / f"{name}.yaml")
    for name, seed in (("records", 1), ("cdr", 2), ("last-month", 3), ("this-month", 4)):
        paste(f"plan cdr simulate --cps 2 --hours 0.2 --seed {seed} -o {name}", folder, env)
    for name in ("profile", "last-month"):
        paste(f"plan cdr profile records --format json -o {name}.json", folder, env)
    (folder / ".local/share/bash-completion/completions").mkdir(parents=True)
    return folder, env


def paste(command, folder, env):
    # The folder of a server, its database, and a file to begin with, are the only parts that are not as they stand.
    command = command.replace("/home/vos3000/cdr", "records").replace("init -o", "init --force -o")
    command = command.replace("mysql://loader@192.0.2.10/billing", "duckdb:///made.duckdb")
    command += " --once" if command.startswith("plan cdr watch") else ""
    command = command.replace("--hours 1 ", "--hours 0.02 ")
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
    assert "Traceback" not in done.stderr


@pytest.mark.xdist_group("examples")
@pytest.mark.parametrize("name", sorted(set(EVERY) - ELSEWHERE))
def test_an_example_of_the_help_works_as_it_is_pasted(name, ground):
    shown = examples(name)
    assert shown
    for command in shown:
        paste(command, *ground)
