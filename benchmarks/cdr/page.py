"""What a run shows: tables, and whether each goal is met."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from watching import Cost

MB = 1_000_000
C_GOAL, PEER_GOAL, MEMORY_GOAL_MB, GROWTH_GOAL = 2.5, 1.5, 300, 1.05
PEERS = ("DuckDB", "Polars")


class Archive(NamedTuple):
    """What was read: files, bytes and lines."""

    files: int
    size: int
    cores: int


class Growth(NamedTuple):
    """An archive by its calls a second, hours and bytes, and what measuring it took."""

    cps: int
    hours: float
    size: int
    cost: Cost


def verdict(goal: str, reached: float, *, met: bool, unit: str = "") -> str:
    """Return one goal with what was reached."""
    return f"- {goal}: {reached:,.2f}{unit}, goal {'met' if met else '**not met**'}.\n"


def timing_table(costs: dict[str, Cost], numbers: dict[str, dict[str, object]], size: int) -> str:
    """Return the contenders' costs, relative to the C pass where it ran, and the records each found."""
    floor = costs["C pass"].wall if "C pass" in costs else None
    rows = ["| contender | wall s | CPU s | x C pass | MB/s | peak MB | records |", "| --- |" + " ---: |" * 6]
    for name, cost in costs.items():
        ratio = f"{cost.wall / floor:.2f}" if floor else "-"
        found = numbers[name]["records"]
        rows.append(
            f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {ratio} | {size / MB / cost.wall:,.0f} | "
            f"{cost.peak / MB:,.0f} | {found:,} |"
        )
    return "\n".join(rows) + "\n"


def timing_verdicts(costs: dict[str, Cost], numbers: dict[str, dict[str, object]]) -> str:
    """Return the goals that the contenders of this run allow to judge."""
    if "plan" not in costs:
        return ""
    plan, text = costs["plan"], ""
    for peer in (name for name in PEERS if name in costs):
        ratio = costs[peer].wall / plan.wall
        text += verdict(f"{peer} takes at least {PEER_GOAL} x plan's time", ratio, met=ratio >= PEER_GOAL)
    if "C pass" in costs:
        ratio = plan.wall / costs["C pass"].wall
        text += verdict(f"plan takes at most {C_GOAL} x the C pass's time", ratio, met=ratio <= C_GOAL)
        same = numbers["plan"] == numbers["C pass"]
        text += f"- plan and the C pass agree on every count, reason and peak: {'yes' if same else '**no**'}.\n"
    peak = plan.peak / MB
    goal = f"plan holds less than {MEMORY_GOAL_MB} MB in all processes together"
    return text + verdict(goal, peak, met=peak < MEMORY_GOAL_MB, unit=" MB")


def memory_table(rows: list[Growth]) -> str:
    """Return what the archives take: one, one of more calls in the same hours, one of more hours."""
    lines = ["| CPS | hours | archive MB | wall s | CPU s | peak MB |", "| ---: " * 6 + "|"]
    for cps, hours, size, cost in rows:
        shown = f"{size / MB:,.0f} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak / MB:,.1f}"
        lines.append(f"| {cps:,} | {hours:g} | {shown} |")
    one, calls, hours = (row.cost.peak for row in rows)
    days = (rows[2].hours - rows[0].hours) / 24
    # A process that asks again for what it freed never gets exactly the same pages.
    goal = f"ten times the bytes in the same hours take at most {GROWTH_GOAL} x the memory"
    each = f"- each further day takes {(hours - one) / days / MB:,.1f} MB.\n"
    return "\n".join(lines) + "\n\n" + verdict(goal, calls / one, met=calls / one <= GROWTH_GOAL) + each


HEAD = """# Measuring CDRs: benchmarks

`plan cdr profile` beside a single-threaded C pass, DuckDB, Polars and GoAccess on the same simulated archive:
synthetic, 100 CPS, ASR 40 %, ACD 60 s, lines of 17 and 19 columns mixed, 0.01 % of the lines damaged.

- C pass (`pass.c`): every line accepted or rejected with its reason, counts per second, peaks, histograms,
  tables. It leaves out examples and retried calls.
- DuckDB (`duckdb_pass.py`): one parsing scan into a table, then one aggregation per measure. It leaves out
  line numbers, examples and retried calls.
- Polars (`polars_pass.py`): one streaming scan per file, then all aggregations together. It leaves out line
  numbers, examples and duplicates.
- GoAccess: the peer that users know. It reads web server logs; a log format maps the same CDR lines onto
  requests (the called number), statuses (the end reason), clients (the caller's address) and times served
  (the hold time). It leaves out concurrency, rates per second, the reasons of rejected lines, and calls.
- plan: all of it, and the profile with intervals, gaps, floods and laws.

The readers of DuckDB, Polars and GoAccess accept or lose some damaged lines (a NUL, a wrong PDD, invalid
UTF-8 that is replaced): their record counts differ a little.
"""

TAIL = """
## Bulk comparison with the reference

    python benchmarks/cdr/fuzz.py --lines 1000000 --seed 5

compares the vectorised step with the plain Python reference of the tests on mutated and random lines, and
ends with an error at the first difference.
"""


def timing_section(archive: Archive, rounds: int, table: str, verdicts: str) -> str:
    """Return the section of the page that tells the times."""
    machine = f"Python {platform.python_version()}, {archive.cores} cores"
    return f"""
## Time

    python -m venv /tmp/contenders && /tmp/contenders/bin/pip install duckdb polars
    python benchmarks/cdr/run.py --rounds {rounds} --python /tmp/contenders/bin/python \\
        --write docs/benchmarks/cdr.md

{archive.files} files, {archive.size / MB:,.0f} MB; {machine}; medians of {rounds} rounds in which the
contenders take turns. Peaks are the proportional set size of all processes of a contender, sampled five times
a second.

{table}
{verdicts}
Where other work keeps the cores busy, the clock counts that work, too: then CPU seconds are the ones to
compare.
"""


def memory_section(table: str) -> str:
    """Return the section of the page that tells the memory."""
    return f"""
## Memory

    python benchmarks/cdr/run.py --memory --write docs/benchmarks/cdr.md

Archives of one workload, ten times its calls and ten times its hours, measured by `plan cdr profile`: memory
follows the days covered and the processes at work, not the bytes read.

{table}"""


def sections(page: str) -> dict[str, str]:
    """Return the sections of an earlier page by their first line, so that one run renews its own alone."""
    return {part.partition("\n")[0]: "\n## " + part.rstrip("\n") + "\n" for part in page.split("\n## ")[1:]}
