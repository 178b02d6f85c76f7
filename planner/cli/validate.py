"""`plan validate`: the options; `planner.cli.validating` answers them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import application

app = application()

EXAMPLE = "Example: plan validate --format sarif -o plan.sarif deployment.yaml /etc/sysctl.d"


@app.command(epilog=EXAMPLE)
def validate(  # noqa: PLR0917  a command has as many parameters as options
    paths: Annotated[list[str] | None, typer.Argument(help="Files or folders; - is standard input.")] = None,
    output_format: Annotated[
        str, typer.Option("--format", help="text, json, sarif, junit, gitlab, github or markdown.")
    ] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only these rules, separated by commas.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules.")] = None,
    severity: Annotated[list[str] | None, typer.Option(metavar="RULE=LEVEL", help="Another severity.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Least severity that fails: error, warning or info; never for none.")
    ] = "",
    min_basis: Annotated[str, typer.Option(help="Weakest basis reported, such as documented.")] = "",
    baseline: Annotated[Path | None, typer.Option(help="Findings in this file do not fail the run.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Accept all findings in this file.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the safe corrections in place.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the corrections; change nothing.")] = False,
    root: Annotated[Path | None, typer.Option(help="Validate the host whose files lie below.")] = None,
    profile: Annotated[
        str, typer.Option(help="Who reads sysctl files: el7-boot, el8-boot or procps-system.")
    ] = "el7-boot",
    stdin_name: Annotated[str, typer.Option(help="The name of standard input in findings.")] = "",
    input_format: Annotated[str, typer.Option(help="Format of the inputs, instead of their names.")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List what was skipped.")] = False,
) -> None:
    """Check deployments, sysctl and MySQL settings: the gate for CI."""
    from planner.cli.validating import Choices, Request, Sources, respond

    sources = Sources(tuple(paths or ()), root, profile, stdin_name, input_format)
    choices = Choices(tuple(select or ()), tuple(ignore or ()), tuple(severity or ()), fail_on, min_basis)
    respond(Request(sources, choices, output_format, output, baseline, write_baseline, fix or diff, diff, verbose))
