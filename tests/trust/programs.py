"""Running the program the way a shell does, with what it said and how it ended."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from waiting import gone, unhurried

ROOT = Path(__file__).resolve().parents[2]
PLAN = (sys.executable, "-m", "planner")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "120"}


class Ended(NamedTuple):
    """How a run ended: its exit code, what it printed and what it said."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.strip().splitlines()


def plan(*arguments, cwd=None, given=None, env=None, timeout=60):
    """Run the program to its end; a run that takes longer than `timeout` fails the test."""
    ran = subprocess.run(
        [*PLAN, *map(str, arguments)],
        cwd=cwd,
        input=given if given is not None else b"",
        capture_output=True,
        check=False,
        env={**os.environ, **ENVIRONMENT, **(env or {})},
        timeout=timeout,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr.decode(errors="surrogateescape"))


def inside(*arguments, cwd):
    """Run the program in this process: the same way but for its start, and forty times as fast."""
    from planner.cli import app  # noqa: PLC0415  heavy
    from planner.cli.ending import concluded  # noqa: PLC0415  the same

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    words = list(map(str, arguments))
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = concluded(lambda: app(args=words, prog_name="plan", standalone_mode=False))
        for stream in (out, err):
            stream.flush()
    return Ended(code, out.buffer.getvalue(), err.buffer.getvalue().decode())


def shell(script, cwd=None, timeout=60):
    """Run a line of shell in which $PLAN is the program."""
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, **ENVIRONMENT, "PLAN": f"{sys.executable} -m planner"},
        timeout=timeout,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr.decode(errors="surrogateescape"))


def start(*arguments, cwd=None, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE):
    """Start the program in a process group of its own."""
    return subprocess.Popen(
        [*PLAN, *map(str, arguments)],
        cwd=cwd,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **ENVIRONMENT},
        start_new_session=True,
    )


def listens(process):
    """Wait until a run that was started listens to the signals that end it."""
    until = time.monotonic() + 30
    with contextlib.suppress(OSError):
        while process.poll() is None and time.monotonic() < until:
            status = Path(f"/proc/{process.pid}/status").read_text()
            if int(status.partition("SigCgt:")[2].split()[0], 16) & 1 << signal.SIGTERM - 1:
                return
            time.sleep(0.02)


def ended(process, within=2.0):
    """Return how a run ended that was told to end, and how long that took; it is killed where it did not."""
    begun = time.monotonic()
    try:
        out, err = process.communicate(timeout=240)
    finally:
        took = time.monotonic() - begun
        survivors = not gone(process.pid, unhurried(within))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return Ended(process.returncode, out or b"", err.decode()), took, survivors


def alive(pid):
    """Tell whether a process runs; one that ended and waits for its parent's notice does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
