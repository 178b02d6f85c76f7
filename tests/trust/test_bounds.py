"""What odd input costs: bounded, linear, and never a run that does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest
from programs import ENVIRONMENT, PLAN, inside, plan
from waiting import unhurried


@pytest.mark.parametrize("attempt", range(4))
def test_an_export_whose_reader_leaves_ends(attempt, archive):
    process = subprocess.Popen(
        [*PLAN, "cdr", "export", str(archive), "--format", "csv", "-o", "-", "--processes", "2"],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    process.stdout.read(1 + attempt * 50_000)
    process.stdout.close()
    process.stdout = None
    try:
        _, said = process.communicate(timeout=unhurried(30))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 141
    assert b"Traceback" not in said


def seconds(action):
    begun = time.process_time()
    action()
    return time.process_time() - begun


def test_empty_lines_cost_what_others_do(tmp_path):
    def check(lines):
        (tmp_path / "2030010100.txt").write_bytes(b"\n" * lines)
        return seconds(lambda: inside("cdr", "check", "2030010100.txt", "--processes", "1", cwd=tmp_path))

    check(1000)
    assert check(2_000_000) < 20


def test_unknown_names_cost_linearly(tmp_path):
    def validate(count):
        lines = "".join(f"  cps{number}x: 1\n" for number in range(count))
        (tmp_path / "d.yaml").write_text(f"traffic:\n  cps: 9\n{lines}")
        return seconds(lambda: inside("validate", "d.yaml", cwd=tmp_path))

    validate(100)
    few, many = validate(2_000), validate(16_000)
    assert many < 16 * few + 2


def test_many_deployments_are_validated_together(tmp_path):
    for number in range(1500):
        (tmp_path / f"{number}.yaml").write_text("traffic: {cps: 9, nonsense: 1}\n")
    run = plan("validate", ".", "--format", "json", cwd=tmp_path, timeout=120)
    assert run.code == 1
    assert run.out.count(b'"unknown-parameter"') >= 1500
