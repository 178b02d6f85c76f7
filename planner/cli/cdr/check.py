"""`plan cdr check`: the gate for CDR files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.cdr.profile import Engine, find, report_notes, run_measurement
from planner.cli.choices import Color, FailOn
from planner.cli.commands import Exit
from planner.cli.console import FORMAT_HELP, application, chosen_format, coloured, fail, note, write_output
from planner.output.findings import FindingFormat
from planner.wording import counted

if TYPE_CHECKING:
    from planner.cdr.engine.run import Measurement
    from planner.finding import Validation

app = application(name="check")


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        fail(f"--max-bad {text}: write a share of lines, such as 0, 0.001 or 0.1%", Exit.USAGE)
    return share


@app.command(epilog="Example: plan cdr check /home/vos3000/cdr --max-bad 0.01%")
def check(  # noqa: PLR0917  typer passes options by position
    paths: Annotated[list[str], typer.Argument(help="Files, folders, patterns, or - for standard input.")],
    max_bad: Annotated[str, typer.Option(help="Share of bad lines that still passes: 0.001 or 0.1%.")] = "0",
    format: Annotated[FindingFormat | None, typer.Option("--format", help=FORMAT_HELP)] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 on findings of this severity.")] = FailOn.ERROR,
    engine: Annotated[Engine, typer.Option(help="What reads the files.")] = Engine.LOCAL,
    master: Annotated[str, typer.Option(help="The cluster: spark://host:7077, yarn; Dask: tcp://host:8786.")] = "",
    state: Annotated[Path | None, typer.Option(help="Folder that remembers files already read.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
) -> None:
    """Validate CDR files line by line: every bad line counted by reason, none lost.

    Exits 1 when the share of bad lines exceeds --max-bad.
    """
    form = chosen_format(format, output, tuple(FindingFormat), "text")
    share = _share(max_bad)
    sources, found = find(paths)
    options = {"engine": engine, "master": master, "processes": processes, "state": state, "lines_only": True}
    measurement = run_measurement(sources, options)
    if measurement.interrupted:
        raise KeyboardInterrupt
    complete = report_notes(measurement, twice=False)
    validation = _validation(measurement, share, fail_on)
    write_output(_rendered(validation, form, output), output)
    _count(measurement)
    if not (found and complete):
        raise typer.Exit(Exit.UNREADABLE)
    if validation.failing:
        raise typer.Exit(Exit.FINDINGS)


def _validation(measurement: Measurement, max_bad: float, fail_on: FailOn) -> Validation:
    from planner.cdr.checking import findings_of
    from planner.cdr.profile.calls import describe_suspicions, unreadable_files
    from planner.cdr.sources import shown
    from planner.finding import Validation as Result

    summary = measurement.summary
    findings = findings_of(summary, max_bad, describe_suspicions(summary)["hold_in_seconds_files"])

    return Result(
        findings=tuple(findings),
        failing=tuple(each for each in findings if fail_on.counts(each.severity)),
        unreadable=tuple(map(shown, unreadable_files(summary))),
        files=tuple(map(shown, sorted(summary.files))),
    )


def _rendered(validation: Validation, form: str, output: Path | None) -> str:
    from planner.output.findings import render

    return render(validation, form, color=coloured(Color.AUTO, output))


def _count(measurement: Measurement) -> None:
    from planner.cdr.profile.calls import describe_lines

    lines = describe_lines(measurement.summary)
    reasons = ", ".join(f"{name} {count:,}" for name, count in lines["reasons"].items() if count)
    where = counted(len(measurement.summary.files), "file")
    counts = f"{lines['accepted']:,} accepted, {lines['rejected']:,} rejected"
    note(f"{counted(lines['lines'], 'line')} in {where}: {counts}" + (f" ({reasons})" if reasons else ""))
