"""Times `plan cdr profile`, a C pass, DuckDB, Polars and GoAccess on one simulated archive; or its memory.

    python benchmarks/cdr/run.py [--hours 16] [--rounds 3] [--python PYTHON] [--data DIR] [--write PAGE]
    python benchmarks/cdr/run.py --memory [--hours 15.2] [--write PAGE]

PYTHON is an interpreter that has duckdb and polars. The contenders take turns. Wall and CPU seconds and the
peak of the proportional set size (PSS) over all processes of a contender; counts and peaks are printed side
by side. GoAccess reads the very same lines by a log format: it counts them as web requests and leaves out
concurrency, rates per second, the reasons of rejected lines and everything about calls.

With --memory plan alone measures an archive of about 1 GB, one of ten times the calls in the same hours and
one of ten times the hours, and prints the peaks. With --write the page's section of this run is renewed and
the other one kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import page
from contenders import CPS, contenders, numbers, profile, simulate
from watching import Cost, watched

TIMES = 10
HOURS = 15.2


def archive_at(folder: Path, hours: float, cps: int = CPS) -> tuple[list[str], int]:
    """Return the files of an archive, written where it is missing, and their bytes."""
    if not folder.exists():
        simulate(folder, hours, cps)
    files = sorted(map(str, folder.glob("*.txt")))
    return files, sum(Path(path).stat().st_size for path in files)


def timed(options: argparse.Namespace, work: Path) -> str:
    """Run all contenders in turn; return the page's section."""
    files, size = archive_at(options.data or work / "archive", options.hours)
    commands = contenders(options.python, files, work)
    chosen = options.only.split(",") if options.only else list(commands)
    runs: dict[str, list[Cost]] = {name: [] for name in commands if name in chosen}
    found: dict[str, dict[str, object]] = {}
    for _ in range(options.rounds):
        for name, costs in runs.items():
            cost, output = watched(commands[name])
            costs.append(cost)
            found[name] = numbers(name, output, work)
            print(f"{name:8} {cost.wall:7.2f} s  {json.dumps(found[name])}", flush=True)
    medians = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in runs.items()}
    archive = page.Archive(len(files), size, len(os.sched_getaffinity(0)))
    verdicts = page.timing_verdicts(medians, found)
    return page.timing_section(archive, options.rounds, page.timing_table(medians, found, size), verdicts)


def remembered(options: argparse.Namespace, work: Path) -> str:
    """Measure an archive, one of ten times the calls in the same hours, and one of ten times the hours."""
    rows = []
    for calls, hours in ((1, 1), (TIMES, 1), (1, TIMES)):
        folder = (options.data or work) / f"archive-{calls}-{hours}"
        files, size = archive_at(folder, options.hours * hours, CPS * calls)
        cost, _ = watched(profile(files))
        rows.append(page.Growth(CPS * calls, options.hours * hours, size, cost))
        print(f"{size / page.MB:8,.0f} MB  {cost.wall:7.1f} s  peak {cost.peak / page.MB:,.1f} MB", flush=True)
        if options.data is None:
            shutil.rmtree(folder)
    return page.memory_section(page.memory_table(rows))


def write(target: Path, section: str) -> None:
    """Renew one section of the page, and keep the other."""
    earlier = target.read_text(encoding="utf-8") if target.exists() else ""
    parts = {**page.sections(earlier), **page.sections(section)}
    kept = (parts.get(name, "") for name in ("Time", "Memory"))
    target.write_text(page.HEAD + "".join(kept) + page.TAIL, encoding="utf-8")


def main() -> None:
    """Simulate, run, print; with --write, renew the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=HOURS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--data", type=Path, help="an archive to read; with --memory, the folder of both")
    parser.add_argument("--only", default="", help="contenders, as named in the table, with commas between")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="cdr-benchmark-"))
    try:
        section = (remembered if options.memory else timed)(options, work)
    finally:
        shutil.rmtree(work)
    print(section)
    if options.write:
        write(options.write, section)


if __name__ == "__main__":
    main()
