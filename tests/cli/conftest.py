"""What tests of the program share: running it as a user does, as somebody who is not root."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from waiting import unhurried

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parent))

NOBODY = 65534


class Run(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


INTERPRETERS = (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}")


@cache
def interpreter() -> str | None:
    """Return a Python that an ordinary user may run with the packages of this one; None where there is none."""
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    for each in INTERPRETERS:
        command = [each, "-c", "import planner.cli.validating, yaml, jinja2"]
        with suppress(OSError):
            if not subprocess.run(command, user=NOBODY, cwd="/", env=env, check=False, capture_output=True).returncode:
                return each
    return None


def started(arguments: str, cwd: Path, user: int | None, **env: str) -> Run:
    """Run `plan ARGUMENTS`; what it writes is text, whatever bytes are in it."""
    path = {"PYTHONPATH": os.pathsep.join(sys.path)} if user else {}
    done = subprocess.run(
        [(user and interpreter()) or sys.executable, "-m", "planner", *shlex.split(arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=unhurried(60),
        check=False,
        stdin=subprocess.DEVNULL,
        user=user,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(cwd),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "80",
            **path,
            **env,
        },
    )
    return Run(done.returncode, *(each.decode(errors="surrogateescape") for each in (done.stdout, done.stderr)))


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Run]:
    """Return a function that runs `plan` in the test's folder, as whoever runs the tests."""

    def call(arguments: str, **env: str) -> Run:
        return started(arguments, tmp_path, None, **env)

    return call


@pytest.fixture
def ordinary_plan(tmp_path: Path) -> Callable[..., Run]:
    """Return a function that runs `plan` in the test's folder as an ordinary user, who owns what is there."""
    if os.geteuid() != 0:
        return lambda arguments, **env: started(arguments, tmp_path, None, **env)
    if interpreter() is None:
        pytest.skip("an ordinary user may not read this environment")

    def call(arguments: str, **env: str) -> Run:
        for folder, folders, files in os.walk(tmp_path):
            for name in (".", *folders, *files):
                os.lchown(os.path.join(folder, name), NOBODY, NOBODY)  # noqa: PTH118
        for above in (tmp_path, *tmp_path.parents):
            if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)
        return started(arguments, tmp_path, NOBODY, **env)

    return call
