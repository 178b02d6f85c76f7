"""Who is measured, on which archive, and what each says about it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAME = ("records", "answered", "hold_ms", "cps_peak", "attempts_peak", "answered_peak")
CPS = 100
WORKLOAD = ["--seed", "7", "--damage", "all=0.01%", "--columns", "19=70,17=30"]
PLAN = [sys.executable, "-m", "planner", "cdr"]
# One CDR line as a request: the called number asks, the hold time is the time served, the caller's address
# the client. Reasons that are no status of the web (negative, Q.850) are kept as well.
GOACCESS = [
    "--log-format=%^|%U|%d %t|%^|%L|%s|%^|%^|%^|%h|%^",
    "--date-format=%Y-%m-%d",
    "--time-format=%H:%M:%S",
    "--no-strict-status",
    "--no-progress",
]


def simulate(folder: Path, hours: float, cps: int = CPS) -> None:
    """Write an archive; 100 CPS are about 66 MB an hour."""
    command = [*PLAN, "simulate", *WORKLOAD, "--cps", str(cps), "--hours", str(hours), "-o", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def profile(files: list[str]) -> list[str]:
    """Return the command of plan."""
    return [*PLAN, "profile", *files, "--format", "json"]


def contenders(python: str, files: list[str], work: Path) -> dict[str, list[str]]:
    """Return the command of each contender; GoAccess only where it is installed."""
    compiled = str(work / "pass")
    subprocess.run(["cc", "-O3", "-march=native", "-o", compiled, str(HERE / "pass.c")], check=True)
    found = {
        "C pass": [compiled, *files],
        "plan": profile(files),
        "DuckDB": [python, str(HERE / "duckdb_pass.py"), *files],
        "Polars": [python, str(HERE / "polars_pass.py"), *files],
    }
    if shutil.which("goaccess"):
        found["GoAccess"] = ["goaccess", *files, *GOACCESS, "-o", str(work / "goaccess.json")]
    return found


def numbers(name: str, output: str, work: Path) -> dict[str, object]:
    """Return what a contender measured, in common names."""
    if name == "GoAccess":
        read = json.loads((work / "goaccess.json").read_text())["general"]
        return {"records": read["valid_requests"], "reasons": {"failed": read["failed_requests"]}}
    read = json.loads(output)
    if name != "plan":
        return {**{key: read[key] for key in SAME}, "reasons": _some(read["reasons"])}
    calls, concurrency = read["calls"], read["concurrency"]
    return {
        "records": calls["records"],
        "answered": calls["answered"],
        "hold_ms": round(calls["talk_seconds"] * 1000),
        "cps_peak": read["cps"]["second"]["peak_attempts"],
        "attempts_peak": concurrency["attempts"]["peak"],
        "answered_peak": concurrency["answered"]["peak"],
        "reasons": _some(read["lines"]["reasons"]),
    }


def _some(reasons: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in reasons.items() if count}
