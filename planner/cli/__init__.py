"""The command line: parsing and printing only."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from planner.cli.commands import lazy_group
from planner.cli.console import application
from planner.version import __version__

COMMANDS = {
    "size": ("planner.cli.size", "Size a deployment: from flags, a file or a measured profile."),
    "validate": ("planner.cli.validate", "Check deployments, sysctl and MySQL settings: the gate for CI."),
    "report": ("planner.cli.report", "Write the customer's report: one HTML file, offline, printable."),
    "compare": ("planner.cli.compare", "Put sizings side by side, differences first."),
    "sweep": ("planner.cli.sweep", "Size a grid of scenarios."),
    "explain": ("planner.cli.explain", "Document a rule, parameter, figure, codec, tier or assumption."),
    "cdr": ("planner.cli.cdr", "Measure, check, export and simulate call detail records."),
    "rules": ("planner.cli.rules", "List the rules."),
    "params": ("planner.cli.params", "List the parameters."),
    "schema": ("planner.cli.schema", "Print the JSON Schemas."),
    "init": ("planner.cli.init", "Write a commented starter deployment."),
}

app = application(
    name="plan",
    cls=lazy_group(COMMANDS),
    help="Capacity planning and configuration validation for VOS3000.",
    epilog="Example: plan size --cps 100 --codec g729",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plan {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Capacity planning and configuration validation for VOS3000."""


def run() -> None:
    """Run the program; a reader that went away (`plan size | head -1`) is no error."""
    try:
        app(prog_name="plan")
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
