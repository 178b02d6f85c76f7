"""Processes that share the work: results in order, and no one left behind after an interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from planner.cdr.processes import in_order, process_pool

PLAN = [sys.executable, "-m", "planner", "cdr"]


def test_results_come_in_the_order_of_their_items():
    with process_pool(2) as pool:
        assert list(in_order(pool, hex, range(40), 4)) == [hex(number) for number in range(40)]


def sleep_and_fail():
    with process_pool(1) as pool:
        pool.submit(time.sleep, 600)
        raise KeyError


def test_an_error_ends_the_processes_at_once():
    begun = time.monotonic()
    with pytest.raises(KeyError):
        sleep_and_fail()
    assert time.monotonic() - begun < 60


def children_of(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False)
    return listed.stdout.split()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("interrupted") / "archive"
    subprocess.run([*PLAN, "simulate", "--cps", "60", "--hours", "2", "-o", folder], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["profile", "--processes", "2", "--format", "json", "-o"],
        ["export", "--processes", "2", "--format", "csv", "-o"],
        ["simulate", "--processes", "2", "--cps", "300", "--hours", "12", "-o"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_interrupt_ends_every_process_and_leaves_nothing(tmp_path, archive, arguments, ends):
    paths = [] if arguments[0] == "simulate" else [archive]
    command = [*PLAN, arguments[0], *paths, *arguments[1:], tmp_path / "result"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        until = time.monotonic() + 30
        while len(children_of(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        # As a terminal does: to all of them, at a time when some have only just begun.
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert ends(process.pid)
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == []
