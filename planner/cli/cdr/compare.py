"""`plan cdr compare`: two periods side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.catalogue.display import format_quantity
from planner.cli.cdr.profile import find, report_notes, run_measurement
from planner.cli.choices import Lang
from planner.cli.commands import Exit
from planner.cli.console import (
    application,
    chosen_format,
    fail,
    format_option,
    of_page,
    write_form,
    write_output,
    zone_named,
)
from planner.cli.traffic_options import read_profile
from planner.wording import wording

if TYPE_CHECKING:
    from planner.cdr.comparison import Change
    from planner.wording import Wording

app = application(name="compare")
FORMATS = ("text", "json", "html")
_TOP = 200


@app.command(epilog="Example: plan cdr compare last-month/ this-month/")
def compare(  # noqa: PLR0917  typer passes options by position
    before: Annotated[str, typer.Argument(help="A folder, file or pattern of CDRs, or a profile (.json).")],
    after: Annotated[str, typer.Argument(help="The same, of the later period.")],
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    timezone: Annotated[str | None, typer.Option(help="The server's zone, e.g. Asia/Dhaka.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Show also what chance explains.")] = False,
    state: Annotated[Path | None, typer.Option(help="Folder that remembers files already read.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default one per core.")] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the page.")] = None,
) -> None:
    """Compare two periods: calls, ASR by gateway and prefix, PDD; what changed by more than chance.

    Call records hold no codec: nothing is said of codecs.
    """
    form = chosen_format(format, output, FORMATS, "text")
    of_page(form, {"--lang": lang})
    zone_named(timezone)
    options = {"engine": "local", "master": "", "processes": processes, "state": state}
    profiles = [_profile(each, timezone, options) for each in (before, after)]
    from planner.cdr.comparison import as_document, compare_periods

    changes = compare_periods(*profiles)
    if form == "json":
        write_output(json.dumps(as_document(changes, (before, after)), indent=1, allow_nan=False) + "\n", output)
        return
    shown = [each for each in changes if every or each.beyond_chance]
    rows, said = _rows(shown), _said(changes)
    if form == "html":
        _page(rows, said, (before, after), lang or "en", output)
        return
    write_form(_text(rows, said), output, form)


def _profile(path: str, timezone: str | None, options: dict[str, Any]) -> dict[str, Any]:
    if path.endswith(".json"):
        read = read_profile(Path(path), whole=True)
        assert read is not None  # noqa: S101  a path was given
        return read
    sources, found = find([path])
    measurement = run_measurement(sources, options)
    if measurement.interrupted:
        raise KeyboardInterrupt
    if not (report_notes(measurement) and found):
        fail(f"{path}: could not be read whole; a comparison with a part of it would mislead", Exit.UNREADABLE)
    from planner.cdr.profile.calls import total
    from planner.cdr.profile.document import build_profile

    if not total(measurement.summary, "records"):
        fail(f"{path}: no line was accepted: there is nothing to compare", Exit.UNREADABLE)
    return build_profile(measurement.summary, timezone=timezone, top=_TOP)


def _rows(changes: list[Change]) -> list[tuple[str, ...]]:
    return [
        (
            each.measure,
            each.key,
            _number(each.before, each.unit),
            _number(each.after, each.unit),
            "-" if each.change is None else f"{each.change:+.1%}",
            wording("not known") if each.z is None else wording("yes") if each.beyond_chance else wording("no"),
        )
        for each in changes
    ]


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:.2%}" if unit == "ratio" else format_quantity(value, unit)


def _said(changes: list[Change]) -> list[Wording]:
    beyond = sum(each.beyond_chance for each in changes)
    known = sum(each.z is not None for each in changes)
    said = [wording("{beyond} of {known} measures changed by more than chance.", beyond=beyond, known=known)]
    if any(each.measure == "attempts" and each.z is None for each in changes):
        said.append(wording("Whether attempts a day did takes three whole days on each side."))
    return [*said, wording("Codecs are not in call records.")]


def _text(rows: list[tuple[str, ...]], said: list[Wording]) -> str:
    heads = ("measure", "of", "before", "after", "change", "beyond chance")
    table = [heads, *rows] if rows else []
    widths = [max(map(len, column)) for column in zip(*table, strict=True)] if table else []
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table)
    return "".join(f"{line}\n" for line in (*lines, " ".join(said)))


def _page(
    rows: list[tuple[str, ...]], said: list[Wording], names: tuple[str, str], lang: str, output: Path | None
) -> None:
    from planner.cli.report import telling, write_page
    from planner.report import sheets
    from planner.report.gather import mask
    from planner.report.language import mark

    told = telling(lang)
    say = told.say
    titles = (mark("Measure"), mark("Of"), mark("Before"), mark("After"), mark("Change"), mark("Beyond chance"))
    heads = [say(each) for each in titles]
    body = [[say(row[0]), mask(row[1]), *row[2:-1], say(row[-1])] for row in rows]
    differs = " ".join(map(say, said))
    lead = say("Before: {before}. After: {after}. {said}", before=names[0], after=names[1], said=differs)
    table = sheets.plain_table(say("Measures side by side"), heads, body)
    write_page(sheets.compared(told, say("Call records compared"), lead, table), output)
