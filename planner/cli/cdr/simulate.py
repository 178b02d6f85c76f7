"""`plan cdr simulate`: write a synthetic archive of a known workload, and the truth about it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.choices import Values
from planner.cli.commands import Exit, command, option
from planner.cli.console import fail, note, progress, write_output

if TYPE_CHECKING:
    from planner.cdr.simulation.options import Options
    from planner.cdr.simulation.workload import Workload
    from planner.cdr.simulation.writer import Archive


_traffic = partial(option, group="Traffic")
_gateways = partial(option, group="Gateways")
_files = partial(option, group="Files")


class Compression(StrEnum):
    """How files are packed."""

    GZ = "gz"
    BZ2 = "bz2"
    XZ = "xz"
    ZST = "zst"


class GatewayIds(StrEnum):
    """How lines name gateways."""

    NAMES = "names"
    NUMBERS = "numbers"


class Format(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"


@command(epilog="Example: plan cdr simulate --cps 100 --asr 0.4 --acd 60s --hours 1 -o archive")
@option("--output", "-o", type=Path, required=True, help="Folder to write; made if missing.")
@_traffic("--cps", type=float, default=10.0, metavar="N", help="Attempts per second, further tries included.")
@_traffic("--asr", default="", metavar="RATIO", help="Share of attempts answered: 0.4 or 40%. Default 40%.")
@_traffic("--acd", default="", metavar="TIME", help="Mean conversation: 60, 60s, 2m. Default 60s.")
@_traffic("--hours", type=float, default=1.0, metavar="N", help="Hours over which attempts start.")
@option("--seed", type=int, default=1, metavar="N", help="Same seed and options, same bytes.")
@_traffic("--start", default="", metavar="WHEN", help="Local time of the first second, without a zone.")
@_traffic("--diurnal", default="", metavar="FACTORS", help="24 factors on --cps, one an hour of the day.")
@_traffic("--burst", "bursts", multiple=True, metavar="AT,LENGTH,FACTOR", help="Daily surge: 10:00,5m,3. Repeatable.")
@_traffic("--hold-law", default="exponential", metavar="LAW", help="exponential, lognormal[:SPREAD] or deterministic.")
@_traffic("--setup-time", default="", metavar="TIME", help="Mean time to answer or failure. Default 6s.")
@_traffic(
    "--setup-law",
    default="exponential",
    metavar="LAW",
    help="Law of the setup time above its minimum of 1 s; as --hold-law.",
)
@_traffic("--pdd", default="", metavar="TIME", help="Mean post-dial delay (log-normal). Default 2.5s.")
@_traffic("--max-hold", default="", metavar="TIME", help="Longest conversation. Default 2h.")
@_traffic("--retries", default="0", metavar="RATIO", help="Share of attempts that are further tries.")
@_gateways("--caller-gateways", type=int, default=12, metavar="N", help="Gateways calls come from.")
@_gateways("--callee-gateways", type=int, default=24, metavar="N", help="Gateways calls go to.")
@_gateways(
    "--gateway-skew", "skew", type=float, default=1.0, metavar="N", help="0: even shares; 1: Zipf; more: steeper."
)
@_gateways("--gateway-ids", type=Values(GatewayIds), default=GatewayIds.NAMES.value, help="How lines name gateways.")
@_gateways("--codec", "codecs", default="", metavar="MIX", help="Codec or mix; in the truth only, no line holds it.")
@_files("--columns", default="19", metavar="MIX", help="17, 18 or 19 columns, or a mix: 17=30,19=70.")
@_files("--interval", default="", metavar="TIME", help="Time one file covers, dividing the day. Default 3600s.")
@_files("--crlf", is_flag=True, help="End lines with CR LF.")
@_files("--header", is_flag=True, help="Begin files with the column names.")
@_files(
    "--record-nonconnect/--no-record-nonconnect",
    "nonconnect",
    default=True,
    help="Write attempts that were not answered, as SS_CDR_RECORD_NONCONNECT does.",
)
@_files("--compress", "compression", type=Values(Compression), help="How files are packed; default not at all.")
@_files(
    "--damage",
    multiple=True,
    metavar="KIND=SHARE",
    help="Share of lines damaged so: fields=0.1%; all=SHARE for every reason. Repeatable.",
)
@option("--processes", type=int, default=0, metavar="N", help="Processes; 0: one per core.")
@option("--force", is_flag=True, help="Write into a folder that holds files.")
@option("--format", type=Values(Format), default=Format.TEXT.value, help="How to write the summary.")
def simulate(
    output: Path,
    processes: int,
    force: bool,
    format: Format,
    gateway_ids: GatewayIds,
    compression: Compression | None,
    **options: Any,
) -> None:
    """Write a synthetic, seeded archive of call detail records, and truth.json: all that is true of it."""
    from planner.cdr.simulation.options import Options

    made = Options(**options, numeric_ids=gateway_ids is GatewayIds.NUMBERS, compression=compression or "")
    _run(made, output, processes or os.cpu_count() or 1, force=force, as_json=format is Format.JSON)


def _run(options: Options, folder: Path, processes: int, *, force: bool, as_json: bool) -> None:
    from planner.cdr.simulation.options import read_workload
    from planner.cdr.simulation.truth import TRUTH_FILE, document
    from planner.cdr.simulation.workload import WorkloadError

    if processes < 0:
        fail(f"--processes is 0 or more, not {processes}", Exit.USAGE)
    try:
        workload = read_workload(options)
        _known(name for name, _ in workload.routing.codecs)
        _prepare(folder, force=force)
        archive = _write(workload, folder, processes)
        truth = document(workload, archive)
        write_output(json.dumps(truth, indent=1) + "\n", folder / TRUTH_FILE)
    except WorkloadError as error:
        fail(str(error), Exit.USAGE)
    except OSError as error:
        fail(f"cannot write {error.filename or folder}: {error.strerror}", Exit.USAGE)
    summary = _summary(truth, folder)
    note(f"wrote {folder}: synthetic records, see {TRUTH_FILE}")
    write_output(json.dumps(summary, indent=1) + "\n" if as_json else _text(summary), None)


def _known(codecs: Iterable[str]) -> None:
    """End the command where a codec is none that is known: the truth would tell of one that is not."""
    from planner.sizing.codecs import codec
    from planner.sizing.result import ImpossibleInput

    try:
        for each in codecs:
            codec(each)
    except ImpossibleInput as error:
        fail(f"--codec: {error.problems[0].message}; known: {error.problems[0].allowed}", Exit.USAGE)


def _prepare(folder: Path, *, force: bool) -> None:
    """Make the folder; one that holds files could be somebody's archive."""
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} is a file; -o names the folder to write", Exit.USAGE)
    folder.mkdir(parents=True, exist_ok=True)
    if not force and any(folder.iterdir()):
        fail(f"{folder} is not empty; name a new folder, or add --force to write among its files", Exit.USAGE)


def _write(workload: Workload, folder: Path, processes: int) -> Archive:
    from planner.cdr.simulation.writer import simulate as write_archive

    with progress("simulating", 1.0) as shown:
        return write_archive(
            workload,
            folder,
            processes,
            lambda written, share: shown.reach(share, f"simulating: {written / 1e6:,.0f} MB"),
        )


def _summary(truth: dict[str, Any], folder: Path) -> dict[str, Any]:
    names = ("lines", "records", "answered", "rejected", "bytes", "asr", "acd")
    peaks = {"cps_peak": truth["cps"]["second"]["peak"]}
    peaks |= {f"peak_{name}": level["peak"] for name, level in truth["concurrency"].items()}
    found = {name: truth[name] for name in names}
    return {"schema": "simulation-v1", "folder": str(folder), "files": len(truth["files"]), **found, **peaks}


def _text(summary: dict[str, Any]) -> str:
    shown = {name: value for name, value in summary.items() if name not in {"schema", "folder"}}
    return "".join(f"{name:<16} {_number(value)}\n" for name, value in shown.items())


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"
