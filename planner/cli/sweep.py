"""`plan sweep`: a grid of scenarios."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.choices import Lang
from planner.cli.commands import Exit
from planner.cli.console import (
    application,
    chosen_format,
    fail,
    format_option,
    note,
    of_page,
    output_stream,
    progressing,
    terminal_width,
    write_form,
)
from planner.cli.traffic_options import (
    assumed_options,
    declared_options,
    read_deployment,
    read_profile,
    with_traffic_options,
)
from planner.cli.variation import axes

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.sizing.grid import Grid

app = application()
_MANY = 5_000_000
FORMATS = ("csv", "json", "parquet", "html", "text")
MOST_CELLS = 20_000
HARDWARE = ("cpu_cores", "ram_bytes", "disk_bytes", "servers", "tier_index")


@app.command(epilog="Example: plan sweep site.yaml --vary traffic.cps=50:500:50 --vary traffic.codecs=g711,g729")
@with_traffic_options
def sweep(  # noqa: PLR0917  typer passes options by name
    traffic: dict[str, Any],
    deployment: Annotated[
        str | None, typer.Argument(help="A deployment file; - reads standard input. Options override it.")
    ] = None,
    vary: Annotated[
        list[str], typer.Option("--vary", metavar="NAME=VALUES", help="An input's values: a,b,c or start:stop:step.")
    ] = [],  # noqa: B006  typer's own way to say that an option may be missing
    figure: Annotated[
        list[str], typer.Option("--figure", metavar="NAME", help="A figure to write; repeat it, or all.")
    ] = [],  # noqa: B006  the same
    ranges: Annotated[bool, typer.Option("--ranges", help="Write low and high beside the typical value.")] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the page.")] = None,
) -> None:
    """Size a grid of scenarios.

    The same model runs on arrays: every combination of the varied inputs, streamed to CSV, JSON or Parquet,
    drawn as a page, or as a table for people: what a terminal gets.
    """
    form = chosen_format(format, output, FORMATS, "text" if output is None and sys.stdout.isatty() else "csv")
    of_page(form, {"--lang": lang})
    if ranges and form in {"html", "text"}:
        fail(f"--ranges is of files for programs: --format {form} shows typical values", Exit.USAGE)
    if traffic["growth"] is not None:
        fail("--growth changes no figure of a sweep: a scenario is one moment; vary the load", Exit.USAGE)
    names = _figures(figure)
    grid, declared = _grid(deployment, traffic, vary)
    if len(grid) > _MANY:
        note(f"plan: {len(grid):,} scenarios: a million take some ten seconds")
    if form in {"html", "text"}:
        _tell(grid, names, declared, (form, lang or "en"), output)
    else:
        _stream(grid, names, (form, ranges), output)


def _figures(wanted: list[str]) -> tuple[str, ...]:
    from planner.sizing.evaluation import registry

    if wanted == ["all"]:
        return tuple(name for name, figure in registry().items() if figure.shown or name == "hardware.tier_index")
    names = tuple("hardware.tier_index" if name == "hardware.tier" else name for name in wanted)
    unknown = next((name for name in names if name not in registry()), None)
    if unknown:
        from difflib import get_close_matches

        close = ", ".join(get_close_matches(unknown, list(registry()), 3, 0.4)) or "plan explain figures"
        fail(f"--figure {unknown}: there is no such figure; close: {close}", Exit.USAGE)
    from planner.sizing.comparison import COMPARED

    return names or (*COMPARED, *(f"hardware.{each}" for each in HARDWARE))


def _grid(deployment: str | None, traffic: dict[str, Any], vary: list[str]) -> tuple[Grid, Deployment]:
    from planner.sizing.grid import Grid
    from planner.sizing.result import ImpossibleInput

    varied = axes(vary)
    own = declared = read_deployment(deployment, declared_options(traffic))
    loads = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")
    if any(axis.name in loads for axis in varied):
        declared = declared.override(dict.fromkeys(loads))
    try:
        return Grid(declared, varied, assumed_options(traffic), read_profile(traffic["profile"])), own
    except ImpossibleInput as error:
        for problem in error.problems:
            note(f"plan: {problem}")
        fail("the grid cannot be sized as it stands", Exit.USAGE)


def _stream(grid: Grid, names: tuple[str, ...], form: tuple[str, bool], output: Path | None) -> None:
    from planner.output import comparisons as writers

    kind, ranged = form
    if kind == "parquet":
        _need_parquet(output)
    write = {"csv": writers.write_csv, "json": writers.write_json, "parquet": writers.write_parquet}[kind]
    with output_stream(output) as sink:
        progressing(write(grid.chunks(names, ranged=ranged), sink, ranged=ranged), len(grid), "sizing")


def _need_parquet(output: Path | None) -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        fail("Parquet needs pyarrow: pip install 'vos3000-plan[parquet]'", Exit.USAGE)
    if output is None or str(output) == "-":
        fail("a Parquet file needs -o FILE", Exit.USAGE)


def _tell(grid: Grid, names: tuple[str, ...], declared: Deployment, form: tuple[str, str], output: Path | None) -> None:
    """Write the grid for people: a page, or a table."""
    from planner.cli.report import telling, write_page
    from planner.report import scenarios

    kind, lang = form
    if len(grid) > MOST_CELLS:
        fail(f"{kind} shows {MOST_CELLS:,} scenarios at most, this grid has {len(grid):,}: write csv", Exit.USAGE)
    told = telling(lang, declared)
    found = scenarios.field(grid, names, declared)
    if kind == "text":
        write_form(scenarios.scenarios_text(told, found, terminal_width(output)), output, kind)
        return
    write_page(scenarios.scenarios_page(told, found, str(declared.value("site.name") or "")), output)
