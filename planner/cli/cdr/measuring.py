"""What the measuring commands share: inputs, engines, progress, and how a run ends."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.commands import Exit
from planner.cli.console import fail, note, stderr_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.cdr.engine.run import Measurement, State
    from planner.cdr.sources import Source

ENGINES = ("local", "spark", "dask")


def find(paths: list[str], *, remote: bool = False) -> tuple[list[Source], bool]:
    """Return the inputs and whether all were found; what was not is said on standard error."""
    from planner.cdr.sources import STDIN, find_sources

    if STDIN in paths and len(paths) > 1:
        fail("- reads standard input and stands alone; give files, or -", Exit.USAGE)
    if remote:
        from planner.cdr.sources import Source as Remote

        return [Remote(path) for path in sorted(set(paths))], True
    sources, errors, notes = find_sources(paths)
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


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    console = stderr_console()
    if not console.is_terminal or not total:
        yield lambda _: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda done: bar.update(task, advance=done)


def _state(folder: Path | None) -> State | None:
    if folder is None:
        return None
    from planner.cdr.engine.run import State as Folder

    try:
        return Folder(folder)
    except OSError as error:
        fail(f"--state {folder}: {error.strerror}", Exit.USAGE)


def run_measurement(sources: list[Source], options: dict[str, Any]) -> Measurement:
    """Measure the sources with the engine and options of the command line."""
    from planner.cdr.engine.local import WorkerLostError
    from planner.cdr.engine.reading import EngineError
    from planner.cdr.engine.run import choose, measure

    if options["engine"] not in ENGINES:
        fail(f"--engine {options['engine']}: write {', '.join(ENGINES)}", Exit.USAGE)
    if options["master"] and options["engine"] == "local":
        fail("--master names a cluster; add --engine spark or --engine dask", Exit.USAGE)
    state = _state(options["state"])
    try:
        run = choose(options["engine"], options["master"], options["processes"])
        with _progress(sum(source.size for source in sources)) as progress:
            return measure(sources, run=run, state=state, progress=progress)
    except EngineError as error:
        fail(str(error), Exit.USAGE)
    except WorkerLostError as error:
        fail(f"{error}; run again with --processes 1 to see which file ends it", Exit.UNREADABLE)
    except OSError as error:
        fail(f"{error.filename or options['state']}: {error.strerror}", Exit.UNREADABLE)


def report_notes(measurement: Measurement) -> bool:
    """Say what happened to single files; True if all could be read to their end."""
    from planner.cdr.profile.tables import foreign_files, unreadable_files

    unreadable = unreadable_files(measurement.summary)
    for message in unreadable:
        note(f"plan: {message}")
    for path, facts in sorted(measurement.summary.files.items()):
        if facts.note and not facts.note.startswith("unreadable"):
            note(f"plan: {path}: {facts.note}")
    foreign = foreign_files(measurement.summary)
    for path, name in sorted(foreign.items()):
        note(f"plan: {path}: this is {name}, not the pipe-separated text CDR (17 or 19 fields between |)")
    return not unreadable and not foreign


def check_zone(zone: str | None) -> None:
    """End the command where a zone's name is unknown."""
    if zone is None:
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fail(f"--timezone {zone}: no such zone; write a name such as Asia/Dhaka or UTC", Exit.USAGE)
