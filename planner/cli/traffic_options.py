"""The options that describe traffic, and the file they lie over: shared by all commands that size a deployment.

A command takes them with `@with_traffic_options`: its parameter `traffic` then holds what was given, by
option name. `planner.cli.traffic_options` turns them into a deployment.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from planner.cli.commands import Exit
from planner.cli.console import fail, note, read_saved

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.sizing import Sizing


PANELS = {
    "Media": ("codec", "egress-codec", "media", "framing", "ptime", "srtp", "ipv6", "vlan"),
    "Call records": (
        "interval", "max-files", "record-nonconnect", "bytes-per-line", "retention-days", "database-days",
    ),
    "Plan": ("blocking", "growth", "servers", "dr", "profile", "assume"),
}  # fmt: skip
"""Headings of the help, with the options below each; the others describe the traffic."""


class Flag(NamedTuple):
    """An option that stands for a declared value: what it is called there, and how its text is read."""

    option: str
    declared: str
    kind: str
    help: str
    unit: str = ""
    metavar: str = "TEXT"


FLAGS = (
    Flag("cps", "traffic.cps", "number", "Call attempts per second in the busy hour.", metavar="N"),
    Flag("concurrent-calls", "traffic.concurrent_calls", "number", "Calls at once in the busy hour.", metavar="N"),
    Flag("daily-minutes", "traffic.daily_minutes", "number", "Minutes of conversation per day.", metavar="N"),
    Flag("peak-factor", "traffic.peak_factor", "number", "Busy hour's rate over the day's mean.", metavar="N"),
    Flag("asr", "traffic.asr", "ratio", "Answered calls per attempt: 0.4 or 40%.", metavar="RATIO"),
    Flag("acd", "traffic.acd", "duration", "Average call duration: 75, 75s or 2m.", "s", "TIME"),
    Flag("setup-time", "traffic.setup_time", "duration", "Time an attempt holds resources before answer.", "s", "TIME"),
    Flag("codec", "traffic.codecs", "codecs", "Codec or mix: g729, or g729=70,g711=30.", metavar="MIX"),
    Flag(
        "egress-codec",
        "traffic.egress_codecs",
        "codecs",
        "Codec or mix towards gateways, if transcoded.",
        metavar="MIX",
    ),
    Flag("media", "server.media", "choice", "Whether the server relays media.", metavar="with|without"),
    Flag("framing", "traffic.framing", "choice", "Bytes that are counted.", metavar="documented|ip|ethernet|wire"),
    Flag("ptime", "traffic.ptime", "duration", "Speech in one packet: 20ms.", "ms", "TIME"),
    Flag("interval", "softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "duration", "Seconds per CDR file.", "s", "TIME"),
    Flag("max-files", "softswitch.SERVER_CDR_FILE_WRITE_MAX", "count", "CDR files kept.", metavar="N"),
    Flag("bytes-per-line", "cdr.line_bytes", "number", "Bytes of a CDR text line.", metavar="N"),
    Flag("retention-days", "retention.cdr_days", "days", "Days CDR text must be kept.", metavar="DAYS"),
    Flag("database-days", "retention.database_days", "days", "Days CDR rows are kept.", metavar="DAYS"),
    Flag("blocking", "traffic.blocking", "ratio", "Grade of service: 0.001 or 0.1%.", metavar="RATIO"),
    Flag("growth", "traffic.growth_per_month", "ratio", "Growth per month: 3%.", metavar="RATIO"),
    Flag("servers", "topology.servers", "count", "Servers that share the load.", metavar="N"),
)
SWITCHES = (
    Flag("srtp", "traffic.srtp", "switch", "Media is encrypted."),
    Flag("ipv6", "traffic.ipv6", "switch", "Calls use IPv6."),
    Flag("vlan", "traffic.vlan", "switch", "Frames carry a VLAN tag."),
    Flag("record-nonconnect", "softswitch.SS_CDR_RECORD_NONCONNECT", "switch", "Every attempt becomes a CDR line."),
    Flag("dr", "topology.dr", "switch", "Plan a standby server."),
)


def parameter_name(option: str) -> str:
    """Return the Python name of an option."""
    return option.replace("-", "_")


def _parameters() -> list[inspect.Parameter]:
    made = [_parameter(flag.option, str | None, f"--{flag.option}", flag.help, flag.metavar) for flag in FLAGS]
    for flag in SWITCHES:
        names = f"--{flag.option}/--no-{flag.option}"
        made.append(_parameter(flag.option, bool | None, names, flag.help, None))
    made.append(_parameter("profile", Path | None, "--profile", "Measured traffic: JSON of plan cdr profile.", "FILE"))
    made.append(
        _parameter("assume", list[str], "--assume", "Replace an assumption: NAME=VALUE or NAME=LOW:TYP:HIGH.", None)
    )
    return made


def _parameter(option: str, kind: Any, names: str, text: str, metavar: str | None) -> inspect.Parameter:
    panel = next((each for each, options in PANELS.items() if option in options), "Traffic")
    given = typer.Option(names, help=text, metavar=metavar, show_default=False, rich_help_panel=panel)
    annotation = Annotated[kind, given]
    default: Any = [] if option == "assume" else None
    return inspect.Parameter(
        parameter_name(option), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def with_traffic_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the traffic options; its keyword parameter `traffic` gets them as a dictionary."""
    shared = _parameters()
    signature = inspect.signature(function, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "traffic"]

    @wraps(function)
    def command(**options: Any) -> Any:
        traffic = {parameter.name: options.pop(parameter.name) for parameter in shared}
        return function(traffic=traffic, **options)

    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*own, *shared)]
    command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


