"""`plan params`: what a deployment may declare."""

from enum import StrEnum
from pathlib import Path

from planner.cli.choices import Values
from planner.cli.commands import Exit, command, option
from planner.cli.console import FORMAT_HELP, chosen_format, fail, output_option, write_form


class Format(StrEnum):
    """How the parameters are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@command(epilog="Example: plan params --section softswitch")
@option("--section", help="Only this section, such as softswitch or sysctl.")
@option("--format", type=Values(Format), help=FORMAT_HELP)
@output_option("Write to this file.")
def params(section: str | None, format: Format | None, output: Path | None) -> None:
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
