"""`plan cdr export`: typed records in Parquet, CSV or a database."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from planner.cli.commands import Exit
from planner.cli.console import (
    BYTES,
    STANDARD_STREAM,
    application,
    chosen_format,
    fail,
    format_option,
    note,
    progress,
    zone_named,
)
from planner.wording import counted

if TYPE_CHECKING:
    from planner.cdr.export.files import Sink
    from planner.cdr.export.rows import RowMaker
    from planner.cdr.export.run import Account
    from planner.cdr.sources import Source

app = application(name="export")


class Layout(StrEnum):
    """The columns of a record."""

    FULL = "full"
    EXTERNAL = "external"


EXAMPLE = """Example: plan cdr export cdr/ -o records.parquet --timezone Asia/Dhaka
 plan cdr export cdr/ --to mysql://loader@192.0.2.10/billing --rejects bad.jsonl"""
FORMATS = ("parquet", "csv")
TABLE = "cdr_records"


@app.command(epilog=EXAMPLE)
def export(  # noqa: PLR0917  one parameter per option
    paths: Annotated[list[str], typer.Argument(help="Files, folders, patterns; - is standard input.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="File to write: .parquet or .csv; - is standard output (CSV).")
    ] = "",
    to: Annotated[str, typer.Option(help="Database: mysql://user@host/db, postgresql://..., duckdb:///file.")] = "",
    output_format: Annotated[str | None, format_option(FORMATS)] = None,
    table: Annotated[str, typer.Option(help="Table to insert into; made where missing.")] = TABLE,
    layout: Annotated[
        Layout, typer.Option(help="full: every column; external: the billing systems' seven.")
    ] = Layout.FULL,
    timezone: Annotated[str, typer.Option(help="Zone of the server's clock, e.g. Asia/Dhaka: times become UTC.")] = "",
    mask: Annotated[
        bool, typer.Option("--mask", help="Hide subscribers: numbers keep their beginning, addresses their network.")
    ] = False,
    mask_keep: Annotated[int, typer.Option(help="Digits --mask leaves at the beginning. Default 4.")] = -1,
    rejects: Annotated[Path | None, typer.Option(help="File for rejected lines, as JSON Lines.")] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Read all files again; the records' keys keep the table unique.")
    ] = False,
    raw_cells: Annotated[
        bool, typer.Option("--raw-cells", help="CSV texts as they are, even those a spreadsheet takes for formulas.")
    ] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
) -> None:
    """Export call detail records: typed, in true units, every line accounted for.

    A database goes on where an export stopped or was killed, and holds each record once. A file is written
    whole or not at all: until then the old one stays, and after a crash the export begins anew.
    """
    from planner.cdr.export.files import ExportError, UsageError
    from planner.cdr.export.rows import Mask
    from planner.cdr.export.rows import RowMaker as Maker

    if mask_keep >= 0 and not mask:
        fail("--mask-keep says how much --mask leaves; add --mask", Exit.USAGE)
    kept = mask_keep if mask_keep >= 0 else None
    maker = Maker(layout, zone_named(timezone), Mask(kept) if mask else None)
    try:
        target = Target(output, to, output_format, table, restart=restart, raw_cells=raw_cells)
        sink = _sink(target, maker)
        found = _found(paths)
        _apart(found[0], output, rejects)
        account = _run(found, maker, sink, rejects, processes)
    except ExportError as error:
        fail(str(error), Exit.USAGE if isinstance(error, UsageError) else Exit.UNREADABLE)
    except BrokenPipeError:
        raise
    except OSError as error:
        written = error.filename is None or str(error.filename) in {output, str(rejects)}
        said = f"{error.filename or output}: {error.strerror or error}"
        fail(f"cannot write {said}" if written else said, Exit.USAGE if written else Exit.UNREADABLE)
    _report(account, maker, rejects)
    if account.errors:
        raise typer.Exit(Exit.UNREADABLE)


class Target(NamedTuple):
    """Where the records go, as given on the command line."""

    output: str
    to: str
    format: str | None
    table: str
    restart: bool
    raw_cells: bool


def _sink(wanted: Target, maker: RowMaker) -> Sink:
    """Return what the records go into: exactly one of -o and --to."""
    output = wanted.output
    if bool(output) == bool(wanted.to):
        fail("name one target: -o FILE (.parquet, .csv, - for CSV on standard output) or --to DATABASE", Exit.USAGE)
    _check_fit(wanted)
    if wanted.to:
        from planner.cdr.export.database import DatabaseSink, read_address

        return DatabaseSink(read_address(wanted.to, wanted.table), maker, restart=wanted.restart)
    from planner.cdr.export.files import CsvSink, ParquetSink

    if _format(output, wanted.format) == "csv":
        target = sys.stdout.buffer if output == STANDARD_STREAM else Path(output)
        return CsvSink(target, maker, raw=wanted.raw_cells)
    if Path(output).exists() and not Path(output).is_file():
        fail(f"{output}: Parquet needs a regular file", Exit.USAGE)
    return ParquetSink(Path(output), maker)