# Options that describe the streams of a call alone.
_OF_STREAMS = ("codec", "egress-codec", "framing", "ptime", "srtp", "ipv6", "vlan")

# From options and files to a deployment and its sizing; what cannot be used ends the command.

# Kinds whose bare numbers are in base units already.
_PLAIN = {"number": "", "count": "", "days": "", "duration": "s"}
_DIGITS = 16
_STREAMS = {each.option: each.declared for each in (*FLAGS, *SWITCHES) if each.option in _OF_STREAMS}
_LOADS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")


def declared_options(traffic: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the options declare, by deployment name and in base units.

    Ends the command on unreadable text.
    """
    values: dict[str, Any] = {}
    for flag in (*FLAGS, *SWITCHES):
        given = traffic.get(parameter_name(flag.option))
        if given is not None:
            values[flag.declared] = _parsed(flag.option, flag.kind, given, flag.unit)
    return values


def _parsed(option: str, kind: str, given: Any, unit: str) -> Any:
    if kind in {"switch", "choice"}:
        return given
    if _PLAIN.get(kind) == unit and given.isascii() and given.isdecimal() and len(given) < _DIGITS:
        # The reader of quantities costs start-up time that plain numbers do without.
        return int(given)
    if kind == "codecs" and given.isascii() and given.isalnum():
        return {given.lower(): 1.0}
    from planner.catalogue.quantity import parse_quantity
    from planner.catalogue.units import QuantityError

    try:
        return parse_quantity(kind, given, unit)
    except QuantityError as error:
        fail(f"--{option} {given}: {error}; allowed: {error.expected}", Exit.USAGE)


def assumed_options(traffic: Mapping[str, Any]) -> dict[str, str]:
    """Return what `--assume` replaces, by name. Ends the command where the form is not NAME=VALUE."""
    replaced = {}
    for text in traffic.get("assume") or ():
        name, sign, value = text.partition("=")
        if not sign or not value.strip():
            fail(f"--assume {text}: write NAME=VALUE, such as --assume cdr.line_bytes=220", Exit.USAGE)
        replaced[name.strip()] = value.strip()
    return replaced


def read_profile(path: Path | None, *, whole: bool = False) -> dict[str, Any] | None:
    """Return a measured profile. Ends the command where the file cannot be read."""
    made_by = "plan cdr profile --format json"
    return None if path is None else read_saved(path, "profile-v1", made_by, whole=whole)


def read_deployment(path: str | None, options: Mapping[str, Any], bundle: str | None = None) -> Deployment:
    """Return a deployment file's declarations with the options over them, and a host's bundle below them.

    Ends the command where one cannot be read.
    """
    from planner.deployment import Deployment

    given = [each for each in (bundle, path) if each is not None]
    deployment = _loaded(given, is_host=bundle is not None) if given else Deployment()
    if any(name in options for name in _LOADS):
        # The load is stated one way: what the options state replaces the file's statement.
        deployment = deployment.override(dict.fromkeys((*_LOADS, "traffic.peak_factor")))
    chosen = deployment.override(options)
    if "traffic.peak_factor" in options and chosen.value("traffic.daily_minutes") is None:
        fail("--peak-factor is that of --daily-minutes: give both", Exit.USAGE)
    if chosen.value("server.media") == "without" and (
        idle := [f"--{each}" for each in _STREAMS if _STREAMS[each] in options]
    ):
        note(f"plan: {', '.join(idle)}: of no effect on the plan: media does not pass the server (media: without)")
    return chosen


def _loaded(paths: list[str], *, is_host: bool) -> Deployment:
    from planner.deployment.load import load

    try:
        deployment = load(*paths)
    except OSError as error:
        fail(f"{paths[-1]}: {error.strerror or error}", Exit.UNREADABLE)
    first = deployment.documents[0] if deployment.documents else None
    if is_host and first is not None and first.readable and first.format != "bundle":
        fail(f"{paths[0]} is no bundle: run the script that plan collect prints", Exit.USAGE)
    _report(deployment)
    return deployment


def _report(deployment: Deployment) -> None:
    from planner.sizing.result import refusals

    errors = [finding for finding in deployment.findings if finding.severity == "error"]
    broken = not all(document.readable for document in deployment.documents)
    serious = broken or refusals(deployment)
    for finding in errors if serious else ():
        span = finding.span
        rest = f" ({finding.help})" if finding.help else ""
        note(f"{span.path}:{span.line}:{span.column}: {finding.message}{rest}")
    if serious:
        what = "the file cannot be read" if broken else "the deployment cannot be sized as it stands"
        fail(what, Exit.UNREADABLE if broken else Exit.FINDINGS)
    if errors:
        note(f"plan: settings are in error ({len(errors)}): plan validate {deployment.path}")


def certainty_option(given: str | None) -> float | None:
    """Return the share of cases in which a plan is to suffice. Ends the command outside of 0 to 1."""
    if given is None:
        return None
    share = _parsed("certainty", "ratio", given, "")
    if not 0 < share < 1:
        fail(f"--certainty {given}: write a share between 0 and 1, such as 95%", Exit.USAGE)
    return float(share)


def sized(deployment: Deployment, traffic: Mapping[str, Any], certainty: float | None = None) -> Sizing:
    """Return the sizing of a deployment under the options.

    Ends the command on impossible input: as `plan validate` does where the file alone says it, else as wrong usage.
    """
    from planner.sizing.api import size
    from planner.sizing.result import ImpossibleInput

    try:
        profile = read_profile(traffic.get("profile"))
        return size(deployment, assume=assumed_options(traffic), profile=profile, certainty=certainty)
    except ImpossibleInput as error:
        for problem in error.problems:
            note(f"plan: {_spelled(problem.name)}{problem.message}; allowed: {problem.allowed}")
        written = all((each := deployment.values.get(item.name)) and each.span for item in error.problems)
        fail("the deployment cannot be sized as it stands", Exit.FINDINGS if written else Exit.USAGE)


def _spelled(name: str) -> str:
    option = next((flag.option for flag in (*FLAGS, *SWITCHES) if flag.declared == name), None)
    return f"{name} (--{option}): " if option else f"{name}: "
