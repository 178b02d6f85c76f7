"""`plan cdr simulate`: write a synthetic archive of a known workload, and the truth about it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.commands import Exit
from planner.cli.console import application, fail, note, progress, write_output

if TYPE_CHECKING:
    from planner.cdr.simulation.options import Options
    from planner.cdr.simulation.workload import Workload
    from planner.cdr.simulation.writer import Archive

app = application(name="simulate")


_traffic = partial(typer.Option, rich_help_panel="Traffic")
_gateways = partial(typer.Option, rich_help_panel="Gateways")
_files = partial(typer.Option, rich_help_panel="Files")


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


@app.command(epilog="Example: plan cdr simulate --cps 100 --asr 0.4 --acd 60s --hours 1 -o archive")
def simulate(  # noqa: PLR0917  one parameter per option
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write; made if missing.")],
    cps: Annotated[float, _traffic(help="Attempts per second, further tries included.", metavar="N")] = 10.0,
    asr: Annotated[str, _traffic(help="Share of attempts answered: 0.4 or 40%. Default 40%.", metavar="RATIO")] = "",
    acd: Annotated[str, _traffic(help="Mean conversation: 60, 60s, 2m. Default 60s.", metavar="TIME")] = "",
    hours: Annotated[float, _traffic(help="Hours over which attempts start.", metavar="N")] = 1.0,
    seed: Annotated[int, typer.Option(help="Same seed and options, same bytes.", metavar="N")] = 1,
    start: Annotated[str, _traffic(help="Local time of the first second, without a zone.", metavar="WHEN")] = "",
    diurnal: Annotated[str, _traffic(help="24 factors on --cps, one an hour of the day.", metavar="FACTORS")] = "",
    burst: Annotated[
        list[str] | None, _traffic(help="Daily surge: 10:00,5m,3. Repeatable.", metavar="AT,LENGTH,FACTOR")
    ] = None,
    hold_law: Annotated[
        str, _traffic(help="exponential, lognormal[:SPREAD] or deterministic.", metavar="LAW")
    ] = "exponential",
    setup_time: Annotated[str, _traffic(help="Mean time to answer or failure. Default 6s.", metavar="TIME")] = "",
    setup_law: Annotated[
        str, _traffic(help="Law of the setup time above its minimum of 1 s; as --hold-law.", metavar="LAW")
    ] = "exponential",
    pdd: Annotated[str, _traffic(help="Mean post-dial delay (log-normal). Default 2.5s.", metavar="TIME")] = "",
    max_hold: Annotated[str, _traffic(help="Longest conversation. Default 2h.", metavar="TIME")] = "",
    retries: Annotated[str, _traffic(help="Share of attempts that are further tries.", metavar="RATIO")] = "0",
    caller_gateways: Annotated[int, _gateways(help="Gateways calls come from.", metavar="N")] = 12,
    callee_gateways: Annotated[int, _gateways(help="Gateways calls go to.", metavar="N")] = 24,
    gateway_skew: Annotated[float, _gateways(help="0: even shares; 1: Zipf; more: steeper.", metavar="N")] = 1.0,
    gateway_ids: Annotated[GatewayIds, _gateways(help="How lines name gateways.")] = GatewayIds.NAMES,
    codec: Annotated[str, _gateways(help="Codec or mix; in the truth only, no line holds it.", metavar="MIX")] = "",
    columns: Annotated[str, _files(help="17, 18 or 19 columns, or a mix: 17=30,19=70.", metavar="MIX")] = "19",
    interval: Annotated[
        str, _files(help="Time one file covers, dividing the day. Default 3600s.", metavar="TIME")
    ] = "",
    crlf: Annotated[bool, _files("--crlf", help="End lines with CR LF.")] = False,
    header: Annotated[bool, _files("--header", help="Begin files with the column names.")] = False,
    record_nonconnect: Annotated[
        bool, _files(help="Write attempts that were not answered, as SS_CDR_RECORD_NONCONNECT does.")
    ] = True,
    compress: Annotated[Compression | None, _files(help="How files are packed; default not at all.")] = None,
    damage: Annotated[
        list[str] | None,
        _files(
            help="Share of lines damaged so: fields=0.1%; all=SHARE for every reason. Repeatable.", metavar="KIND=SHARE"
        ),
    ] = None,
    processes: Annotated[int, typer.Option(help="Processes; 0: one per core.", metavar="N")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that holds files.")] = False,
    format: Annotated[Format, typer.Option(help="How to write the summary.")] = Format.TEXT,  # noqa: A002
) -> None:
    """Write a synthetic, seeded archive of call detail records, and truth.json: all that is true of it."""
    from planner.cdr.simulation.options import Options

    options = Options(
        cps=cps, hours=hours, seed=seed, asr=asr, acd=acd, hold_law=hold_law, setup_time=setup_time,
        setup_law=setup_law, pdd=pdd, max_hold=max_hold, start=start, diurnal=diurnal,
        bursts=tuple(burst or ()), retries=retries, caller_gateways=caller_gateways,
        callee_gateways=callee_gateways, skew=gateway_skew, numeric_ids=gateway_ids is GatewayIds.NUMBERS,
        codecs=codec, columns=columns, interval=interval, crlf=crlf, header=header,
        nonconnect=record_nonconnect, compression=compress or "", damage=tuple(damage or ()),
    )  # fmt: skip
    _run(options, output, processes or os.cpu_count() or 1, force=force, as_json=format is Format.JSON)


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
