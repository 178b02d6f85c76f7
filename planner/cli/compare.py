"""`plan compare`: sizings side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.choices import Lang
from planner.cli.commands import Exit
from planner.cli.console import (
    STANDARD_STREAM,
    application,
    chosen_format,
    fail,
    format_option,
    note,
    of_page,
    read_input,
    terminal_width,
    write_form,
)
from planner.cli.traffic_options import read_deployment, sized
from planner.document import json as saved

if TYPE_CHECKING:
    from planner.sizing import Sizing
    from planner.sizing.comparison import Difference

app = application()
FORMATS = ("text", "markdown", "csv", "json", "html")
_PAGES = (".html", ".htm")


@app.command(epilog="Example: plan compare today.yaml next-year.yaml")
def compare(
    inputs: Annotated[list[str], typer.Argument(help="Deployments, sizings (JSON) or saved reports (HTML).")],
    every: Annotated[bool, typer.Option("--all", help="Show what is equal or not declared, too.")] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002  the option's name
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the page.")] = None,
) -> None:
    """Put sizings side by side, differences first.

    Each input is a deployment file, a sizing written by plan size --format json, or a report written by plan
    report; ratios are to the first. Bundles of plan collect, or folders of them, are compared with the deployment
    before them: declared, in the files, live. Alone they make a table of the fleet.
    """
    form = chosen_format(format, output, FORMATS, "text")
    of_page(form, {"--lang": lang})
    if any(_may_be_bundle(path) for path in inputs):
        _hosts(inputs, form, output, every=every)
        return
    if len(inputs) < 2:  # noqa: PLR2004  two sides
        fail("two inputs or more are compared: plan compare A B", Exit.USAGE)
    if inputs.count(STANDARD_STREAM) > 1:
        fail("standard input is read once: name - once", Exit.USAGE)
    from planner.output.comparisons import render
    from planner.sizing.comparison import compare as compared

    rows = compared([_read(path) for path in inputs])
    if form == "html":
        _page(rows, _titles(inputs), lang or "en", output, every=every)
        return
    write_form(render(rows, _titles(inputs), form, every=every, width=terminal_width(output)), output, form)


def _page(rows: Sequence[Difference], names: list[str], lang: str, output: Path | None, *, every: bool) -> None:
    from planner.cli.report import telling, write_page
    from planner.output.comparisons import tabled
    from planner.report import sheets

    told = telling(lang)
    say = told.say
    (_, *heads), body = tabled([row for row in rows if every or row.differs], names)
    said = say(
        "{names}: {differ} of {all} values differ.",
        names=" \N{MIDDLE DOT} ".join(names),
        differ=sum(row.differs for row in rows),
        all=len(rows),
    )
    titles = {"ratio": say("Ratio"), "name": say("Name")}
    named = [say("Figure"), *(titles.get(each, each) for each in heads)]
    table = sheets.plain_table(say("Values side by side"), named, [[say(row[0]), *row[1:]] for row in body])
    write_page(sheets.compared(told, say("Plans compared"), said, table), output)


def _may_be_bundle(path: str) -> bool:
    from planner.collect.hosts import is_bundle

    return is_bundle(path)


def _hosts(inputs: list[str], form: str, output: Path | None, *, every: bool) -> None:
    """Show the drift of hosts from the deployment named first, or the hosts side by side."""
    from planner.collect.hosts import bundles, drift, fleet
    from planner.document.reader import read
    from planner.output.comparisons import render_drift, render_fleet

    if form == "html":
        fail(
            "--format html is of deployments, sizings and reports: hosts are shown as text, markdown, csv or json",
            Exit.USAGE,
        )

    declared = None if _may_be_bundle(inputs[0]) else inputs[0]
    paths = bundles(inputs[1:] if declared else inputs)
    if paths is None or not paths:
        fail("name a deployment first, then bundles of plan collect or folders of them", Exit.USAGE)
    if declared is None and (len(paths) > 1 or Path(inputs[0]).is_dir()):
        write_form(render_fleet(list(fleet(paths)), form), output, form)
        return
    documents = [read(path) for path in paths]
    for each in documents:
        for finding in each.findings:
            note(f"{finding.span.path}:{finding.span.line}: {finding.message}")
        if each.root is None:
            raise typer.Exit(Exit.UNREADABLE)
    wanted = read_deployment(declared, {}) if declared else None
    drifts = [(each.path, drift(wanted, each, every=every)) for each in documents]
    write_form(render_drift(drifts, form), output, form)
    if more := sum(len(drift(wanted, each, every=True)) for each in documents) - sum(len(rows) for _, rows in drifts):
        note(f"plan: {more} settings that are not declared run otherwise than their files say: --all shows them")


def _titles(paths: list[str]) -> list[str]:
    """Return short names that tell the inputs apart."""
    stems = [Path(path).name for path in paths]
    folders = [f"{Path(path).parent.name}/{Path(path).name}".lstrip("/") for path in paths]
    return next((names for names in (stems, folders) if len(set(names)) == len(names)), paths)


def _read(path: str) -> Sizing:
    try:
        document = _document(path)
    except OSError as error:
        fail(f"{path}: {error.strerror or error}", Exit.UNREADABLE)
    if document is None:
        return sized(read_deployment(path, {}), {})
    from planner.sizing import Sizing

    try:
        return Sizing.from_dict(document)
    except ValueError as error:
        fail(f"{path}: {error}", Exit.UNREADABLE)


def _document(path: str) -> dict[str, Any] | None:
    """Return the sizing document in a file, None where it is a deployment. Raises OSError."""
    suffix = Path(path).suffix.lower()
    if suffix not in (*_PAGES, ".json"):
        return None
    raw = read_input(path)
    if suffix in _PAGES:
        return _embedded(raw, path)
    try:
        document = saved.parse(raw)
        if document.get("schema") == "sizing-v1":
            saved.check(document, "sizing-v1")
            return document
    except saved.SavedError as error:
        if b'"sizing-v1"' in raw:
            fail(f"{path}: {error}; write one with plan size --format json", Exit.UNREADABLE)
        return None
    return _embedded(raw, path) if document.get("schema") == "report-v1" else None


def _embedded(raw: bytes, path: str) -> dict[str, Any]:
    from planner.report.report import ExtractError, parse

    try:
        found = parse(raw, path)
    except ExtractError as error:
        note(f"plan: {error}")
        raise typer.Exit(Exit.UNREADABLE) from None
    document = found.get("sizing")
    try:
        saved.check(document if isinstance(document, dict) else {}, "sizing-v1")
    except saved.SavedError as error:
        fail(f"{path}: the report carries no sizing that can be used: {error}", Exit.UNREADABLE)
    return dict(document or {})
