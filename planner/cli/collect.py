"""`plan collect`: the script that gathers a live server's settings."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import application, write_output

app = application()


class Format(StrEnum):
    """What the script is written in."""

    SH = "sh"


@app.command(epilog="Example: plan collect -o collect.sh; ssh host.example sh < collect.sh > host.bundle")
def collect(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the script to this file.")] = None,
    format: Annotated[Format, typer.Option(help="sh: a script for every POSIX shell.")] = Format.SH,  # noqa: A002, ARG001  one so far
) -> None:
    """Print a script that gathers a live server's settings.

    The script needs a POSIX shell, no root, and changes nothing. Passwords, keys and tokens are masked on the
    server. Give its output to plan validate, plan size --from, plan compare, plan tune --diff or plan report.
    """
    from planner.catalogue.data import TEMPLATES

    write_output((TEMPLATES / "collect.sh").read_text(encoding="utf-8"), output)
