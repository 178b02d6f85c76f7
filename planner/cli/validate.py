"""`plan validate`: the options; `planner.cli.validating` answers them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from planner.cli.choices import Color, FailOn, InputFormat, Reader, Values
from planner.cli.commands import Command, Exit, command, option
from planner.cli.console import fail
from planner.finding import Basis, Severity
from planner.output.findings import FindingFormat

EXAMPLE = "Example: plan validate examples/wholesale --fail-on never --format sarif -o plan.sarif"
HEAD = "HEAD"
_checks = partial(option, group="What is checked")
_counts = partial(option, group="What counts")
_output = partial(option, group="Output")


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


def _profiles(given: Sequence[str]) -> tuple[str, Path | None]:
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
    return (readers or [Reader.EL7_BOOT.value])[0], Path(files[0]) if files else None


@command(epilog=EXAMPLE, cls=Validate)
@click.argument(
    "paths", nargs=-1, help="Files, folders or patterns; - is standard input. Default: the project file's paths."
)
@_output(
    "--format", type=Values(FindingFormat), help="How to write findings; default: as the output is named, else text."
)
@_output("--output", "-o", type=Path, help="Write to this file.")
@_output("--color", type=Values(Color), default=Color.AUTO.value, help="Colour in text.")
@_output("--quiet", "-q", is_flag=True, help="Findings alone: no summary, no notes.")
@_output("--verbose", "-v", is_flag=True, help="List what was skipped.")
@_output("--fix", is_flag=True, help="Apply the safe corrections in place.")
@_output("--diff", is_flag=True, help="Show the corrections; change nothing.")
@_counts("--select", multiple=True, help="Only these rules, separated by commas.")
@_counts("--ignore", multiple=True, help="Not these rules.")
@_counts("--severity", multiple=True, metavar="RULE=LEVEL", help="Another severity, or off.")
@_counts("--fail-on", type=Values(FailOn), help="Least severity that fails; default error.")
@_counts("--min-severity", type=Values(Severity), help="Least severity reported.")
@_counts("--min-basis", type=Values(Basis), help="Weakest basis reported.")
@_counts("--baseline", type=Path, help="Findings in this file do not fail the run.")
@_counts("--write-baseline", type=Path, help="Accept all findings in this file.")
@_checks("--exclude", multiple=True, metavar="PATTERN", help="Pass over, as in .gitignore; repeatable.")
@_checks("--changed", metavar="[BASE]", help="Only what differs from BASE, default HEAD, by git.")
@_checks("--sift", is_flag=True, help="Pass over named files that are excluded or hold no settings.")
@_checks("--allow-empty", is_flag=True, help="Nothing to check is no mistake.")
@_checks("--root", type=Path, help="Validate the host whose files lie below.")
@_checks(
    "--profile",
    multiple=True,
    metavar="FILE|READER",
    help="Measured traffic: JSON of plan cdr profile; or who reads the sysctl files below --root: "
    f"{', '.join(Reader)}.",
)
@_checks("--stdin-name", default="", help="The name of standard input in findings.")
@_checks("--input-format", type=Values(InputFormat), help="What the inputs are, whatever their names.")
@_checks("--config", type=Path, metavar="FILE", help="The project file; default: found upwards.")
@_checks("--show-config", is_flag=True, help="Show what is in force and from where.")
def validate(**given: Any) -> None:
    """Check deployments, sysctl and MySQL settings: the gate for CI.

    plan.toml, or [tool.plan] in pyproject.toml, says what is checked and what counts; options win over it.
    """
    from planner.cli.validating import Choices, Request, Show, Sources, respond

    given |= {name: given[name] or "" for name in ("fail_on", "min_severity", "min_basis", "input_format")}
    given["profile"], given["measured"] = _profiles(given["profile"])
    parts: list[Any] = [kind(**{name: given.pop(name) for name in kind._fields}) for kind in (Sources, Choices, Show)]
    respond(Request(*parts, **given))
