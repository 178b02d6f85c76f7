"""`plan init`: a deployment to start from."""

from enum import StrEnum
from pathlib import Path

from planner.cli.choices import Values
from planner.cli.commands import Exit, command, option
from planner.cli.console import FORMAT_HELP, STANDARD_STREAM, chosen_format, fail, output_option, write_output


class Format(StrEnum):
    """How the deployment is written; only YAML carries the comments."""

    YAML = "yaml"
    JSON = "json"


@command(epilog="Example: plan init -o deployment.yaml")
@output_option("Write to this file.")
@option("--format", type=Values(Format), help=FORMAT_HELP)
@option("--force", is_flag=True, help="Replace the file if it exists.")
def init(output: Path | None, format: Format | None, force: bool) -> None:
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
