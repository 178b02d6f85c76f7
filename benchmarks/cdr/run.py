"""Times `plan cdr profile`, a C pass, DuckDB and Polars on one simulated archive, and prints medians.

    python benchmarks/cdr/run.py [--hours 32] [--rounds 3] [--python PYTHON] [--data DIR]

PYTHON is an interpreter that has duckdb and polars. The contenders take turns.

Wall and CPU seconds and the peak of the proportional set size (PSS) over all processes of a contender,
sampled twice a second. Counts and peaks are printed side by side for comparison.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAME = ("records", "answered", "hold_ms", "cps_peak", "attempts_peak", "answered_peak")
MB = 1_000_000


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
    """Return the bytes the processes hold together, shared pages counted once."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return total


def timed(command: list[str]) -> tuple[float, float, int, str]:
    """Run a command; return wall and CPU seconds, peak PSS and standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, pss(family(process.pid)))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - begun
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return wall, cpu, peak, output


def numbers(name: str, output: str) -> dict[str, object]:
    """Return what a contender measured, in common names."""
    read = json.loads(output)
    if name != "plan":
        return {
            **{key: read[key] for key in SAME},
            "reasons": {k: v for k, v in read["reasons"].items() if v},
        }
    return {
        "records": read["calls"]["records"],
        "answered": read["calls"]["answered"],
        "hold_ms": round(read["calls"]["talk_seconds"] * 1000),
        "cps_peak": read["cps"]["second"]["peak_attempts"],
        "attempts_peak": read["concurrency"]["attempts"]["peak"],
        "answered_peak": read["concurrency"]["answered"]["peak"],
        "reasons": {k: v for k, v in read["lines"]["reasons"].items() if v},
    }


def simulate(folder: Path, hours: int) -> None:
    shape = [
        "--cps",
        "100",
        "--hours",
        str(hours),
        "--seed",
        "7",
        "--damage",
        "all=0.01%",
        "--columns",
        "19=70,17=30",
    ]
    subprocess.run(
        [sys.executable, "-m", "planner", "cdr", "simulate", *shape, "-o", str(folder)], check=True
    )


def contenders(python: str, files: list[str], work: Path) -> dict[str, list[str]]:
    compiled = str(work / "pass")
    subprocess.run(["cc", "-O3", "-march=native", "-o", compiled, str(HERE / "pass.c")], check=True)
    return {
        "C pass": [compiled, *files],
        "plan": [sys.executable, "-m", "planner", "cdr", "profile", *files, "--format", "json"],
        "DuckDB": [python, str(HERE / "duckdb_pass.py"), *files],
        "Polars": [python, str(HERE / "polars_pass.py"), *files],
    }


def report(results: dict[str, list[tuple[float, float, int]]], size: int) -> None:
    floor = statistics.median(run[0] for run in results["C pass"])
    print(f"\n{'':8} {'wall s':>8} {'CPU s':>8} {'x C pass':>9} {'MB/s':>7} {'peak MB':>8}")
    for name, runs in results.items():
        wall, cpu, peak = (statistics.median(run[i] for run in runs) for i in range(3))
        print(f"{name:8} {wall:8.2f} {cpu:8.2f} {wall / floor:9.2f} {size / MB / wall:7.0f} {peak / MB:8.0f}")


def main() -> None:
    """Simulate, run all contenders in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--hours", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", default="C pass,plan,DuckDB,Polars")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="cdr-benchmark-"))
    data = options.data or work / "archive"
    if not data.exists():
        simulate(data, options.hours)
    files = sorted(map(str, data.glob("*.txt")))
    size = sum(Path(path).stat().st_size for path in files)
    print(f"{len(files)} files, {size / MB:,.0f} MB, {len(os.sched_getaffinity(0))} cores")
    chosen = options.only.split(",")
    commands = {k: v for k, v in contenders(options.python, files, work).items() if k in chosen}
    results: dict[str, list[tuple[float, float, int]]] = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            wall, cpu, peak, output = timed(command)
            results[name].append((wall, cpu, peak))
            measured = numbers(name, output)
            print(f"{name:8} {wall:7.2f} s  {json.dumps(measured)}", flush=True)
    report(results, size)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
