"""`plan size`: what a deployment needs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.choices import Color, FailOn, fail_on_option
from planner.cli.commands import Ended, Exit, command, option
from planner.cli.console import chosen_format, coloured, format_option, note, output_option, write_output
from planner.cli.traffic_options import (
    certainty_option,
    certainty_wanted,
    declared_options,
    deployment_argument,
    host_option,
    read_deployment,
    sized,
    with_traffic_options,
)

if TYPE_CHECKING:
    from planner import Deployment
    from planner.sizing import Sizing

_FILE_WIDTH = 132
_SAID = {"error": "in error", "warning": "warned of", "info": "noted"}
FORMATS = ("text", "json", "markdown", "csv")


@command(epilog="Example: plan size --cps 100 --codec g729 --asr 40% --acd 75s")
@deployment_argument
@host_option
@format_option(FORMATS)
@output_option()
@certainty_wanted
@option("--all", "every", is_flag=True, help="Show every figure and assumption.")
@fail_on_option
@with_traffic_options
def size(
    traffic: dict[str, Any],
    deployment: str | None,
    bundle: str | None,
    format: str | None,
    output: Path | None,
    certainty: str | None,
    every: bool,
    fail_on: FailOn,
) -> None:
    """Size a deployment: from flags, a file or a measured profile.

    Every figure comes with its range, formula, sources and basis; every assumption with what to pass to
    replace it.
    """
    form = chosen_format(format, output, FORMATS, "text")
    declared = read_deployment(deployment, declared_options(traffic), bundle)
    result = sized(declared, traffic, certainty_option(certainty))
    write_output(_rendered(result, form, output, every=every), output)
    fails = any(fail_on.counts(finding.severity) for finding in result.findings)
    if fails or ((deployment or bundle) and _validation_fails(declared, fail_on)):
        raise Ended(Exit.FINDINGS)


def _validation_fails(declared: Deployment, fail_on: FailOn) -> bool:
    """Tell whether `plan validate` fails the file: one file has one exit code, whichever command is asked."""
    from planner.rules.validation import validate

    if fail_on is FailOn.NEVER:
        return False
    checked = validate(declared)
    # By default the file's own policy says what fails.
    own = fail_on is FailOn.ERROR
    failing = checked.failing if own else [each for each in checked.active if fail_on.counts(each.severity)]
    if failing and not any(each.severity == "error" for each in declared.findings):  # or reading them said so
        worst = min((each.severity for each in failing), key=list(_SAID).index)
        note(f"plan: settings are {_SAID[worst]} ({len(failing)}): plan validate {declared.path}")
    return bool(failing)


def _rendered(result: Sizing, form: str, output: Path | None, *, every: bool) -> str:
    if form != "text":
        from planner.output.sizing import render

        return render(result, form)
    from planner.output.sizing import COLOUR, PLAIN, render_text

    terminal = output is None and sys.stdout.isatty()
    colours = terminal and coloured(Color.AUTO, output)
    width = shutil.get_terminal_size((_FILE_WIDTH, 0)).columns if output is None else _FILE_WIDTH
    return render_text(result, width=width, style=COLOUR if colours else PLAIN, every=every)
