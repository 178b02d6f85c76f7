"""`plan params`: what a deployment may declare."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.commands import Exit
from planner.cli.console import FORMAT_HELP, application, chosen_format, fail, write_form

app = application()


class Format(StrEnum):
    """How the parameters are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@app.command(epilog="Example: plan params --section softswitch")
def params(
    section: Annotated[str | None, typer.Option(help="Only this section, such as softswitch or sysctl.")] = None,
    format: Annotated[Format | None, typer.Option(help=FORMAT_HELP)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """List the parameters."""
    from planner.catalogue.parameter import sections

    if section is not None and section not in sections():
        fail(f"there is no section `{section}`; the sections are {', '.join(sections())}", Exit.USAGE)
    form = chosen_format(format, output, tuple(Format), "text")
    write_form(_rendered(section, Format(form)), output, form)


def _rendered(section: str | None, format_: Format) -> str:
    import json

    from planner.catalogue.parameter import parameters
    from planner.catalogue.reference import markdown, record, text_table

    if format_ is Format.MARKDOWN:
        return markdown(section)
    if format_ is Format.TEXT:
        return text_table(parameters(section))
    listed = [record(each) for each in parameters(section)]
    return json.dumps({"schema": "parameters-v1", "parameters": listed}, indent=2, ensure_ascii=False) + "\n"
