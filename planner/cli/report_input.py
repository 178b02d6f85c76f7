"""From the options of `plan report` to a composed report; what cannot be used ends the command."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

from planner.cli.commands import Exit
from planner.cli.console import fail
from planner.cli.sizing_input import assumed_options, declared_options, read_deployment, read_profile, sized
from planner.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.report.language import Language
    from planner.report.model import Report

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
) -> Report:
    """Return the report of a deployment file, a host's bundle and options; `telling` is language, date and command."""
    from planner.report.evidence import Provenance
    from planner.report.gather import gather, sources
    from planner.report.logo import LogoError
    from planner.report.model import compose

    code, date, command = telling
    say = _language(code)
    deployment = read_deployment(given[0], declared_options(traffic), given[1])
    sizing = sized(deployment, traffic)
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
    except (LogoError, ValueError) as error:
        fail(f"{_brand_place(deployment)}{error}", Exit.USAGE)
    return compose(evidence, say, summary=summary)


def _language(code: str) -> Language:
    from planner.report.language import language

    try:
        return language(code)
    except ValueError as error:
        fail(f"--lang {code}: {error}", Exit.USAGE)


def _brand_place(deployment: Any) -> str:
    declared = deployment.declared("site.brand")
    return f"{declared.span.path}:{declared.span.line}: site.brand: " if declared and declared.span else ""
