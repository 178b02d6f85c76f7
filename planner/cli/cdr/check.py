"""`plan cdr check`: the gate for CDR files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.cdr.profile import find, report_notes, run_measurement
from planner.cli.commands import Exit
from planner.cli.console import application, fail, note, write_output

if TYPE_CHECKING:
    from planner.cdr.engine.run import Measurement
    from planner.finding import Finding
    from planner.rules.validation import Validation

app = application(name="check")
SEVERITIES = ("error", "warning", "info", "never")


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
    format: Annotated[  # noqa: A002  the option's name
        str, typer.Option("--format", help="text, json, sarif, junit, gitlab, github or markdown.")
    ] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Exit 1 on findings of this severity: error, warning, info, never.")
    ] = "error",
    engine: Annotated[str, typer.Option(help="local, spark or dask.")] = "local",
    master: Annotated[str, typer.Option(help="The cluster: spark://host:7077, yarn; Dask: tcp://host:8786.")] = "",
    state: Annotated[Path | None, typer.Option(help="Folder that remembers files already read.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
) -> None:
    """Validate CDR files line by line: every bad line counted by reason, none lost.

    Exits 1 when the share of bad lines exceeds --max-bad.
    """
    from planner.output.findings import FORMATS

    if format not in FORMATS:
        fail(f"--format {format}: write {', '.join(FORMATS)}", Exit.USAGE)
    if fail_on not in SEVERITIES:
        fail(f"--fail-on {fail_on}: write {', '.join(SEVERITIES)}", Exit.USAGE)
    share = _share(max_bad)
    sources, found = find(paths)
    options = {"engine": engine, "master": master, "processes": processes, "state": state}
    measurement = run_measurement(sources, options)
    if measurement.interrupted:
        raise KeyboardInterrupt
    complete = report_notes(measurement)
    validation = _validation(measurement, share, fail_on)
    write_output(_rendered(validation, format, output), output)
    _count(measurement)
    if not (found and complete):
        raise typer.Exit(Exit.UNREADABLE)
    if validation.failing:
        raise typer.Exit(Exit.FINDINGS)


def _validation(measurement: Measurement, max_bad: float, fail_on: str) -> Validation:
    from planner.cdr.checking import findings_of
    from planner.cdr.profile.calls import describe_suspicions, unreadable_files
    from planner.cdr.sources import shown
    from planner.finding import Severity
    from planner.rules.validation import Validation as Result

    summary = measurement.summary
    findings = findings_of(summary, max_bad, describe_suspicions(summary)["hold_in_seconds_files"])

    def counts(finding: Finding) -> bool:
        return fail_on != "never" and finding.severity.at_least(Severity(fail_on))

    return Result(
        findings=tuple(findings),
        failing=tuple(filter(counts, findings)),
        unreadable=tuple(map(shown, unreadable_files(summary))),
        files=tuple(map(shown, sorted(summary.files))),
    )


def _rendered(validation: Validation, form: str, output: Path | None) -> str:
    import os

    from planner.output.findings import render

    color = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return render(validation, form, color=color)


def _count(measurement: Measurement) -> None:
    from planner.cdr.profile.calls import describe_lines

    lines = describe_lines(measurement.summary)
    reasons = ", ".join(f"{name} {count:,}" for name, count in lines["reasons"].items() if count)
    files = len(measurement.summary.files)
    where = f"{files:,} {'file' if files == 1 else 'files'}"
    counts = f"{lines['accepted']:,} accepted, {lines['rejected']:,} rejected"
    note(f"{lines['lines']:,} lines in {where}: {counts}" + (f" ({reasons})" if reasons else ""))
