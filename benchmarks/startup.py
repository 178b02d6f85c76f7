"""Cold start of `plan size` as a ratio to `python -c pass`, in one run.

Rounds are interleaved, so that a busy machine slows both sides alike; the ratio printed is the median of the
rounds' ratios. Usage: python benchmarks/startup.py [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Byte code is cached, as it is for an installed program, whatever this shell says about writing it.
CACHE = tempfile.TemporaryDirectory(prefix="plan-startup-")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPYCACHEPREFIX"] = CACHE.name
ROOT = Path(__file__).resolve().parent.parent
DEPLOYMENT = ROOT / "examples" / "wholesale" / "deployment.yaml"
SIZE = ("-m", "planner", "size", "--cps", "100", "--codec", "g729")
# The example is short of CDR files on purpose: findings are no failure.
FINE = (0, 1)
# what is started -> (arguments of the interpreter, ratio it must stay within)
STARTS = {
    "plan size --format json": ((*SIZE, "--format", "json"), 14.0),
    "plan size (table)": (SIZE, 12.0),
    "plan size DEPLOYMENT": (("-m", "planner", "size", str(DEPLOYMENT)), 16.0),
}


def seconds(arguments: tuple[str, ...]) -> float:
    """Return the wall time of one start."""
    begin = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=ENVIRONMENT,
    )
    if ended.returncode not in FINE:
        raise SystemExit(f"{arguments} ended with {ended.returncode}")
    return time.perf_counter() - begin


def ratios(rounds: int) -> dict[str, float]:
    """Return the median ratio of each start to an empty interpreter's."""
    found: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(rounds):
        for name, (arguments, _limit) in STARTS.items():
            found[name].append(seconds(arguments) / seconds(("-c", "pass")))
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> int:
    """Print every ratio with its limit; return 1 where one is exceeded."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    # An interpreter without the program's packages would end with 1, as fast as an empty one.
    subprocess.run([sys.executable, "-m", "planner", "--version"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for arguments, _ in STARTS.values():
        seconds(arguments)
    exceeded = False
    for name, ratio in ratios(rounds).items():
        limit = STARTS[name][1]
        exceeded |= ratio > limit
        print(f"{name:28} {ratio:5.1f} x python -c pass (at most {limit:g})")
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main())
