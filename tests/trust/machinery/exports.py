"""Faults during exports to databases, at random moments: no record may be lost or stored twice.

    python tests/trust/machinery/exports.py [--seconds 60] [--seed 1] [KIND...]

An export of one archive is begun again and again; each time it is killed, told to end or given no more room on its
disk, or its server is killed and started again. In the end one is left alone, and the table must hold each record once.
KIND is `mariadb`, `postgresql` or `duckdb`; the servers are those of `tests/cdr_export`.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cdr_export"))

import test_export_databases as exports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORDS = 60_000
PLAN = (sys.executable, "-m", "planner", "cdr", "export")


class Ground:
    """A database of a kind, an archive, and the server where there is one."""

    def __init__(self, kind: str, place: Path) -> None:
        self.archive, self._place, self._command = place / "a.txt", place, None
        self.archive.write_text(exports.lines(0, RECORDS), encoding="utf-8")
        if kind == "duckdb":
            self.address = f"duckdb:///{place / 'cdr.duckdb'}"
        else:
            make = exports.a_mariadb if kind == "mariadb" else lambda at: exports.a_postgresql(at, _program)
            self.address, self._command = make(place)

    @contextlib.contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes] | None]:
        """Run the server, where the kind has one."""
        if self._command is None:
            yield None
            return
        for left in (self._place / "data/postmaster.pid", self._place / "s"):
            left.unlink(missing_ok=True)
        with exports.running(self._command, lambda: exports.answers(self._place, self.address)) as server:
            yield server

    def export(self, limits: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*PLAN, str(self.archive), "--to", self.address],
            cwd=self._place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limits,  # noqa: PLW1509  limits are set before anything runs
        )


def _program(name: str) -> str:
    return str(shutil.which(name) or shutil.which(name, path=exports.os.pathsep.join(map(str, _postgresql()))))


def _postgresql() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def fault(ground: Ground, draw: random.Random) -> str:
    """Begin an export, do something to it, and return what was done."""
    what = draw.choice(["kill", "end", "room", "server"])
    with ground.served() as server:
        room = draw.randrange(2**16, 2**22)
        limits = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))) if what == "room" else None
        process = ground.export(limits)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(draw.uniform(0.5, 6.0))
        if what == "server" and server is not None:
            server.kill()
        elif what in {"kill", "server"}:
            process.kill()
        elif what == "end":
            process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=120)[1]
    assert "Traceback" not in said, said
    assert "internal error" not in said, said
    assert process.returncode in {0, 2, 3, 128 + signal.SIGTERM, -signal.SIGKILL}, (what, process.returncode, said)
    return what


def settled(ground: Ground) -> None:
    """Let one export end, and see that each record is there once."""
    with ground.served():
        process = ground.export()
        said = process.communicate(timeout=600)[1]
        assert process.returncode == 0, said
        found = exports.query(ground.address, "SELECT COUNT(*), COUNT(DISTINCT holdTime_ms) FROM cdr_records")
        assert found == [(RECORDS, RECORDS)], found


def main() -> int:
    """Plant faults into exports to each kind of database for its time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["mariadb", "postgresql", "duckdb"])
    parser.add_argument("--seconds", type=float, default=60, help="for each kind")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    draw, broken = random.Random(arguments.seed), 0  # noqa: S311  no secret
    for kind in arguments.kinds:
        counts, until = Counter[str](), time.monotonic() + arguments.seconds
        while time.monotonic() < until:
            with exports.folder() as place:
                ground = Ground(kind, place)
                try:
                    for _ in range(draw.randrange(1, 6)):
                        counts[fault(ground, draw)] += 1
                    settled(ground)
                    counts["archives whole in the end"] += 1
                except AssertionError as error:
                    broken += 1
                    print(f"BROKEN {kind}: {error}", flush=True)
        listed = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        print(f"{kind}: {listed}; seed {arguments.seed}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
