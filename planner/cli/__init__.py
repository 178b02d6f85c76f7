"""The command line: parsing and printing only."""

from typing import Annotated

import typer

from planner.cli.commands import lazy_group
from planner.cli.console import application
from planner.cli.ending import DEBUG, concluded, leave, listen, mend_streams
from planner.version import __version__

COMMANDS = {
    "size": ("planner.cli.size", "Size a deployment: from flags, a file or a measured profile."),
    "validate": ("planner.cli.validate", "Check deployments, sysctl and MySQL settings: the gate for CI."),
    "report": ("planner.cli.report", "Write the customer's report: one HTML file, offline, printable."),
    "compare": ("planner.cli.compare", "Put sizings side by side, differences first."),
    "sweep": ("planner.cli.sweep", "Size a grid of scenarios."),
    "tune": ("planner.cli.tune", "Render the settings the sizing calls for, ready to install."),
    "collect": ("planner.cli.collect", "Print a script that gathers a live server's settings."),
    "explain": ("planner.cli.explain", "Document a rule, parameter, figure, codec, tier or assumption."),
    "cdr": ("planner.cli.cdr", "Measure, check, export and simulate call detail records."),
    "rules": ("planner.cli.rules", "List the rules."),
    "params": ("planner.cli.params", "List the parameters."),
    "schema": ("planner.cli.schema", "Print the JSON Schemas."),
    "lsp": ("planner.cli.lsp", "Serve findings and fixes to an editor."),
    "completion": ("planner.cli.completion", "Print a completion script for bash, zsh or fish."),
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


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback acts
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[  # noqa: ARG001  `ending` looks for it
        bool, typer.Option(DEBUG, help="Show the trace of an internal error.")
    ] = False,
) -> None:
    """Capacity planning and configuration validation for VOS3000."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run() -> None:
    """Run the program; however it ends, one line says why and the exit code is that of the contract."""
    mend_streams()
    listen()
    leave(concluded(lambda: app(prog_name="plan", standalone_mode=False)))
