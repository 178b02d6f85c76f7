"""Real parts under what tune renders: a MariaDB server of its own, and a network where nothing else changes."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAIT = 120


@contextmanager
def running(command: list[str], ready: Callable[[], bool], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a program running within the block, once it is ready."""
    with (
        log.open("wb") as stream,
        subprocess.Popen(command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL) as program,
    ):
        try:
            until = time.monotonic() + WAIT
            while not ready():
                assert program.poll() is None, log.read_text(errors="replace")[-3000:]
                assert time.monotonic() < until, log.read_text(errors="replace")[-3000:]
                time.sleep(0.1)
            yield program
        finally:
            program.terminate()
            program.wait(WAIT)


class MariaDB:
    """Starts real servers over one data folder, each with an option file of its own."""

    def __init__(self, place: Path, server: str, client: str) -> None:
        self.place, self.server, self.client = place, server, client
        self.user = ["--user=mysql"] if os.geteuid() == 0 else []
        self.socket = place / "s"

    @property
    def login(self) -> str:
        """The command that logs in without a prompt."""
        return f"{self.client} --no-defaults --socket={self.socket} --user=root"

    def ask(self, statement: str) -> str | None:
        """Return what a statement prints; None where nobody answers."""
        done = subprocess.run(
            [*self.login.split(), "-B", "-N", "-e", statement], capture_output=True, text=True, check=False
        )
        return done.stdout if done.returncode == 0 else None

    def variables(self) -> dict[str, str]:
        """Return every global variable of the running server."""
        return dict(line.split("\t", 1) for line in (self.ask("SHOW GLOBAL VARIABLES") or "").splitlines())

    @contextmanager
    def started(self, options: Path) -> Iterator[None]:
        """Run a server with an option file."""
        command = [
            self.server,
            f"--defaults-file={options}",
            *self.user,
            f"--datadir={self.place / 'data'}",
            f"--socket={self.socket}",
            "--skip-networking",
            "--skip-grant-tables",
            f"--pid-file={self.place / 'pid'}",
        ]
        with running(command, lambda: self.ask("SELECT 1") is not None, self.place / "log"):
            yield


@pytest.fixture(scope="session")
def mariadb(require: Callable[[str], str]) -> Iterator[MariaDB]:
    """Return a starter of MariaDB servers, as an unprivileged user."""
    server, client = require("mariadbd"), require("mariadb")
    place = Path(tempfile.mkdtemp(prefix="plan-tune-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(place, pwd.getpwnam("mysql").pw_uid)
        made = MariaDB(place, server, client)
        install = [
            "mariadb-install-db",
            "--no-defaults",
            *made.user,
            f"--datadir={place / 'data'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
        subprocess.run(install, check=True, capture_output=True, timeout=WAIT)
        yield made
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def isolated(require: Callable[[str], str]) -> list[str]:
    """Return the command that runs another in a network of its own, with rights there alone."""
    command = [require("unshare"), *([] if os.geteuid() == 0 else ["-U", "-r"]), "-n"]
    done = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"network namespaces are not permitted here; run as root, or allow user namespaces: {done.stderr}"
        (pytest.fail if os.environ.get("PLAN_REQUIRE_ALL") else pytest.skip)(message)
    return command
