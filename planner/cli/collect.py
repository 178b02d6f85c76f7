"""`plan collect`: the script that gathers a live server's settings."""

from enum import StrEnum
from pathlib import Path

from planner.cli.choices import Values
from planner.cli.commands import command, option
from planner.cli.console import output_option, write_output


class Format(StrEnum):
    """What the script is written in."""

    SH = "sh"


@command(epilog="Example: plan collect -o collect.sh; ssh host.example sh < collect.sh > host.bundle")
@output_option("Write the script to this file.")
@option(
    "--format",
    type=Values(Format),
    default=Format.SH.value,
    expose_value=False,  # one so far
    help="sh: a script for every POSIX shell.",
)
def collect(output: Path | None) -> None:
    """Print a script that gathers a live server's settings.

    The script needs a POSIX shell, no root, and changes nothing. Passwords, keys and tokens are masked on the
    server. Give its output to plan validate, plan size --from, plan compare, plan tune --diff or plan report.
    """
    from planner.catalogue.data import TEMPLATES

    write_output((TEMPLATES / "collect.sh").read_text(encoding="utf-8"), output)
