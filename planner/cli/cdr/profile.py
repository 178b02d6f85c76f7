"""`plan cdr profile`: what the traffic was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.cdr.measuring import check_zone, find, named_servers, report_notes, run_measurement
from planner.cli.commands import Exit
from planner.cli.console import FORMAT_HELP, application, chosen_format, fail, write_output

if TYPE_CHECKING:
    from planner.cdr.engine.run import Measurement

app = application(name="profile")
FORMATS = ("table", "json", "html")


@app.command(epilog="Example: plan cdr profile /home/vos3000/cdr --format json -o profile.json")
def profile(  # noqa: PLR0917  typer passes options by position
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, patterns, - (standard input), or NAME=FOLDER each.")
    ],
    format: Annotated[  # noqa: A002  the option's name
        str | None, typer.Option("--format", help=FORMAT_HELP, metavar="|".join(FORMATS))
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The server's zone, e.g. Asia/Dhaka. Without one, times stay local.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="Rows of every table.")] = 20,
    state: Annotated[
        Path | None, typer.Option(help="Folder that remembers files already read; only new ones are read.")
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="On Ctrl-C, write what was measured so far.")] = False,
    engine: Annotated[str, typer.Option(help="local, spark or dask.")] = "local",
    master: Annotated[str, typer.Option(help="The cluster: spark://host:7077, yarn; Dask: tcp://host:8786.")] = "",
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
) -> None:
    """Measure real CDR files: CPS, ASR, ACD, PDD, concurrency, bytes per line, by gateway and reason.

    The JSON is what plan size --profile and plan report --profile take.
    """
    from planner.cdr.profile.tables import total

    form = chosen_format(format, output, FORMATS, "table")
    check_zone(timezone)
    options = {"engine": engine, "master": master, "processes": processes, "state": state}
    if servers := named_servers(paths):
        document, complete = _fleet(servers, options, timezone, top)
        write_output(_rendered(document, form, output), output)
        raise typer.Exit(0 if complete else Exit.UNREADABLE)
    sources, found = find(paths, remote=engine == "spark" and any("://" in path for path in paths))
    measurement = run_measurement(sources, options)
    if measurement.interrupted and not partial:
        raise SystemExit("interrupted; nothing written (add --partial to keep what was measured)")
    complete = report_notes(measurement)
    if not (total(measurement.summary, "records") or measurement.interrupted):
        fail(
            "no line was accepted: there is nothing to measure; plan cdr check says what the lines are", Exit.UNREADABLE
        )
    write_output(_rendered(_document(measurement, timezone, top), form, output), output)
    if not (found and complete):
        raise typer.Exit(Exit.UNREADABLE)


def _fleet(
    servers: dict[str, str], options: dict[str, Any], timezone: str | None, top: int
) -> tuple[dict[str, Any], bool]:
    """Return the profile of all servers together, and whether all was read."""
    from zoneinfo import ZoneInfo

    from planner.cdr.profile.document import build_profile
    from planner.cdr.profile.fleet import describe_fleet
    from planner.cdr.profile.tables import total
    from planner.cdr.summary.summary import Summary

    every, measured, complete = Summary(), {}, True
    for name, path in servers.items():
        sources, found = find([path])
        measurement = run_measurement(sources, options)
        if measurement.interrupted:
            raise KeyboardInterrupt
        complete = report_notes(measurement) and found and complete
        if not total(measurement.summary, "records"):
            fail(f"{name}: no line was accepted: there is nothing to measure", Exit.UNREADABLE)
        measured[name] = measurement.summary
        every.merge(measurement.summary)
    fleet = describe_fleet(measured, every, ZoneInfo(timezone) if timezone else None)
    return {**build_profile(every, timezone=timezone, top=top), "fleet": fleet}, complete


def _document(measurement: Measurement, timezone: str | None, top: int) -> dict[str, Any]:
    from planner.cdr.profile.document import build_profile

    return build_profile(measurement.summary, timezone=timezone, partial=measurement.interrupted, top=top)


def _rendered(document: dict[str, Any], form: str, output: Path | None) -> str:
    if form == "json":
        from planner.cdr.profile.document import profile_json

        return profile_json(document)
    if form == "html":
        from planner.output.cdr_page import render_page

        return render_page(document)
    from planner.output.cdr_table import render_table

    return render_table(document, terminal=output is None and sys.stdout.isatty())
