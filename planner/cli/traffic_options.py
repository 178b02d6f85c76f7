"""The options that describe traffic: shared by `size`, `report` and whatever else sizes a deployment.

A command takes them with `@with_traffic_options`: its parameter `traffic` then holds what was given, by
option name. `planner.cli.sizing_input` turns them into a deployment.
"""

from __future__ import annotations

import inspect
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

PANEL = "Traffic"


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
    Flag("media", "server.media", "choice", "Media relayed by the server: with or without.", metavar="MODE"),
    Flag("framing", "traffic.framing", "choice", "Bytes counted: documented, ip, ethernet or wire.", metavar="NAME"),
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
    annotation = Annotated[kind, typer.Option(names, help=text, metavar=metavar, show_default=False)]
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
