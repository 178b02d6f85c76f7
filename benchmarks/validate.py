"""`plan validate` beside check-jsonschema: the same deployments, the same schema, in one run.

    python benchmarks/validate.py [--files 2000] [--rounds 15] [--write docs/benchmarks/validate.md]

Cold: one file, whole process, the two programs in turn; medians. Bulk: all files in one invocation, in turn.
The goal is 0.6 of check-jsonschema's time cold and 0.2 per file in bulk. check-jsonschema is installed into
an environment of its own unless --check-jsonschema names one.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import NamedTuple

COLD_GOAL, BULK_GOAL = 0.6, 0.2


def deployment(number: int) -> str:
    """Return one synthetic deployment; the numbers differ from file to file."""
    chance = random.Random(number)  # noqa: S311  no secret
    cps = chance.randrange(20, 180)
    return f"""# Synthetic deployment {number}
site:
  name: Example {number}
  customer: Example Carrier
server:
  cpu_cores: {chance.choice((8, 16, 32))}
  ram: {chance.choice((32, 64))}GB
  storage: {{type: ssd, size: {chance.choice((2, 4))}TB}}
  nic: 10Gbps
  media: with
  mysql_version: "5.7.44"
traffic:
  cps: {cps}
  asr: {chance.randrange(25, 55)}%
  acd: {chance.randrange(30, 90)}s
  setup_time: 6s
  codecs: {{g729: {chance.randrange(1, 9)}, g711: 3}}
retention:
  cdr_days: 30
  database_days: 30
softswitch:
  SS_CDR_RECORD_TO_FILE: On
  SERVER_CDR_FILE_WRITE_INTERVAL: {1800 if cps >= 50 else 3600}
  SERVER_CDR_FILE_WRITE_MAX: 2048
  SS_MAXCPS: 200
  SS_MAX_CALL_DURATION: 7200
  SS_NO_MEDIA_HANGUP: 45
sysctl:
  net.core.somaxconn: {chance.choice((1024, 4096, 65535))}
  net.ipv4.tcp_rmem: 4096 87380 16777216
  net.netfilter.nf_conntrack_max: 1048576
  net.netfilter.nf_conntrack_buckets: 262144
mysql:
  cdr_engine: innodb
  innodb_buffer_pool_size: 20G
  innodb_log_file_size: 512M
  max_connections: {chance.randrange(200, 1000)}
"""


def installed(folder: Path) -> str:
    """Return the path of a check-jsonschema installed into an environment of its own."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", "check-jsonschema"], check=True)
    return str(folder / "bin" / "check-jsonschema")


def environment() -> dict[str, str]:
    """Return an environment in which both programs find their modules compiled, as installed programs do."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "plan-benchmark-bytecode")}


class Cost(NamedTuple):
    """What a command takes: seconds on the clock, and seconds of all the cores it used."""

    wall: float
    cpu: float


def cost(command: list[str]) -> Cost:
    """Return what a command takes; it may report findings, but not fail."""
    start, before = time.perf_counter(), _cpu()
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=environment())
    taken = Cost(time.perf_counter() - start, _cpu() - before)
    if result.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed:\n{result.stderr.decode()}")
    return taken


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def paired(commands: list[list[str]], rounds: int) -> list[Cost]:
    """Return each command's medians over rounds in which they run in turn."""
    costs = [[cost(command) for command in commands] for _ in range(rounds)]
    return [Cost(*map(statistics.median, zip(*column, strict=True))) for column in zip(*costs, strict=True)]


def row(label: str, times: list[float], goal: str) -> str:
    """Return a row of the table: both programs in milliseconds, and their ratio."""
    other, plan = times
    return f"| {label} | {other * 1000:.2f} ms | {plan * 1000:.2f} ms | {plan / other:.2f} | {goal} |\n"


def table(cold: list[Cost], bulk: list[Cost], files: int) -> str:
    """Return the result as a Markdown table."""
    head = "| | check-jsonschema | plan validate | ratio | goal |\n| --- | --- | --- | --- | --- |\n"
    many = f"{files:,} files in one invocation, per file"
    return (
        head
        + row("one file, cold", [each.wall for each in cold], str(COLD_GOAL))
        + row("one file, cold, CPU time", [each.cpu for each in cold], "")
        + row(many, [each.wall / files for each in bulk], str(BULK_GOAL))
        + row(f"{many}, CPU time of all cores", [each.cpu / files for each in bulk], "")
    )


def page(result: str, files: int, rounds: int) -> str:
    """Return the page of the documentation."""
    return f"""# plan validate beside check-jsonschema

Both read the same synthetic deployments of 38 lines against the same schema, `plan schema deployment
--bundle`. check-jsonschema says whether they match the schema. `plan validate` checks the same ranges and
types, says where each finding stands, sizes each deployment and runs its rules; with enough files it uses
every core.

{result}
Where other work keeps the cores busy, the clock counts that work, too: then the CPU times are the ones to
compare.

Python {platform.python_version()}, {os.cpu_count()} cores; {rounds} rounds cold, 3 in bulk.

Run it again with

    python benchmarks/validate.py --files {files} --rounds {rounds} --write docs/benchmarks/validate.md
"""


def main() -> None:
    """Measure and print; with --write, write the page too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--check-jsonschema", default="")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="plan-benchmark-"))
    try:
        result = measured(folder, options)
    finally:
        shutil.rmtree(folder)
    print(result)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(page(result, options.files, options.rounds), encoding="utf-8")


def measured(folder: Path, options: argparse.Namespace) -> str:
    """Return the table of one run in a folder of its own."""
    plan = [sys.executable, "-m", "planner"]
    schema = folder / "deployment.schema.json"
    bundle = subprocess.run([*plan, "schema", "deployment", "--bundle"], check=True, capture_output=True)
    schema.write_bytes(bundle.stdout)
    files = folder / "files"
    files.mkdir()
    for number in range(options.files):
        (files / f"{number:05}.yaml").write_text(deployment(number), encoding="utf-8")
    other = [options.check_jsonschema or installed(folder / "environment"), "--schemafile", str(schema)]
    one = str(files / "00000.yaml")
    paired([[*other, one], [*plan, "validate", one]], 1)
    cold = paired([[*other, one], [*plan, "validate", one]], options.rounds)
    everything = [str(path) for path in sorted(files.iterdir())]
    bulk = paired([[*other, *everything], [*plan, "validate", str(files)]], 3)
    return table(cold, bulk, options.files)


if __name__ == "__main__":
    main()