def _check_fit(wanted: Target) -> None:
    """End the command where an option would have no effect on the target chosen."""
    if wanted.output and wanted.restart:
        fail("--restart is for a database: a file is always made anew", Exit.USAGE)
    if wanted.output and wanted.table != TABLE:
        fail("--table is for a database: add --to", Exit.USAGE)
    if wanted.to and wanted.format:
        fail("--format is for a file: a database needs none", Exit.USAGE)
    if wanted.raw_cells and (wanted.to or _format(wanted.output, wanted.format) != "csv"):
        fail("--raw-cells is for CSV", Exit.USAGE)


def _format(output: str, named: str | None) -> str:
    """Return the file format asked for, or else the one the name says."""
    chosen = chosen_format(named, output, FORMATS, "csv" if output == STANDARD_STREAM else "")
    if not chosen and "://" in output:
        # It may hold a password.
        fail(f"-o {output.partition('://')[0]}://...: this is no file; databases are named with --to", Exit.USAGE)
    if not chosen:
        fail(f"{output}: name it .parquet or .csv, or add --format", Exit.USAGE)
    if chosen == "parquet" and output == STANDARD_STREAM:
        fail("Parquet needs a file: -o records.parquet", Exit.USAGE)
    return chosen


def _found(paths: list[str]) -> tuple[list[Source], list[str]]:
    """Return the inputs, and what was not found."""
    from planner.cdr.sources import find_sources

    sources, missing, notes = find_sources(paths)
    for said in notes:
        note(f"plan: {said}")
    if not sources:
        fail("; ".join(map(str, missing)) or "no input", Exit.UNREADABLE)
    return sources, [str(error) for error in missing]


def _apart(sources: list[Source], output: str, rejects: Path | None) -> None:
    """End the command where it would write over what it reads, or twice into one file."""
    named = [Path(name) for name in (output, rejects) if name and str(name) != STANDARD_STREAM]
    # A device or a pipe holds nothing that could be lost.
    targets = [target for target in named if target.is_file() or not target.exists()]
    for target in (each for each in targets if each.exists()):
        same = [each.path for each in sources if each.path != STANDARD_STREAM and target.samefile(each.path)]
        if same:
            fail(f"{target} is read from ({same[0]}); name another file to write", Exit.USAGE)
    if len({target.resolve() for target in targets}) < len(targets):
        fail(f"{rejects}: the records go there; name another file for --rejects", Exit.USAGE)


def _run(
    found: tuple[list[Source], list[str]], maker: RowMaker, sink: Sink, rejects: Path | None, processes: int | None
) -> Account:
    from planner.cdr.export.files import reject_file
    from planner.cdr.export.reading import BatchMaker
    from planner.cdr.export.run import Exporter, batches, processes_for

    sources, missing = found
    count = processes or processes_for(sum(source.size for source in sources))
    with (
        reject_file(rejects, masked=maker.masked) as writer,
        sink as opened,
        batches(BatchMaker(maker, opened.form), count) as made,
    ):
        exporter = Exporter(maker, opened, writer, made)
        exporter.account.errors += missing
        with progress("exporting", sum(source.size for source in sources), BYTES) as shown:
            for source in sources:
                exporter.take(source, shown.advance)
    return exporter.account


def _report(account: Account, maker: RowMaker, rejects: Path | None) -> None:
    """Say what became of every line, on standard error: standard output may carry the records."""
    for message in (*account.notes, *account.errors):
        note(f"plan: {message}")
    note(
        f"{counted(account.rows, 'record')} from {counted(account.lines, 'line')} of {counted(account.files, 'file')};"
        f" {counted(account.headers, 'header line')}, {account.rejected:,} rejected"
    )
    if account.reasons:
        listed = ", ".join(f"{reason} {count:,}" for reason, count in sorted(account.reasons.items()))
        note(f"rejected: {listed}" + ("" if rejects else "; --rejects FILE keeps these lines"))
    if account.known_files:
        was = "was" if account.exported_before == 1 else "were"
        before = f"{counted(account.exported_before, 'line')} {was} exported before"
        note(f"{before}, of {counted(account.known_files, 'file')}")
    if account.ambiguous:
        lie = "record lies" if account.ambiguous == 1 else "records lie"
        note(f"{account.ambiguous:,} {lie} in an hour the clock repeats: either pass fits, the first was taken")
    if maker.zone is None:
        note("times are local to the server: --timezone makes them UTC")
