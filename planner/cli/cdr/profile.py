"""`plan cdr profile`, and what the measuring commands share: inputs, engines, progress, how a run ends."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from planner.cli.choices import Lang
from planner.cli.commands import Exit
from planner.cli.console import (
    BYTES,
    application,
    chosen_format,
    fail,
    format_option,
    note,
    of_page,
    progress,
    terminal_width,
    write_output,
    zone_named,
)
from planner.wording import wording

if TYPE_CHECKING:
    from planner.cdr.engine.run import Measurement, State
    from planner.cdr.sources import Source


class Engine(StrEnum):
    """What the records are read with."""

    LOCAL = "local"
    SPARK = "spark"
    DASK = "dask"


def find(paths: list[str], *, remote: bool = False) -> tuple[list[Source], bool]:
    """Return the inputs and whether all were found; what was not is said on standard error.

    Where `remote`, URIs are left to the engine; those of this machine's files are paths.
    """
    from planner.cdr.sources import STDIN, Source, find_sources, is_remote

    if STDIN in paths and len(paths) > 1:
        fail("- reads standard input and stands alone; give files, or -", Exit.USAGE)
    far = [path for path in paths if remote and is_remote(path)]
    near = [path for path in paths if path not in far]
    sources, errors, notes = find_sources(near)
    sources += [Source(path) for path in sorted(set(far))]
    for said in (*errors, *notes):
        note(f"plan: {said}")
    if not sources:
        fail("nothing to read", Exit.UNREADABLE)
    return sources, not errors


def named_servers(paths: list[str]) -> dict[str, str]:
    """Return the servers of a fleet, given as NAME=FOLDER; none where the paths are paths."""
    named = [path.partition("=") for path in paths if "=" in path and not Path(path).exists()]
    if not named:
        return {}
    if len(named) < len(paths):
        fail("write NAME=FOLDER for every server, or paths alone", Exit.USAGE)
    servers = {name: path for name, _, path in named}
    if len(servers) < len(named) or not all(servers) or not all(servers.values()):
        fail("each server needs a name of its own: a=/cdr/a b=/cdr/b", Exit.USAGE)
    return servers


def opened_state(folder: Path | None, *, closes: bool = True) -> State | None:
    """Return what remembers files already read. Ends the command where its folder cannot be used."""
    if folder is None:
        return None
    from planner.cdr.engine.run import State as Folder

    try:
        return Folder(folder, closes=closes)
    except OSError as error:
        fail(f"--state {folder}: {error.strerror}", Exit.USAGE)


def run_measurement(sources: list[Source], options: dict[str, Any]) -> Measurement:
    """Measure the sources with the engine and options of the command line."""
    from planner.cdr.engine.local import EngineError, WorkerLostError
    from planner.cdr.engine.run import choose, measure

    if options["master"] and options["engine"] == "local":
        fail("--master names a cluster; add --engine spark or --engine dask", Exit.USAGE)
    state = opened_state(options["state"], closes=options.get("closes", True))
    try:
        run = choose(options["engine"], options["master"], options["processes"])
        with progress("reading", sum(source.size for source in sources), BYTES) as shown:
            lines_only = options.get("lines_only", False)
            return measure(sources, run=run, state=state, progress=shown.advance, lines_only=lines_only)
    except EngineError as error:
        fail(str(error), Exit.USAGE)
    except WorkerLostError as error:
        fail(f"{error}; run again with --processes 1 to see which file ends it", Exit.UNREADABLE)
    except OSError as error:
        fail(f"{error.filename or options['state']}: {error.strerror}", Exit.UNREADABLE)


def _said_twice(measurement: Measurement) -> str | None:
    """Return what is said of files whose names tell the same time."""
    from planner.cdr.profile.calls import files_of_one_time
    from planner.cdr.sources import shown

    twice = [(path, first) for first, *others in files_of_one_time(measurement.summary).values() for path in others]
    if not twice:
        return None
    (path, first), more = map(shown, twice[0]), len(twice) - 1
    return wording(
        "{path}: its name is also that of {other}: what both hold counts twice{more}",
        path=path,
        other=first,
        more=f" (and {more:,} more)" if more else "",
    )


def report_notes(measurement: Measurement, *, twice: bool = True) -> bool:
    """Say what happened to single files, and where two tell the same time; True if all could be read to their end."""
    from planner.cdr.profile.calls import foreign_files, not_cdr, unreadable_files
    from planner.cdr.sources import shown

    if twice and (said := _said_twice(measurement)):
        note(f"plan: {said}")

    unreadable = unreadable_files(measurement.summary)
    for message in unreadable:
        note(f"plan: {message}")
    for path, facts in sorted(measurement.summary.files.items()):
        if facts.note and not facts.note.startswith("unreadable"):
            note(f"plan: {shown(path)}: {facts.note}")
    foreign = foreign_files(measurement.summary)
    for path, name in sorted(foreign.items()):
        note(f"plan: {not_cdr(path, name)}")
    return not unreadable and not foreign


# `plan cdr profile`: what the traffic was.


class _Told(NamedTuple):
    """How a profile is written: its format, where to, and what its page alone has."""

    form: str
    output: Path | None
    plan: Path | None = None
    lang: str = "en"
    unmasked: bool = False


app = application(name="profile")
FORMATS = ("table", "json", "html")


@app.command(epilog="Example: plan cdr profile /home/vos3000/cdr --format json -o profile.json")
def profile(  # noqa: PLR0917  typer passes options by position
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, patterns, - (standard input), or NAME=FOLDER each.")
    ],
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The server's zone, e.g. Asia/Dhaka. Without one, times stay local.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="Rows of every table.")] = 20,
    state: Annotated[
        Path | None, typer.Option(help="Folder that remembers files already read; only new ones are read.")
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="On Ctrl-C, write what was measured so far.")] = False,
    engine: Annotated[Engine, typer.Option(help="What reads the files.")] = Engine.LOCAL,
    master: Annotated[str, typer.Option(help="The cluster: spark://host:7077, yarn; Dask: tcp://host:8786.")] = "",
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="A deployment to show beside the measurement.", metavar="DEPLOYMENT")
    ] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the page.")] = None,
    mask: Annotated[
        bool | None, typer.Option("--mask/--no-mask", help="Mask telephone numbers and addresses on the page.")
    ] = None,
) -> None:
    """Measure real CDR files: CPS, ASR, ACD, PDD, concurrency, bytes per line, by gateway and reason.

    The JSON is what plan size --profile and plan report --profile take.
    """
    from planner.cdr.profile.calls import total

    form = chosen_format(format, output, FORMATS, "table")
    of_page(form, {"--plan": plan, "--lang": lang, "--mask": mask})
    zone_named(timezone)
    told = _Told(form, output, plan, lang or "en", unmasked=mask is False)
    options = {"engine": engine, "master": master, "processes": processes, "state": state}
    if servers := named_servers(paths):
        document, complete = _fleet(servers, options, timezone, top)
        _write(document, told)
        raise typer.Exit(0 if complete else Exit.UNREADABLE)
    sources, found = find(paths, remote=engine == "spark")
    measurement = run_measurement(sources, options)
    if measurement.interrupted and not partial:
        raise SystemExit("interrupted; nothing written (add --partial to keep what was measured)")
    complete = report_notes(measurement)
    if not (total(measurement.summary, "records") or measurement.interrupted):
        fail(
            "no line was accepted: there is nothing to measure; plan cdr check says what the lines are", Exit.UNREADABLE
        )
    _write(_document(measurement, timezone, top), told)
    if not (found and complete):
        raise typer.Exit(Exit.UNREADABLE)


def _fleet(
    servers: dict[str, str], options: dict[str, Any], timezone: str | None, top: int
) -> tuple[dict[str, Any], bool]:
    """Return the profile of all servers together, and whether all was read."""
    from zoneinfo import ZoneInfo

    from planner.cdr.profile.calls import total
    from planner.cdr.profile.document import build_profile, describe_fleet
    from planner.cdr.summary.summary import Summary

    every, measured, complete = Summary(), {}, True
    owner: dict[object, str] = {}
    for name, path in servers.items():
        sources, found = find([path])
        for source in sources:
            if (other := owner.setdefault(_identity(source), name)) != name:
                fail(f"{source.path}: the same file is read for {other} and for {name}", Exit.USAGE)
        measurement = run_measurement(sources, {**options, "closes": False})
        if measurement.interrupted:
            raise KeyboardInterrupt
        complete = report_notes(measurement) and found and complete
        if not total(measurement.summary, "records"):
            fail(f"{name}: no line was accepted: there is nothing to measure", Exit.UNREADABLE)
        measured[name] = measurement.summary
        every.merge(measurement.summary)
    try:
        fleet, said = describe_fleet(measured, every, ZoneInfo(timezone) if timezone else None)
    except ValueError as error:
        fail(f"the servers were not measured at the same time: {error}", Exit.USAGE)
    if said:
        note(f"plan: {said}")
    return {**build_profile(every, timezone=timezone, top=top), "fleet": fleet}, complete


def _identity(source: Source) -> object:
    return source.identity if any(source.identity) else source.path


def _document(measurement: Measurement, timezone: str | None, top: int) -> dict[str, Any]:
    from planner.cdr.profile.document import build_profile

    return build_profile(measurement.summary, timezone=timezone, partial=measurement.interrupted, top=top)


def _write(document: dict[str, Any], told: _Told) -> None:
    if told.form == "html":
        _page(document, told)
        return
    if told.form == "json":
        from planner.cdr.profile.document import profile_json

        write_output(profile_json(document), told.output)
        return
    from planner.output.cdr import render_table

    terminal = told.output is None and sys.stdout.isatty()
    text = render_table(document, width=terminal_width(told.output), terminal=terminal)
    write_output(text, told.output)


def _page(document: dict[str, Any], told: _Told) -> None:
    from planner.cli.report import telling, write_page
    from planner.cli.traffic_options import read_deployment, sized
    from planner.report.sheets import profile_page

    planned = None
    if told.plan is not None:
        deployment = read_deployment(str(told.plan), {})
        planned = (deployment, sized(deployment, {}))
    said = telling(told.lang, planned[0] if planned else None)
    write_page(profile_page(said, document, planned, unmasked=told.unmasked), told.output)
