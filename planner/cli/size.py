"""`plan size`: what a deployment needs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.choices import Color, FailOn
from planner.cli.commands import Exit
from planner.cli.console import application, chosen_format, coloured, format_option, note, write_output
from planner.cli.traffic_options import certainty_option, declared_options, read_deployment, sized, with_traffic_options

if TYPE_CHECKING:
    from planner import Deployment
    from planner.sizing import Sizing

app = application()
_FILE_WIDTH = 132
_SAID = {"error": "in error", "warning": "warned of", "info": "noted"}
FORMATS = ("text", "json", "markdown", "csv")


@app.command(epilog="Example: plan size --cps 100 --codec g729 --asr 40% --acd 75s")
@with_traffic_options
def size(  # noqa: PLR0917  typer passes options by name
    traffic: dict[str, Any],
    deployment: Annotated[
        str | None, typer.Argument(help="A deployment file; - reads standard input. Options override it.")
    ] = None,
    bundle: Annotated[
        str | None, typer.Option("--from", help="The host a bundle of plan collect describes.", metavar="BUNDLE")
    ] = None,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    certainty: Annotated[
        str | None,
        typer.Option(
            "--certainty", metavar="SHARE", help="Decide so surely, over the plausible cases: 95%.", show_default=False
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every figure and assumption.")] = False,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 on findings of this severity.")] = FailOn.ERROR,
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
        raise typer.Exit(Exit.FINDINGS)


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
