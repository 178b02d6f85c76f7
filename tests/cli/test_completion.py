"""`plan completion`: the names a shell offers, asked for by the shells themselves."""

from __future__ import annotations

import subprocess
import sys

import pytest

from planner.cdr.export.rows import export_data
from planner.cli.cdr.export import Layout
from planner.cli.choices import Lang
from planner.cli.completion import Shell, candidates
from planner.report.language import available

CASES = [
    ("si", ["size"]),
    ("cdr pro", ["profile"]),
    ("size --me", ["--media"]),
    ("size --media wi", ["with", "without"]),
    ("size --codec silk-", ["silk-nb"]),
    ("size --codec g729,silk-", ["g729,silk-nb"]),
    ("validate --fail-on w", ["warning"]),
    ("validate --format=sa", ["--format=sarif"]),
    ("validate --select out-of", ["out-of-range"]),
    ("validate --severity out-of", ["out-of-range="]),
    ("explain SERVER_CDR_FILE_WRITE_I", ["SERVER_CDR_FILE_WRITE_INTERVAL"]),
    ("explain cdr.retained", ["cdr.retained_bytes"]),
    ("schema dep", ["deployment"]),
    ("params --section soft", ["softswitch"]),
    ("sweep x --vary traffic.cp", ["traffic.cps="]),
    ("report --lang z", ["zh"]),
    ("size --format ma", ["markdown"]),
    ("sweep --format p", ["parquet"]),
    ("tune --only sysctl,al", ["sysctl,alerts"]),
    ("cdr compare a b --format h", ["html"]),
    ("cdr export x --layout e", ["external"]),
    ("cdr simulate --compress z", ["zst"]),
    ("compare examp", []),
    ("nonsense --x", []),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_what_may_come(words, expected):
    assert candidates(words.split()) == expected


def test_choices_are_all_there_are():
    assert {each.value for each in Lang} == set(available())
    assert {each.value for each in Layout} == set(export_data()["layouts"])


def test_nothing_typed_yet_lists_the_commands():
    assert {"size", "validate", "cdr", "lsp"} <= set(candidates([""]))


@pytest.fixture
def program(tmp_path):
    """Return an environment in which `plan` is this checkout's."""
    (tmp_path / "plan").write_text(f'#!/bin/sh\nexec {sys.executable} -m planner "$@"\n')
    (tmp_path / "plan").chmod(0o755)
    return {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}


ASK = {
    Shell.BASH: "source <(plan completion bash); COMP_WORDS=(plan validate --select out-of); COMP_CWORD=3; _plan;"
    ' printf "%s\\n" "${COMPREPLY[@]}"',
    Shell.ZSH: "compdef() { :; }; compadd() { print -l -- ${@[3,-1]}; }; source <(plan completion zsh);"
    " words=(plan validate --select out-of); CURRENT=4; _plan",
    Shell.FISH: "plan completion fish | source; complete -C 'plan validate --select out-of'",
}


@pytest.mark.parametrize("shell", Shell)
def test_the_shell_itself_completes(shell, require, program):
    done = subprocess.run([require(shell.value), "-c", ASK[shell]], env=program, capture_output=True, check=False)
    assert done.stdout.decode().split() == ["out-of-range"], done.stderr
