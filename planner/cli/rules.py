"""`plan rules`: the registry of rules, and the pages made from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.commands import Exit
from planner.cli.console import application, chosen_format, fail, format_option, note, write_form, write_output

if TYPE_CHECKING:
    from planner.rules.registry import Registered

app = application()

FORMATS = ("text", "json", "markdown")


@app.command(epilog="Example: plan rules --format markdown -o docs/rules")
def rules(
    output_format: Annotated[str | None, format_option(FORMATS)] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file; markdown to a folder: a page a rule.")
    ] = None,
) -> None:
    """List the rules."""
    from planner.rules.page import index, title
    from planner.rules.registry import rules as registered

    output_format = chosen_format(output_format, output, FORMATS, "text")
    known = list(registered().values())
    if output_format == "markdown" and output is not None and output.suffix != ".md":
        _write_pages(known, output)
    elif output_format == "markdown":
        write_output(index(known), output)
    elif output_format == "json":
        write_output(_document(known), output)
    else:
        width = max(len(each.rule.name) for each in known)
        lines = (
            f"{each.rule.name:<{width}}  {each.rule.severity.value:<7}  {title(each.documentation)}" for each in known
        )
        write_form("".join(f"{line}\n" for line in lines), output, output_format)


def _write_pages(known: list[Registered], folder: Path) -> None:
    """Write a page a rule and the index; pages of rules that are gone are removed."""
    from planner.rules.page import describe, index

    pages = {f"{each.rule.name}.md": describe(each) for each in known} | {"index.md": index(known)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            write_output(text, folder / name)
        for stale in sorted(set(folder.glob("*.md")) - {folder / name for name in pages}):
            stale.unlink()
    except OSError as error:
        fail(f"cannot write {error.filename or folder}: {error.strerror}", Exit.USAGE)
    note(f"{len(pages)} pages written to {folder}")


def _document(known: list[Registered]) -> str:
    import json

    from planner.catalogue.data import citations
    from planner.rules.page import title

    listed = [
        {
            "name": each.rule.name,
            "title": title(each.documentation),
            "severity": each.rule.severity.value,
            "basis": each.rule.basis.value,
            "sources": list(citations(each.rule.source)),
            "needs": list(each.rule.needs),
            "figures": list(each.rule.figures),
            "fixable": each.rule.fixable,
            "documentation": each.documentation.strip(),
        }
        for each in known
    ]
    return json.dumps({"schema": "rules-v1", "rules": listed}, indent=2, ensure_ascii=False) + "\n"
