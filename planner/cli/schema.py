"""`plan schema`: the JSON Schemas of the files the product reads and writes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.commands import Exit
from planner.cli.console import application, chosen_format, fail, write_output

app = application()


class Format(StrEnum):
    """How the list of schemas is written; a schema itself is JSON."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog="Example: plan schema deployment --bundle -o deployment.schema.json")
def schema(
    name: Annotated[str | None, typer.Argument(help="The schema to print; without it they are listed.")] = None,
    bundle: Annotated[bool, typer.Option("--bundle", help="Put all it refers to inside, for editors.")] = False,
    format: Annotated[Format | None, typer.Option(help="How to write the list.")] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
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
