"""The command line: parsing and printing only."""

import sys

import click

from planner.cli.commands import Ended, LazyGroup, debug_option
from planner.cli.ending import concluded, leave, listen, mend_streams
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


@click.group(
    cls=LazyGroup, table=COMMANDS, invoke_without_command=True, epilog="Example: plan size --cps 100 --codec g729"
)
@click.version_option(__version__, message="plan %(version)s", help="Print the version.")
@debug_option
@click.pass_context
def app(context: click.Context) -> None:
    """Capacity planning and configuration validation for VOS3000."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def run() -> None:
    """Run the program; however it ends, one line says why and the exit code is that of the contract."""
    mend_streams()
    listen()
    leave(concluded(_invoked))


def _invoked() -> int:
    """Run the command that the words of the command line name."""
    try:
        # `main` would answer interrupts and readers that went away, which `ending` does.
        with app.make_context("plan", sys.argv[1:]) as context:
            app.invoke(context)
    except Ended as ended:
        return ended.exit_code
    return 0
