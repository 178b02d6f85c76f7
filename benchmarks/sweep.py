"""A million scenarios of the full model on arrays against the same model one by one, in one run.

Every figure's typical case, which decides. The grid side is `Grid.chunks`, as `plan sweep` runs it; the other side
is the compiled model called once per scenario, without reading a deployment or building a result, and, for
comparison, `planner.size` as a program would call it. The ratio that counts is the time of 1,000,000 on
arrays against that of 20,000 calls of the compiled model: at least 50 times as many scenarios per second.
Usage: python benchmarks/sweep.py [SCENARIOS ONE BY ONE]
"""

from __future__ import annotations

import resource
import sys
import time

from planner import Deployment, size
from planner.sizing.erlang import channels, erlangs
from planner.sizing.evaluation import model, registry
from planner.sizing.grid import Axis, Grid
from planner.sizing.leaves import resolve

LEAST_RATIO = 50.0
MANY, FEW = 1_000_000, 20_000
BASE = Deployment().override({"traffic.codecs": {"g729": 1.0}})
AXES = (
    Axis("traffic.cps", [5.0 * step for step in range(1, 101)]),
    Axis("traffic.asr", [step / 100 for step in range(10, 60)]),
    Axis("traffic.acd", [20.0 + 5 * step for step in range(20)]),
    Axis("traffic.codecs", [{"g711": 1.0}, {"g729": 1.0}]),
    Axis("retention.database_days", [7, 14, 30, 60, 90]),
)


def on_arrays() -> float:
    """Return the scenarios per second of the grid."""
    begin = time.perf_counter()
    done = sum(chunk.size for chunk in Grid(BASE, AXES).chunks(tuple(registry())))
    assert done == MANY, done  # noqa: S101  the benchmark checks itself
    return done / (time.perf_counter() - begin)


def one_by_one(count: int) -> float:
    """Return the scenarios per second of the compiled model, called with one scenario at a time."""
    run = model()
    start = resolve(BASE.override({"traffic.cps": 100}), {}).numbers
    leaves = {name: leaf.range.typical for name, leaf in start.items()}
    begin = time.perf_counter()
    for step in range(count):
        cps, asr = 5.0 * (step % 100 + 1), (step // 100 % 50 + 10) / 100
        acd = 20.0 + 5 * (step // 5000 % 20)
        run(leaves | {"given.cps": cps, "traffic.asr": asr, "traffic.acd": acd})
    return count / (time.perf_counter() - begin)


def whole_sizings(count: int) -> float:
    """Return the sizings per second of the library's function."""
    begin = time.perf_counter()
    for step in range(count):
        size(BASE.override({"traffic.cps": 1.0 + step}))
    return count / (time.perf_counter() - begin)


def main() -> int:
    """Print the rates, the ratio and the memory used; return 1 where the ratio is below what is promised."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FEW
    arrays = on_arrays()
    for memory in (channels, erlangs):
        memory.cache_clear()
    single, whole = one_by_one(count), whole_sizings(min(count, 500))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)
    print(f"{len(registry())} figures, the typical case")
    print(f"arrays       {arrays:12,.0f} scenarios/s ({MANY:,} in {MANY / arrays:.1f} s)")
    print(f"one by one   {single:12,.0f} scenarios/s ({FEW:,} in {FEW / single:.1f} s)")
    print(f"planner.size {whole:12,.0f} sizings/s")
    print(f"ratio {arrays / single:.0f} (at least {LEAST_RATIO:g}); peak memory {peak:.0f} MiB")
    return int(arrays / single < LEAST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
