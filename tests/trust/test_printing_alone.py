"""A PDF is printed without a word to the network, and the browser ends with the run."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest
from programs import ENVIRONMENT, PLAN, alive, ended
from waiting import unhurried


@pytest.fixture
def browser(tmp_path):
    """A stand-in that notes how it was called, starts a process of its own and never ends."""
    place = tmp_path / "browser"
    place.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >arguments\nsleep 300 &\necho $! >child\nsleep 300\n')
    place.chmod(0o755)
    return place


def printing(tmp_path, browser):
    process = subprocess.Popen(
        [*PLAN, "report", "--cps", "9", "-o", "x.pdf"],
        cwd=tmp_path,
        env={**ENVIRONMENT, "PLAN_CHROMIUM": str(browser), "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    (tmp_path / "tmp").mkdir(exist_ok=True)
    until = time.monotonic() + 60
    while not (tmp_path / "child").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.2)
    return process


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_browser_ends_with_the_run_that_started_it(name, tmp_path, browser):
    process = printing(tmp_path, browser)
    number = getattr(signal, name)
    process.send_signal(number)
    run, took, _ = ended(process)
    assert (run.code, took < unhurried(2)) == (128 + number, True)
    assert len(run.lines) == 1
    assert not alive(int((tmp_path / "child").read_text()))
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not (tmp_path / "x.pdf").exists()


def test_the_browser_is_told_to_ask_nobody(tmp_path, browser):
    process = printing(tmp_path, browser)
    process.send_signal(signal.SIGTERM)
    ended(process)
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in (tmp_path / "arguments").read_text().splitlines()


def test_the_real_browser_looks_no_name_up(tmp_path, require):
    require("chromium")
    strace = require("strace")
    command = [
        strace,
        "-f",
        "-e",
        "trace=connect,sendto,sendmmsg,sendmsg",
        "-o",
        "calls",
        *PLAN,
        "report",
        "--cps",
        "9",
    ]
    ran = subprocess.run(
        [*command, "-o", "x.pdf"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    calls = (tmp_path / "calls").read_text(errors="replace")
    assert "htons(53)" not in calls
