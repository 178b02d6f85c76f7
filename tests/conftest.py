"""What tests of real parts share: programs that may be absent are named, with the line that installs them."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from waiting import gone, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable

# In CI one commit gives one answer; everywhere else each run looks at new examples. No example is judged by the clock.
settings.register_profile("gate", derandomize=bool(os.environ.get("CI")), deadline=None)
settings.load_profile("gate")

INSTALL = {
    "chromium": "apt-get install chromium",
    "strace": "apt-get install strace",
    "mariadbd": "apt-get install mariadb-server",
    "my_print_defaults": "apt-get install mariadb-server",
    "java": "apt-get install default-jre-headless",
    "sysctl": "apt-get install procps",
    "unshare": "apt-get install util-linux",
    "systemd-sysctl": "apt-get install systemd",
    "node": "apt-get install nodejs npm",
    "npm": "apt-get install nodejs npm",
    "cc": "apt-get install gcc",
    "pdftoppm": "apt-get install poppler-utils",
    "zsh": "apt-get install zsh",
    "fish": "apt-get install fish",
    "git": "apt-get install git",
    "patch": "apt-get install patch",
    "shellcheck": "apt-get install shellcheck",
    "busybox": "apt-get install busybox",
    "dash": "apt-get install dash",
    "bash": "apt-get install bash",
    "kamailio": "apt-get install kamailio",
    "sipp": "apt-get install sip-tester",
    "promtool": "apt-get install prometheus",
    "systemd-analyze": "apt-get install systemd",
    "mariadb": "apt-get install mariadb-client",
    "postgres": "apt-get install postgresql",
    "initdb": "apt-get install postgresql",
}
# Debian keeps a folder per PostgreSQL version, outside the path.
POSTGRESQL = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
PLACES = os.pathsep.join(("/usr/sbin", "/sbin", "/usr/lib/systemd", "/lib/systemd", *POSTGRESQL))


def pytest_configure(config: pytest.Config) -> None:
    """Let programs under test be interrupted, where the tests themselves run in a background that cannot."""
    config.addinivalue_line("markers", "xdist_group(name): known where xdist is left out, too")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process of a spread run have all tests for which their file makes something once: else each makes it."""
    for item in items:
        file = item.nodeid.partition("::")[0]
        known = item._fixtureinfo.name2fixturedefs.values()
        made = any(each.scope != "function" and each.baseid == file for each in itertools.chain(*known))
        if made and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(file))


def absent(what: str, install: str) -> None:
    """Skip by name where a real part is absent; where the environment demands all parts, fail instead."""
    message = f"{what} is not installed; install it with: {install}"
    if os.environ.get("PLAN_REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    """Lines stay whole unless a test says how wide they may be; workers of a spread run have a width of their own."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def require() -> Callable[[str], str]:
    """Return a function that gives a program's path, or skips the test naming the install line."""

    def path_of(program: str) -> str:
        found = shutil.which(program) or shutil.which(program, path=PLACES)
        if found is None:
            absent(program, INSTALL[program])
        return str(found)

    return path_of


@pytest.fixture(scope="session")
def ends():
    """Tell whether no process of a group is left within some seconds."""
    return gone


@pytest.fixture(scope="session")
def _watching(request, tmp_path_factory) -> str | None:
    """The settings by which programs measure their coverage, where this run measures its own."""
    plugin = request.config.pluginmanager.getplugin("_cov")
    if plugin is None or plugin.cov_controller is None:
        return None
    settings_of = tmp_path_factory.mktemp("coverage") / "coveragerc"
    data = request.config.rootpath / os.environ.get("COVERAGE_FILE", ".coverage")
    settings_of.write_text(
        f"[run]\nbranch = true\nparallel = true\nsource = planner\ndata_file = {data}\npatch = _exit\n"
    )
    return str(settings_of)


@pytest.fixture
def watched(_watching, monkeypatch):
    """Measure the coverage of the programs a test starts: of the modules that are seldom run in this process."""
    if _watching is not None:
        monkeypatch.setenv("COVERAGE_PROCESS_START", _watching)


# A process starts with the peak of the one that forked it: a small one stands between the tests and the program.
_WEIGH = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)))
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""


@pytest.fixture
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[subprocess.CompletedProcess[str], int]]:
    """Return a function that runs `plan` and gives how it ended, and the peak of its memory in KiB, its children's
    among them, nobody else's.
    """
    pytest.importorskip("resource")
    note = tmp_path_factory.mktemp("weighed") / "peak"

    def run(*arguments: object, timeout: float = 60) -> tuple[subprocess.CompletedProcess[str], int]:
        words = [sys.executable, "-c", _WEIGH, str(note), sys.executable, "-m", "planner", *map(str, arguments)]
        ran = subprocess.run(words, capture_output=True, check=False, text=True, timeout=unhurried(timeout))
        return ran, int(note.read_text())

    return run
