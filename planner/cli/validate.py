"""`plan validate`: the options; `planner.cli.validating` answers them."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.choices import Color, FailOn, InputFormat, Reader
from planner.cli.commands import Command, Exit
from planner.cli.console import application, fail
from planner.finding import Basis, Severity
from planner.output.findings import FindingFormat

app = application()

EXAMPLE = "Example: plan validate examples/wholesale --fail-on never --format sarif -o plan.sarif"
HEAD = "HEAD"
_checks = partial(typer.Option, rich_help_panel="What is checked")
_counts = partial(typer.Option, rich_help_panel="What counts")
_output = partial(typer.Option, rich_help_panel="Output")


class Validate(Command):
    """Lets `--changed` stand with a revision behind it, or alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give `--changed` its value."""
        if "--changed" in args:
            at = args.index("--changed")
            after = args[at + 1] if at + 1 < len(args) else "-"
            names_base = not after.startswith("-") and not Path(after).exists()
            args = [*args[:at], f"--changed={after if names_base else HEAD}", *args[at + 1 + names_base :]]
        return super().parse_args(ctx, args)


def _profiles(given: list[str]) -> tuple[str, Path | None]:
    """Return who reads sysctl files, and the file of measured traffic; each may be given once."""
    readers = [each for each in given if each in set(Reader)]
    files = [each for each in given if each not in set(Reader)]
    if len(readers) > 1 or len(files) > 1:
        fail("--profile: give one file of measured traffic and one reader at most", Exit.USAGE)
    if files and not Path(files[0]).exists():
        fail(
            f"--profile {files[0]}: there is no such file, and no such reader of sysctl files: {', '.join(Reader)}",
            Exit.USAGE,
        )
    return (readers or [""])[0], Path(files[0]) if files else None


@app.command(epilog=EXAMPLE, cls=Validate)
def validate(  # noqa: PLR0917  a command has as many parameters as options
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders or patterns; - is standard input. Default: the project file's paths."),
    ] = None,
    format: Annotated[  # noqa: A002  the option's name
        FindingFormat | None, _output(help="How to write findings; default: as the output is named, else text.")
    ] = None,
    output: Annotated[Path | None, _output("--output", "-o", help="Write to this file.")] = None,
    color: Annotated[Color, _output(help="Colour in text.")] = Color.AUTO,
    quiet: Annotated[bool, _output("--quiet", "-q", help="Findings alone: no summary, no notes.")] = False,
    verbose: Annotated[bool, _output("--verbose", "-v", help="List what was skipped.")] = False,
    fix: Annotated[bool, _output("--fix", help="Apply the safe corrections in place.")] = False,
    diff: Annotated[bool, _output("--diff", help="Show the corrections; change nothing.")] = False,
    select: Annotated[list[str] | None, _counts(help="Only these rules, separated by commas.")] = None,
    ignore: Annotated[list[str] | None, _counts(help="Not these rules.")] = None,
    severity: Annotated[list[str] | None, _counts(metavar="RULE=LEVEL", help="Another severity, or off.")] = None,
    fail_on: Annotated[FailOn | None, _counts(help="Least severity that fails; default error.")] = None,
    min_severity: Annotated[Severity | None, _counts(help="Least severity reported.")] = None,
    min_basis: Annotated[Basis | None, _counts(help="Weakest basis reported.")] = None,
    baseline: Annotated[Path | None, _counts(help="Findings in this file do not fail the run.")] = None,
    write_baseline: Annotated[Path | None, _counts(help="Accept all findings in this file.")] = None,
    exclude: Annotated[
        list[str] | None, _checks(metavar="PATTERN", help="Pass over, as in .gitignore; repeatable.")
    ] = None,
    changed: Annotated[
        str | None, _checks(metavar="[BASE]", help="Only what differs from BASE, default HEAD, by git.")
    ] = None,
    sift: Annotated[
        bool, _checks("--sift", help="Pass over named files that are excluded or hold no settings.")
    ] = False,
    allow_empty: Annotated[bool, _checks("--allow-empty", help="Nothing to check is no mistake.")] = False,
    root: Annotated[Path | None, _checks(help="Validate the host whose files lie below.")] = None,
    profile: Annotated[
        list[str] | None,
        _checks(
            metavar="FILE|READER",
            help="Measured traffic: JSON of plan cdr profile; or who reads the sysctl files below --root: "
            f"{', '.join(Reader)}.",
        ),
    ] = None,
    stdin_name: Annotated[str, _checks(help="The name of standard input in findings.")] = "",
    input_format: Annotated[InputFormat | None, _checks(help="What the inputs are, whatever their names.")] = None,
    config: Annotated[Path | None, _checks(metavar="FILE", help="The project file; default: found upwards.")] = None,
    show_config: Annotated[bool, _checks("--show-config", help="Show what is in force and from where.")] = False,
) -> None:
    """Check deployments, sysctl and MySQL settings: the gate for CI.

    plan.toml, or [tool.plan] in pyproject.toml, says what is checked and what counts; options win over it.
    """
    from planner.cli.validating import Choices, Request, Show, Sources, respond

    sources = Sources(
        tuple(paths or ()),
        root,
        *_profiles(profile or []),
        stdin_name,
        input_format.value if input_format else "",
        tuple(exclude or ()),
        changed,
        sift=sift,
        allow_empty=allow_empty,
        config=config,
    )
    levels = (
        fail_on.value if fail_on else "",
        min_severity.value if min_severity else "",
        min_basis.value if min_basis else "",
    )
    choices = Choices(tuple(select or ()), tuple(ignore or ()), tuple(severity or ()), *levels)
    show = Show(format.value if format else None, output, color, quiet=quiet, verbose=verbose)
    respond(Request(sources, choices, show, baseline, write_baseline, fix, diff, show_config))
