"""`plan cdr backtest`: how far the model's prediction is from what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.cdr.profile import find, report_notes, run_measurement
from planner.cli.commands import Exit
from planner.cli.console import application, chosen_format, fail, format_option, note, write_form
from planner.cli.traffic_options import read_profile

if TYPE_CHECKING:
    from planner.cdr.comparison import Comparison
    from planner.cdr.sources import Source

app = application(name="backtest")
FORMATS = ("table", "json")


@app.command(epilog="Example: plan cdr backtest /home/vos3000/cdr --profile last-month.json")
def backtest(  # noqa: PLR0917  typer passes options by position
    paths: Annotated[list[str], typer.Argument(help="Files, folders, patterns, or - for standard input.")],
    profile: Annotated[
        Path | None, typer.Option(help="Predict from this profile, e.g. of another month. Default: the files' own.")
    ] = None,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    max_error: Annotated[
        float | None, typer.Option(min=0, help="Exit 1 if a prediction is further off than this share: 0.2.")
    ] = None,
    state: Annotated[Path | None, typer.Option(help="Folder that remembers files already read.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
) -> None:
    """Compare what the sizing model predicts for measured traffic with what that traffic needed.

    Of two weeks and more the last one is judged by what the weeks before it predict. Of less, a figure that the
    prediction takes from the same records is marked as compared with itself.
    """
    form = chosen_format(format, output, FORMATS, "table")
    sources, found = find(paths)
    options = {"engine": "local", "master": "", "processes": processes, "state": state}
    basis = read_profile(profile, whole=True)
    earlier, judged = ([], sources) if basis else _parted(sources)
    complete, measured = _measured(judged, options)
    if earlier:
        note(f"plan: files of the last week ({len(judged):,}) are judged by those before them ({len(earlier):,})")
        whole, basis = _measured(earlier, options)
        complete = complete and whole
    comparisons = _compared(measured, basis or measured)
    write_form(_json(comparisons) if form == "json" else _table(comparisons), output, form)
    if not (found and complete):
        raise typer.Exit(Exit.UNREADABLE)
    errors = [abs(each.error) for each in comparisons if each.error is not None]
    if max_error is not None and max(errors, default=0.0) > max_error:
        raise typer.Exit(Exit.FINDINGS)


def _parted(sources: list[Source]) -> tuple[list[Source], list[Source]]:
    """Return the files to predict from and those to judge by; all are the latter where they are of few days."""
    from planner.cdr.comparison import split_by_time
    from planner.cdr.summary.summary import named_time

    at = split_by_time(source.path for source in sources)
    times = [(source, (named_time(source.path) or (None,))[0]) for source in sources]
    if at is None or any(time is None for _, time in times):
        return [], sources
    return [s for s, t in times if t is not None and t < at], [s for s, t in times if t is not None and t >= at]


def _measured(sources: list[Source], options: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
    """Return whether all could be read, and the profile."""
    from planner.cdr.profile.document import build_profile

    measurement = run_measurement(sources, options)
    if measurement.interrupted:
        raise KeyboardInterrupt
    return report_notes(measurement), build_profile(measurement.summary)


def _compared(measured: dict[str, Any], basis: dict[str, Any]) -> list[Comparison]:
    from planner.cdr.comparison import compare, declared_by
    from planner.deployment import Deployment
    from planner.sizing import size
    from planner.sizing.result import as_document

    if not measured["calls"]["records"]:
        fail("no records to compare with", Exit.UNREADABLE)
    unknown = basis["calls"].get("attempts_unknown")
    if unknown or basis["calls"]["answered_only"]:
        fail(
            f"{unknown or 'attempts are unknown'}; predict from a profile that has them with --profile", Exit.UNREADABLE
        )
    try:
        sizing = size(Deployment().override(declared_by(measured)), profile=basis)
    except ValueError as error:
        fail(f"the profile cannot be sized: {error}", Exit.UNREADABLE)
    return compare(measured, as_document(sizing)["figures"], basis)


def _plain(each: Comparison) -> dict[str, Any]:
    names = ("figure", "unit", "predicted", "low", "high", "measured", "error", "within", "itself", "note")
    return {name: getattr(each, name) for name in names}


def _json(comparisons: list[Comparison]) -> str:
    document = {"schema": "backtest-v1", "comparisons": [_plain(each) for each in comparisons]}
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _table(comparisons: list[Comparison]) -> str:
    rows = [("figure", "predicted", "measured", "off by", "as expected", "unit", "")]
    for each in comparisons:
        off = "-" if each.error is None else f"{each.error:+.1%}"
        sides = (f"{each.predicted:,.6g}", f"{each.measured:,.6g}", off)
        rows.append(
            (each.figure, *sides, {True: "yes", False: "no", None: "itself"}[each.within], each.unit, each.note)
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = (
        "  ".join(
            text.ljust(width) if i in (0, 5, 6) else text.rjust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in aligned)
