"""`plan report`: from its options to a report; what cannot be used ends the command."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.choices import FailOn, Lang
from planner.cli.commands import Exit
from planner.cli.console import application, fail, format_option, note, read_input, write_output
from planner.cli.traffic_options import (
    assumed_options,
    certainty_option,
    declared_options,
    read_deployment,
    read_profile,
    sized,
    with_traffic_options,
)
from planner.version import __version__

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.report.language import Language
    from planner.report.report import Report, Sheet
    from planner.report.sheets import Telling


_OUTPUT_OPTIONS = ("-o", "--output", "--format", "--paper")


def report_date(given: str | None) -> dt.date:
    """Return the date of a report: the option's, SOURCE_DATE_EPOCH's (UTC), else today's."""
    if given is not None:
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            fail(f"--date {given}: write a date such as 2026-11-22", Exit.USAGE)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        fail(f"SOURCE_DATE_EPOCH={epoch}: it must be whole seconds since 1970", Exit.USAGE)


def command_line(deployment: str | None) -> str:
    """Return the command as typed, without where its output goes: that changes no byte of it.

    Files are named as seen from the deployment's folder, so that no folder of the author's is told.
    """
    kept: list[str] = []
    skip = False
    for argument in sys.argv[1:]:
        if skip or _names_output(argument):
            skip = not skip and argument in _OUTPUT_OPTIONS
            continue
        kept.append(_file_shown(argument, deployment))
    return shlex.join(["plan", *kept])


def _file_shown(argument: str, deployment: str | None) -> str:
    from planner.report.gather import seen_from

    option, given, value = argument.rpartition("=") if argument.startswith("--") else ("", "", argument)
    # Path.is_file raises for a text too long to be a name.
    is_file = os.path.isfile(value)  # noqa: PTH113
    return f"{option}{given}{seen_from(deployment or '')(value)}" if is_file else argument


def _names_output(argument: str) -> bool:
    joined = argument.startswith(("--output=", "--format=", "--paper="))
    return joined or argument in _OUTPUT_OPTIONS or (argument.startswith("-o") and not argument.startswith("--"))


def compose_report(
    given: tuple[str | None, str | None],
    traffic: Mapping[str, Any],
    telling: tuple[str, dt.date, str],
    *,
    unmasked: bool,
    summary: bool = False,
    previous: Mapping[str, Any] | None = None,
    certainty: float | None = None,
) -> Report:
    """Return the report of a deployment file, a host's bundle and options; `telling` is language, date and command."""
    from planner.report.evidence import Provenance
    from planner.report.gather import gather, sources
    from planner.report.report import compose

    code, date, command = telling
    say = _language(code)
    deployment = read_deployment(given[0], declared_options(traffic), given[1])
    sizing = sized(deployment, traffic, certainty)
    measured = traffic.get("profile")
    provenance = Provenance(__version__, command, date, sources(deployment, [measured] if measured else []))
    try:
        evidence = gather(
            deployment,
            sizing,
            provenance,
            assume=assumed_options(traffic),
            profile=read_profile(measured),
            unmasked=unmasked,
            previous=previous,
        )
    except ValueError as error:
        fail(f"{_brand_place(deployment)}{error}", Exit.USAGE)
    return compose(evidence, say, summary=summary)


def telling(code: str, deployment: Deployment | None = None) -> Telling:
    """Return how a page beside the report is told: its language, today, and the brand of the deployment."""
    from planner.report.evidence import Brand, Provenance
    from planner.report.gather import brand
    from planner.report.sheets import Telling

    provenance = Provenance(__version__, "", report_date(None))
    try:
        return Telling(_language(code), provenance, brand(deployment) if deployment else Brand())
    except ValueError as error:
        fail(f"{_brand_place(deployment)}{error}", Exit.USAGE)


def write_page(sheet: Sheet, output: Path | None) -> None:
    """Write a page beside the report: its charts are drawn, so it needs no plotly."""
    from planner.report.page import page

    write_output(page(sheet, None), output)


def _language(code: str) -> Language:
    from planner.report.language import language

    try:
        return language(code)
    except ValueError as error:
        fail(f"--lang {code}: {error}", Exit.USAGE)


def _brand_place(deployment: Any) -> str:
    declared = deployment.declared("site.brand")
    return f"{declared.span.path}:{declared.span.line}: site.brand: " if declared and declared.span else ""


# `plan report`: the customer's report, in one or several formats at once.

app = application()
FORMATS = {
    "html": (".html", ".htm"),
    "json": (".json",),
    "markdown": (".md", ".markdown"),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
}


class Paper(StrEnum):
    """What a PDF is printed on."""

    A4 = "a4"
    LETTER = "letter"


