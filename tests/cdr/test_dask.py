"""Dask workers, started here or found through a scheduler, give the local engine's bytes."""

from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import time

import pytest

PLAN = [sys.executable, "-m", "planner", "cdr", "profile"]
pytestmark = pytest.mark.usefixtures("watched")
INSTALL = "install it with: pip install 'dask[distributed]'"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dask") / "archive"
    command = [*PLAN[:-1], "simulate", "--cps", "3", "--hours", "3", "--seed", "5", "--damage", "all=0.5%"]
    subprocess.run([*command, "-o", str(folder)], check=True, capture_output=True)
    first, second, *_ = sorted(folder.glob("*.txt"))
    os.link(first, folder / "hard.txt")
    (folder / f"{second.name}.gz").write_bytes(gzip.compress(second.read_bytes()))
    (folder / "again").mkdir()
    (folder / "again" / first.name).symlink_to(second)
    return folder


def profile(archive, *options, code=0):
    run = subprocess.run([*PLAN, archive, "--format", "json", *options], capture_output=True, check=False, timeout=120)
    assert run.returncode == code, run.stderr.decode()
    assert b"Traceback" not in run.stderr
    return run.stdout if code == 0 else run.stderr.decode()


def test_processes_started_by_dask_give_the_same_bytes(archive):
    pytest.importorskip("dask", reason=f"dask is not installed; {INSTALL}")
    assert profile(archive, "--engine", "dask") == profile(archive)


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler with two worker processes, ended by their process ids."""
    pytest.importorskip("distributed", reason=f"distributed is not installed; {INSTALL}")
    processes = []

    def start(*arguments):
        log = tmp_path / f"{len(processes)}.log"
        with log.open("wb") as output:
            command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
            processes.append(subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=tmp_path))
        return log

    log = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = wait_for(log, r"(tcp://127\.0\.0\.1:\d+)")
    for _ in range(2):
        wait_for(start("dask_worker", address, "--no-nanny", "--no-dashboard"), "(Registered to)")
    yield address
    for process in processes:
        process.kill()
        process.wait()


def wait_for(log, pattern, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"{log.name}: no {pattern}: {log.read_text(errors='replace')[-2000:]}")


def test_a_cluster_gives_the_same_bytes(archive, scheduler):
    assert profile(archive, "--engine", "dask", "--master", scheduler) == profile(archive)


def test_a_scheduler_that_is_not_there_is_named(monkeypatch):
    pytest.importorskip("distributed", reason=f"distributed is not installed; {INSTALL}")
    monkeypatch.setattr("planner.cdr.engine.dask.WAIT_S", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    from planner.cdr.engine.dask import EngineError, run_on_dask  # noqa: PLC0415  with the part that may be absent

    with pytest.raises(EngineError, match=re.escape(address)):
        list(run_on_dask([], address))


def test_a_cluster_without_its_library_is_a_clear_error(archive):
    pytest.importorskip("dask", reason=f"dask is not installed; {INSTALL}")
    hide = "import sys; sys.modules['distributed'] = None; from planner.__main__ import main; main()"
    command = [sys.executable, "-c", hide, "cdr", "profile", archive, "--engine", "dask"]
    run = subprocess.run([*command, "--master", "tcp://192.0.2.1:8786"], capture_output=True, check=False, timeout=60)
    assert run.returncode == 2
    assert b"dask[distributed]" in run.stderr
    assert b"Traceback" not in run.stderr
