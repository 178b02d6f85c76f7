"""Times the commands over call records of two checkouts in turns, so that a busy machine slows both alike.

    python benchmarks/cdr/paired.py BEFORE NOW --data DIR [--rounds 5] [--only profile,check,parquet]

BEFORE and NOW are checkouts; both run with this interpreter. CPU seconds are the ones to compare where other work
keeps the cores busy: of every pair one ratio is taken, and their median told.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from watching import Cost, watched

MB = 1_000_000


def commands(data: Path, work: Path) -> dict[str, list[str]]:
    """Return what is timed."""
    return {
        "profile": ["profile", str(data), "--format", "json", "-o", str(work / "profile.json")],
        "check": ["check", str(data)],
        "parquet": ["export", str(data), "-o", str(work / "records.parquet")],
    }


def run(checkout: Path, command: list[str]) -> Cost:
    """Run one command of a checkout."""
    # The folder this is run from would come before the checkout.
    os.environ.update(PYTHONPATH=str(checkout.resolve()), PYTHONSAFEPATH="1")
    return watched([sys.executable, "-m", "planner", "cdr", *command])[0]


def main() -> None:
    """Print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("now", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="profile,check,parquet")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for name, command in commands(given.data, Path(work)).items():
            if name not in given.only.split(","):
                continue
            pairs = [(run(given.before, command), run(given.now, command)) for _ in range(given.rounds)]
            cpu, wall = (
                statistics.median(getattr(now, kind) / getattr(before, kind) for before, now in pairs)
                for kind in ("cpu", "wall")
            )
            peaks = [max(each.peak for each in side) / MB for side in zip(*pairs, strict=True)]
            print(f"{name:8} CPU x {cpu:.3f}  wall x {wall:.3f}  peak MB {peaks[0]:.0f} {peaks[1]:.0f}", flush=True)


if __name__ == "__main__":
    main()
