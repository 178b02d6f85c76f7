"""`plan cdr watch`: a live folder beside the plan."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.cdr.profile import opened_state, report_notes
from planner.cli.commands import Exit
from planner.cli.console import application, fail, note, zone_named
from planner.cli.traffic_options import read_deployment, read_profile

if TYPE_CHECKING:
    from planner.cdr.checking import Reading
    from planner.cdr.engine.run import State

app = application(name="watch")


class Format(StrEnum):
    """How what is measured is told."""

    TEXT = "text"
    JSONL = "jsonl"
    PROMETHEUS = "prometheus"


@app.command(epilog="Example: plan cdr watch /home/vos3000/cdr --plan deployment.yaml --profile profile.json")
def watch(  # noqa: PLR0917  typer passes options by position
    folder: Annotated[Path, typer.Argument(help="The folder a server writes its CDR files into.")],
    plan: Annotated[str | None, typer.Option("--plan", help="Deployment file whose sizing is the plan.")] = None,
    profile: Annotated[Path | None, typer.Option(help="Measured profile that the plan is made from.")] = None,
    limit: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE: calls, cps, cps_second, asr, disk; e.g. disk=80%.")
    ] = None,
    every: Annotated[float, typer.Option(min=0.1, max=604_800, help="Seconds from one look to the next.")] = 60.0,
    window: Annotated[float, typer.Option(min=1, help="Hours back to which files are followed.")] = 48.0,
    timezone: Annotated[str | None, typer.Option(help="The server's zone, e.g. Asia/Dhaka.")] = None,
    state: Annotated[Path | None, typer.Option(help="Folder that remembers files already read.")] = None,
    format: Annotated[Format, typer.Option(help="How to tell it.")] = Format.TEXT,  # noqa: A002
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Metrics file (prometheus).")] = None,
    once: Annotated[bool, typer.Option("--once", help="Look once; exit 1 where the plan is left.")] = False,
) -> None:
    """Follow a live folder: tell when measured calls, CPS, ASR or the disk leave the plan, and when they are back.

    Calls are in the files once they have ended: the highest level of a moment is known a call's length later.
    """
    if (format == "prometheus") != (output is not None):
        fail("--format prometheus writes the file that -o names; other formats write to standard output", Exit.USAGE)
    if not math.isfinite(every + window):  # a range lets nan pass
        fail("--every and --window are numbers of seconds and of hours", Exit.USAGE)
    zone_named(timezone)
    if not folder.is_dir():
        fail(f"{folder}: no folder; name the one the server writes its CDR files into", Exit.UNREADABLE)
    limits = {**_planned(plan, profile), **_declared(limit or [])}
    remembered, outside = opened_state(state), dict[str, bool]()
    while True:
        reading, whole = _read(folder, window * 3600, remembered, timezone)
        before, outside = outside, reading.outside(limits)
        _tell(reading, limits, (before, outside), format, output)
        if once:
            raise typer.Exit(Exit.FINDINGS if any(outside.values()) else 0) if whole else typer.Exit(Exit.UNREADABLE)
        time.sleep(every)


def _planned(plan: str | None, profile: Path | None) -> dict[str, float]:
    if plan is None and profile is None:
        return {}
    from planner.cdr.checking import limits_of
    from planner.sizing import size
    from planner.sizing.result import as_document

    try:
        sizing = size(read_deployment(plan, {}), profile=read_profile(profile))
    except ValueError as error:
        fail(f"the plan cannot be sized: {error}", Exit.USAGE)
    return limits_of(as_document(sizing)["figures"])


def _declared(limits: list[str]) -> dict[str, float]:
    from planner.cdr.checking import LIMITS

    found = {}
    for text in limits:
        name, _, value = text.partition("=")
        if name not in LIMITS:
            fail(f"--limit {text}: write NAME=VALUE with one of {', '.join(LIMITS)}", Exit.USAGE)
        if name in found:
            fail(f"--limit {text}: {name} has a limit already", Exit.USAGE)
        found[name] = _limit(text, name, value)
    return found


def _limit(text: str, name: str, value: str) -> float:
    from planner.cdr.checking import SHARES

    try:
        limit = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        fail(f"--limit {text}: {value!r} is no number; write {name}=0.8 or {name}=80%", Exit.USAGE)
    most = 1 if name in SHARES else math.inf
    if not (0 <= limit <= most and math.isfinite(limit)):
        fail(f"--limit {text}: write {'a share of 0 to 1' if name in SHARES else 'a number of 0 or more'}", Exit.USAGE)
    return limit


def _read(folder: Path, seconds: float, state: State | None, timezone: str | None) -> tuple[Reading, bool]:
    """Return what a look at the folder shows, and whether all of it could be read."""
    from zoneinfo import ZoneInfo

    from planner.cdr.checking import read, recent
    from planner.cdr.engine.run import Measurement, measure
    from planner.cdr.sources import NothingHereError, find_sources

    found = find_sources([str(folder)])
    # A live folder is empty between two files, and a file may be gone again: the next look finds what is there.
    lost = [each for each in found.errors if not isinstance(each, NothingHereError) and not _gone(each.__cause__)]
    for error in lost:
        note(f"plan: {error}")
    sources = recent(found.sources, seconds)
    measurement = measure(sources, state=state) if sources else Measurement()
    if measurement.interrupted:
        raise KeyboardInterrupt
    whole = report_notes(measurement) and not lost
    return read(measurement.summary, folder, ZoneInfo(timezone) if timezone else None), whole


def _gone(error: BaseException | None) -> bool:
    return isinstance(error, FileNotFoundError) and not os.path.lexists(error.filename)


def _tell(
    reading: Reading,
    limits: dict[str, float],
    sides: tuple[dict[str, bool], dict[str, bool]],
    form: str,
    output: Path | None,
) -> None:
    """Write the metrics, or a line for each measure that left the plan or came back since the last look."""
    from planner.cdr.checking import as_metrics
    from planner.files import write

    before, now = sides
    if form == "prometheus" and output is not None:
        write(output, as_metrics(reading, limits, now).encode())
        return
    if form == "jsonl":
        _line(
            json.dumps(
                {"schema": "watch-v1", "at": reading.at, "measured": reading.values, "limits": limits, "outside": now}
            )
        )
        return
    for name, left in now.items():
        if left != before.get(name, False):
            _line(_sentence(reading, name, limits[name], left=left))
    if not before and not any(now.values()):
        where = "within the plan" if limits else "no plan and no limit is named"
        _line(f"{reading.at or 'no records yet'}: {_values(reading.values)}; {where}")


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _sentence(reading: Reading, name: str, limit: float, *, left: bool) -> str:
    from planner.cdr.checking import LIMITS

    where = "has left the plan" if left else "is back within the plan"
    return f"{reading.at or '-'}: {name} {reading.values[name]:,.4g} {where} ({limit:,.4g}): {LIMITS[name]}"


def _values(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value:,.4g}" for name, value in values.items())
