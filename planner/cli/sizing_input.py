"""From options and files to a deployment and its sizing; what cannot be used ends the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cli.commands import Exit
from planner.cli.console import fail, note, read_saved
from planner.cli.traffic_options import FLAGS, SWITCHES, parameter_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.deployment import Deployment
    from planner.sizing import Sizing

# Kinds whose bare numbers are in base units already.
_PLAIN = {"number": "", "count": "", "days": "", "duration": "s"}
_DIGITS = 16
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
    from planner.sizing.problems import refusals

    errors = [finding for finding in deployment.findings if finding.severity == "error"]
    broken = not all(document.readable for document in deployment.documents)
    serious = broken or refusals(deployment)
    for finding in errors if serious else ():
        span = finding.span
        rest = f" ({finding.help})" if finding.help else ""
        note(f"{span.path}:{span.line}:{span.column}: {finding.message}{rest}")
    if serious:
        what = "the file cannot be read" if broken else "the deployment cannot be sized as it stands"
        fail(what, Exit.UNREADABLE if broken else Exit.USAGE)
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
    """Return the sizing of a deployment under the options. Ends the command on impossible input."""
    from planner.sizing.api import size
    from planner.sizing.problems import ImpossibleInput

    try:
        profile = read_profile(traffic.get("profile"))
        return size(deployment, assume=assumed_options(traffic), profile=profile, certainty=certainty)
    except ImpossibleInput as error:
        for problem in error.problems:
            note(f"plan: {_spelled(problem.name)}{problem.message}; allowed: {problem.allowed}")
        fail("the deployment cannot be sized as it stands", Exit.USAGE)


def _spelled(name: str) -> str:
    option = next((flag.option for flag in (*FLAGS, *SWITCHES) if flag.declared == name), None)
    return f"{name} (--{option}): " if option else f"{name}: "