@app.command(epilog="Example: plan report --cps 100 --codec g729 -o report.html")
@with_traffic_options
def report(
    traffic: dict[str, Any],
    *,
    deployment: Annotated[
        str | None, typer.Argument(help="A deployment file; - reads standard input. Options override it.")
    ] = None,
    bundle: Annotated[
        str | None, typer.Option("--bundle", help="The host a bundle of plan collect describes.", metavar="BUNDLE")
    ] = None,
    output: Annotated[
        list[Path], typer.Option("-o", "--output", help="Write to a .html, .json, .md, .pdf or .xlsx file; repeatable.")
    ] = [],  # noqa: B006  typer copies it
    format: Annotated[str | None, format_option(tuple(FORMATS))] = None,  # noqa: A002  the option's name
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the report.")] = Lang.EN,
    date: Annotated[
        str | None,
        typer.Option("--date", help="Date of the report: 2026-11-22. Default SOURCE_DATE_EPOCH, else today."),
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="Paper of a PDF.")] = Paper.A4,
    mask: Annotated[
        bool, typer.Option("--mask/--no-mask", help="Mask telephone numbers and addresses from call records.")
    ] = True,
    extract: Annotated[
        Path | None,
        typer.Option(
            "--extract",
            help="Print the result object a saved report carries; - reads standard input.",
            metavar="REPORT",
        ),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Write page one and what to do, nothing else.")] = False,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="An earlier report: say what changed since.", metavar="REPORT")
    ] = None,
    certainty: Annotated[
        str | None,
        typer.Option(
            "--certainty", metavar="SHARE", help="Decide so surely, over the plausible cases: 95%.", show_default=False
        ),
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit 1 on findings of this severity.")] = FailOn.ERROR,
) -> None:
    """Write the customer's report: one HTML file, offline, printable.

    Needs no file: without one, options describe the traffic. One run writes every format asked for.
    """
    if format is not None and format not in FORMATS:
        fail(f"--format {format}: write {', '.join(FORMATS)}", Exit.USAGE)
    if extract is not None:
        _extract(extract, output)
        return
    outputs: list[tuple[Path | None, str]] = [(each, _format(each, format)) for each in output]
    outputs = outputs or [(None, format or "html")]
    if output == [] and sys.stdout.isatty():
        fail("a report is no text for a terminal: name a file, such as -o report.html", Exit.USAGE)
    _prepare([form for _, form in outputs])
    telling = (lang, report_date(date), command_line(deployment or bundle))
    since = None if previous is None else _saved(previous)
    made = compose_report(
        (deployment, bundle),
        traffic,
        telling,
        unmasked=not mask,
        summary=summary,
        previous=since,
        certainty=certainty_option(certainty),
    )
    _write(made, outputs, paper)
    if any(each["suppressed"] is None and fail_on.counts(each["severity"]) for each in made.data["findings"]):
        raise typer.Exit(Exit.FINDINGS)


def _prepare(forms: list[str]) -> None:
    """Begin what takes longest beside the rest: a page carries plotly.js packed."""
    if "html" in forms:
        from planner.report.page import BundleError, plotly_bundle

        try:
            plotly_bundle().prepare()
        except BundleError as error:
            fail(str(error), Exit.USAGE)


def _format(path: Path, given: str | None) -> str:
    if given:
        return given
    found = next((name for name, suffixes in FORMATS.items() if path.suffix.lower() in suffixes), None)
    if found is None and str(path) == "-":
        return "html"
    if found is None:
        known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
        fail(f"-o {path}: end the name in one of {known}, or name the --format", Exit.USAGE)
    return found


def _write(made: Report, outputs: list[tuple[Path | None, str]], paper: str) -> None:
    """Render everything before anything is written: a format that fails leaves no file behind."""
    from planner.report.formats import render
    from planner.report.page import BundleError, PrintError

    try:
        contents = [(path, render(made, form, paper)) for path, form in outputs]
    except (BundleError, PrintError) as error:
        fail(str(error), Exit.USAGE)
    for path, content in contents:
        _write_one(path, content)


def _write_one(path: Path | None, content: bytes) -> None:
    write_output(content, path)
    if path is not None and str(path) != "-":
        note(f"{path}: {len(content):,} bytes")


def _saved(path: Path) -> dict[str, Any]:
    """Return the result object a saved report carries."""
    from planner.report.report import ExtractError, parse

    try:
        return parse(read_input(str(path)), "standard input" if str(path) == "-" else str(path))
    except OSError as error:
        fail(f"{path}: {error.strerror or error}", Exit.UNREADABLE)
    except ExtractError as error:
        fail(str(error), Exit.UNREADABLE)


def _extract(path: Path, output: list[Path]) -> None:
    import json

    text = json.dumps(_saved(path), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    for each in output or [Path("-")]:
        write_output(text, each)
