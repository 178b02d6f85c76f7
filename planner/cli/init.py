"""`plan init`: a deployment to start from."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.commands import Exit
from planner.cli.console import FORMAT_HELP, STANDARD_STREAM, application, chosen_format, fail, write_output

app = application()


class Format(StrEnum):
    """How the deployment is written; only YAML carries the comments."""

    YAML = "yaml"
    JSON = "json"


@app.command(epilog="Example: plan init -o deployment.yaml")
def init(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    format: Annotated[Format | None, typer.Option(help=FORMAT_HELP)] = None,  # noqa: A002  the option's name
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a commented starter deployment."""
    if output is not None and str(output) != STANDARD_STREAM and output.exists() and not force:
        fail(f"{output} exists; give another name, or --force to replace it", Exit.USAGE)
    write_output(_starter(Format(chosen_format(format, output, tuple(Format), "yaml"))), output)


def _starter(format_: Format) -> str:
    import json

    from planner.catalogue.data import TEMPLATES

    text = (TEMPLATES / "deployment.yaml").read_text(encoding="utf-8")
    if format_ is Format.YAML:
        return text
    from planner.document.model import plain
    from planner.document.reader import parse

    root = parse(text, "deployment.yaml", "yaml").root
    return json.dumps(plain(root) if root else {}, indent=2, ensure_ascii=False) + "\n"
