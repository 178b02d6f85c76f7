"""`plan schema`: the JSON Schemas of the files the product reads and writes."""

from enum import StrEnum
from pathlib import Path

import click

from planner.cli.choices import Values
from planner.cli.commands import Exit, command, option
from planner.cli.console import chosen_format, fail, output_option, write_output


class Format(StrEnum):
    """How the list of schemas is written; a schema itself is JSON."""

    TEXT = "text"
    JSON = "json"


@command(epilog="Example: plan schema deployment --bundle -o deployment.schema.json")
@click.argument("name", required=False, help="The schema to print; without it they are listed.")
@option("--bundle", is_flag=True, help="Put all it refers to inside, for editors.")
@option("--format", type=Values(Format), help="How to write the list.")
@output_option("Write to this file.")
def schema(name: str | None, bundle: bool, format: Format | None, output: Path | None) -> None:
    """Print the JSON Schemas.

    A bundled schema serves editors and validators: name it in the first line of a deployment, as in
    `# yaml-language-server: $schema=deployment.schema.json`.
    """
    from planner.catalogue.data import UnknownSchemaError

    if bundle and name is None:
        fail("--bundle needs the name of a schema, such as deployment", Exit.USAGE)
    form = chosen_format(format, output, ("json",) if name else tuple(Format), "json" if name else "text")
    try:
        write_output(_listed(Format(form)) if name is None else _printed(name, bundled=bundle), output)
    except UnknownSchemaError as error:
        fail(str(error), Exit.USAGE)


def _printed(name: str, *, bundled: bool) -> str:
    import json

    from planner.catalogue import data as schemas

    if not bundled:
        schemas.schema(name)
        return schemas.text(name)
    return json.dumps(schemas.bundle(name), indent=2, ensure_ascii=False) + "\n"


def _listed(format_: Format) -> str:
    import json

    from planner.catalogue.data import names, schema

    titles = {name: schema(name).get("title", "") for name in names()}
    if format_ is Format.JSON:
        return json.dumps({"schema": "schemas-v1", "schemas": titles}, indent=2, ensure_ascii=False) + "\n"
    width = max(map(len, titles))
    return "".join(f"{name.ljust(width)}  {title}\n" for name, title in titles.items())
