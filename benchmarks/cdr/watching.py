"""Runs a command and watches it: seconds on the clock, seconds of all cores, memory of all processes."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

EVERY_S = 0.2


class Cost(NamedTuple):
    """Wall and CPU seconds, and the peak in bytes of what all processes hold together."""

    wall: float
    cpu: float
    peak: float


def family(root: int) -> set[int]:
    """Return the process and everything below it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {root}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def pss(pids: set[int]) -> int:
    """Return the proportional set size in bytes: what the processes hold, shared pages counted once."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return total


def watched(command: list[str]) -> tuple[Cost, str]:
    """Run a command; return what it took, and its standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    # GoAccess would read standard input, too, where that is a pipe.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, pss(family(process.pid)))
            time.sleep(EVERY_S)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - begun
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Cost(wall, cpu, peak), output
