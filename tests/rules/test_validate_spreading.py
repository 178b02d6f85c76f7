"""Many files: spread over processes in small stretches, in their order, with progress on a terminal."""

from __future__ import annotations

import multiprocessing
import os
import pty
import subprocess
import sys
import threading

import pytest

from planner.cdr import processes
from planner.cli import spreading
from planner.output.findings import render
from planner.rules.discovery import targets
from planner.rules.policy import Policy
from planner.rules.validation import gather, validate

TEXTS = (
    "softswitch:\n  SS_MAX_CALL_DURATION: 0\n",
    "traffic:\n  cps: many\n",
    "a: [",
    "traffic:\n  cps: 100\nserver:\n  cpu_cores: 2\n",
    "sysctl:\n  file: settings.conf\n",
)
SETTINGS = "net.ipv4.tcp_tw_recycle = 1\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    for number in range(30):
        (tmp_path / "site" / f"{number:02}.yaml").write_text(TEXTS[number % len(TEXTS)])
    (tmp_path / "site" / "settings.conf").write_text(SETTINGS)
    return "site"


@pytest.mark.parametrize("stretch", [1, 4, 100])
def test_stretches_of_several_processes_find_what_one_finds(folder, monkeypatch, stretch):
    chosen, alone = list(targets([folder])), validate(folder)
    monkeypatch.setattr(spreading, "WORTH_A_PROCESS", 4)
    monkeypatch.setattr(spreading, "STRETCH", stretch)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    found = gather(spreading.parts(chosen, Policy()))
    assert found == alone
    assert render(found, verbose=True) == render(alone, verbose=True)


def test_processes_that_cannot_be_forked_find_the_same(folder, monkeypatch):
    chosen, alone = list(targets([folder])), validate(folder)
    monkeypatch.setattr(spreading, "WORTH_A_PROCESS", 4)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert gather(spreading.parts(chosen, Policy())) == alone


def test_one_core_that_may_be_used_is_not_shared(folder, monkeypatch):
    chosen, alone = list(targets([folder])), validate(folder)
    monkeypatch.setattr(spreading, "WORTH_A_PROCESS", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1}, raising=False)
    monkeypatch.setattr(spreading, "_spread", None)
    assert gather(spreading.parts(chosen, Policy())) == alone


def test_a_process_that_is_killed_ends_the_run_with_a_word(folder):
    work = spreading.Work(list(targets([folder])), Policy(), None)
    with spreading._processes(work, 2, forks=False) as links:
        multiprocessing.active_children()[0].kill()
        with pytest.raises(RuntimeError, match="ended from outside"):
            list(spreading._shared_out(links, [range(4), range(4, 8), range(8, 12)]))
    assert multiprocessing.active_children() == []


def test_a_file_another_one_refers_to_is_told_once(folder):
    found = gather(spreading.parts(list(targets([folder])), Policy()))
    assert sum(each.rule == "tw-recycle-behind-nat" for each in found.findings) == 1


def run(folder, patience, stderr):
    code = (
        "import sys; from planner.cli import run, console\n"
        f"console.PATIENCE, sys.argv = {patience}, ['plan', 'validate', {folder!r}]\nrun()"
    )
    env = {**os.environ, "TERM": "xterm"}
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=stderr, check=False, env=env)


def test_a_long_run_shows_progress_on_a_terminal(folder):
    mine, theirs = pty.openpty()
    try:
        done = run(folder, 0, theirs)
        os.close(theirs)
        shown = os.read(mine, 65536).decode()
    finally:
        os.close(mine)
    assert "validating" in shown
    assert b"validating" not in done.stdout
    assert done.stdout == run(folder, 0, subprocess.PIPE).stdout


def test_a_short_run_and_one_without_a_terminal_show_none(folder):
    mine, theirs = pty.openpty()
    run(folder, 3600, theirs)
    os.set_blocking(mine, False)
    with pytest.raises(BlockingIOError):
        os.read(mine, 1)
    os.close(theirs)
    os.close(mine)
    assert run(folder, 0, subprocess.PIPE).stderr == b""
