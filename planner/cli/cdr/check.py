"""`plan cdr check`: the gate for CDR files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.cdr.profile import (
    Engine,
    engine_option,
    find,
    master_option,
    processes_option,
    report_notes,
    run_measurement,
    state_option,
)
from planner.cli.choices import Color, FailOn, Values, fail_on_option
from planner.cli.commands import Ended, Exit, command, option
from planner.cli.console import FORMAT_HELP, chosen_format, coloured, fail, note, output_option, write_output
from planner.output.findings import FindingFormat
from planner.wording import counted

if TYPE_CHECKING:
    from planner.cdr.engine.run import Measurement
    from planner.finding import Validation


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        fail(f"--max-bad {text}: write a share of lines, such as 0, 0.001 or 0.1%", Exit.USAGE)
    return share


@command(epilog="Example: plan cdr check /home/vos3000/cdr --max-bad 0.01%")
@click.argument("paths", nargs=-1, required=True, help="Files, folders, patterns, or - for standard input.")
@option("--max-bad", default="0", help="Share of bad lines that still passes: 0.001 or 0.1%.")
@option("--format", type=Values(FindingFormat), help=FORMAT_HELP)
@output_option()
@fail_on_option
@engine_option
@master_option
@state_option
@processes_option
def check(
    paths: tuple[str, ...],
    max_bad: str,
    format: FindingFormat | None,
    output: Path | None,
    fail_on: FailOn,
    engine: Engine,
    master: str,
    state: Path | None,
    processes: int | None,
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
        raise Ended(Exit.UNREADABLE)
    if validation.failing:
        raise Ended(Exit.FINDINGS)


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
