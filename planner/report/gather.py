"""Gathers a report's evidence: places and masked numbers, the measurement, the backtest, what fixes change."""

from __future__ import annotations

import hashlib
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from planner.catalogue.units import LARGEST
from planner.deployment import Deployment, Value
from planner.finding import Basis, Finding, Severity, Span
from planner.report.evidence import Alternative, Brand, Checks, Effect, Evidence, Provenance, Source, Swing
from planner.report.language import mark
from planner.report.palette import BLUE, normalised

Asks = TypeVar("Asks")

if TYPE_CHECKING:
    from planner.cdr.comparison import Comparison
    from planner.finding import Validation
    from planner.report.what_if import Leaves
    from planner.sizing.numbers import Assumption, Estimate
    from planner.sizing.result import Sizing

    With = Callable[[Mapping[str, Value]], Asks | None]
    """Asks something of the deployment with other values declared; None where they do not fit."""
    Asked = tuple[Alternative, With[float], With[Sizing]]
    Shown = Callable[[str], str]
    """Gives the name to show for the path of a file."""


def seen_from(deployment: str) -> Shown:
    """Return what names files as seen from the folder of a deployment file.

    Of a file elsewhere only the last part is shown: a customer's report tells nothing of its author's disk.
    """
    folder = Path(os.path.abspath(Path(deployment).parent)) if deployment else Path.cwd()  # noqa: PTH100  links stay

    def shown(path: str) -> str:
        if not path or path.startswith("<"):
            return path
        place = Path(os.path.abspath(path))  # noqa: PTH100  `..` is resolved, links stay what they are called
        return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else place.name

    return shown


def relabelled(finding: Finding, shown: Shown) -> Finding:
    """Return a finding with the files it speaks of named by `shown`."""
    related = tuple(each._replace(span=_relabelled(each.span, shown)) for each in finding.related)
    return finding._replace(span=_relabelled(finding.span, shown), related=related)


def _relabelled(span: Span, shown: Shown) -> Span:
    return span._replace(path=shown(span.path))


# Telephone numbers and addresses made unreadable: the default for everything that came from call records.
#
# A masked number keeps what a capacity plan needs (its leading digits, its length class) and loses the
# subscriber:
# `12025550123` becomes `1202…`. Addresses keep their network half: `192.0.2.17` becomes `192.0.x.x`.

_KEPT_DIGITS = 4
_TIME = re.compile(
    r"((?<![\d+])[12]\d{3}-[01]\d-[0-3]\d"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))"
)
"""Dates and times, which look like numbers and are none."""
_ADDRESS4 = re.compile(r"(?<![\d.])(\d{1,3}([._-])\d{1,3})\2\d{1,3}\2\d{1,3}(?![\d.]*\d)")
"""An address, also with the strokes that names of hosts write for its dots."""
_ADDRESS6 = re.compile(
    r"(?<![0-9A-Za-z:])(?=[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:)([0-9A-Fa-f]{1,4})?:[0-9A-Fa-f:.]*(?![0-9A-Za-z:])"
)
_NUMBER = re.compile(r"\+?\d(?:[ ()./_-]{0,2}\d){6,}")


def mask(text: str) -> str:
    """Return `text` with every telephone number of seven digits or more and every IP address masked."""
    parts = _TIME.split(text)
    return "".join(part if index % 2 else _mask(part) for index, part in enumerate(parts))


def _mask(text: str) -> str:
    hidden = _ADDRESS4.sub(r"\1\2x\2x", text)
    hidden = _ADDRESS6.sub(lambda found: f"{found[1] or ''}:…", hidden)
    return _NUMBER.sub(_number, hidden)


def masked(value: Any) -> Any:  # noqa: ANN401  any JSON value, and the same shape back
    """Return a JSON value with every text in it masked, the keys of objects included; numbers stay.

    Keys that become equal by masking are kept apart by a running number, so that no entry is lost.
    """
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    if isinstance(value, dict):
        return _masked_object(value)
    return value


def _masked_object(value: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        name = base = mask(key)
        count = 1
        while name in result:
            count += 1
            name = f"{base} ({count})"
        result[name] = masked(item)
    return result


def _number(found: re.Match[str]) -> str:
    text = found[0]
    plus = "+" if text.startswith("+") else ""
    digits = "".join(character for character in text if character.isdigit())
    return f"{plus}{digits[:_KEPT_DIGITS]}…"


# Reading a `profile-v1` document with care: what is absent or not what it should be is not told.

_ROWS_KEPT = 8
_DROPPED = ("hours", "suspicious", "retries", "files")


def part(profile: Mapping[str, Any] | None, *path: str) -> Mapping[str, Any]:
    """Return an object below `path`; empty where there is none."""
    found: Any = profile
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def number(profile: Mapping[str, Any] | None, *path: str) -> float | None:
    """Return a finite number below `path`; None where there is none."""
    found = part(profile, *path[:-1]).get(path[-1])
    return finite(found)


def finite(value: Any) -> float | None:  # noqa: ANN401  anything JSON holds
    """Return a JSON number as a float; None for anything else and for what no plan can use."""
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and abs(value) < LARGEST else None


def rows(profile: Mapping[str, Any] | None, *path: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list below `path`."""
    found = part(profile, *path[:-1]).get(path[-1])
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def matrix(profile: Mapping[str, Any] | None, *path: str) -> list[list[float]]:
    """Return a matrix of 7 days and 24 hours below `path`; empty where it is none."""
    found = part(profile, *path[:-1]).get(path[-1])
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    table = [[finite(value) or 0.0 for value in row] for row in found if isinstance(row, list)]
    return table if [len(row) for row in table] == [24] * 7 else []


def text(entry: Mapping[str, Any], key: str) -> str:
    """Return a text of an entry, cut to what a table can hold."""
    value = entry.get(key)
    return str(value)[:60] if isinstance(value, str | int | float) else ""


def abridged(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return the profile without its long lists: what is embedded in a page is aggregates, never rows.

    Its numbers have six digits: no measurement of calls is better.
    """
    kept = {name: value for name, value in profile.items() if name not in _DROPPED}
    kept["calls"] = {name: value for name, value in part(profile, "calls").items() if name != "hold_time_bins"}
    kept["tables"] = {name: _shortened(table) for name, table in part(profile, "tables").items()}
    kept["gaps"] = {name: _shortened(table) for name, table in part(profile, "gaps").items()}
    return {name: _rounded(value) for name, value in kept.items()}


def _rounded(value: Any) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


def _shortened(table: Any) -> Any:  # noqa: ANN401  any JSON value
    if not isinstance(table, Mapping):
        return table
    return {name: value[:_ROWS_KEPT] if isinstance(value, list) else value for name, value in table.items()}


# The backtest of a measured profile: the comparison `plan cdr backtest` makes of the same records.


def backtest(profile: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """Return what the model says of the measured traffic beside what was measured.

    Nothing where attempts are unknown, because answered calls alone were recorded, and where the profile
    states no load or lacks a part.
    """
    from planner.cdr.comparison import compare, declared_by  # noqa: PLC0415  only where something was measured
    from planner.sizing.api import size  # noqa: PLC0415  with the model
    from planner.sizing.result import as_document  # noqa: PLC0415  the same

    try:
        if not profile["calls"]["records"] or profile["calls"]["answered_only"]:
            return ()
        sizing = size(Deployment().override(declared_by(profile)), profile=profile)
        return tuple(compare(profile, as_document(sizing)["figures"]))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # A profile with a part missing or not what it should be tells what it has, and this it has not.
        return ()


def plain(each: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON holds it, in the shape of `plan cdr backtest --format json`."""
    return {**asdict(each), "error": each.error, "within": each.within}


# Evidence gathered: sizing, alternatives, swings, findings, a masked profile and provenance.

SWING_FIGURE = "traffic.concurrent_calls_peak"
FALLBACK_FIGURES = ("hardware.disk_bytes", "network.media_bits_per_second", "hardware.cpu_cores")
_LEAST_SWING = 0.005
_ADVISED: Mapping[str, Value] = {"softswitch.SS_CDR_RECORD_NONCONNECT": False}
"""Values that rules advise and the plan does not decide."""
_PARTS_OF = {"cpu": "server.cpu_cores", "ram": "server.ram", "disk": "server.storage.size", "link": "server.nic"}
"""What to declare where a row of the plan is short."""
SETTING = re.compile(r"\b([A-Za-z_][\w.]+)\s*[:=]")
"""A setting that an advice names."""
CERTAINTY = mark("Certainty that every resource suffices")
_MISSING = " is not declared"
_PARTS = ("inputs", "assumptions", "figures", "hardware", "plan", "notes", "growth", "findings", "leaves")


def gather(  # noqa: PLR0913  three parts of the subject, three ways to look at it, each by name
    deployment: Deployment,
    sizing: Sizing,
    provenance: Provenance,
    *,
    assume: Mapping[str, Any] | None = None,
    profile: Mapping[str, Any] | None = None,
    unmasked: bool = False,
    previous: Mapping[str, Any] | None = None,
) -> Evidence:
    """Return everything a report says about a sized deployment; `profile` is a `profile-v1` document.

    Whatever came from call records is masked here, unless `unmasked`, so that no renderer can forget it.
    Raises ValueError for a brand that cannot be used.
    """
    from planner.report.what_if import what_if  # noqa: PLC0415  with the model
    from planner.rules.validation import validate  # noqa: PLC0415  the rules are slow to import
    from planner.sizing.api import size, surely  # noqa: PLC0415  with the model
    from planner.sizing.inputs import as_sized  # noqa: PLC0415  the same

    figure, swings = _swings(sizing)
    leaves_of = _leaves_of(deployment, assume or {}, profile)
    shown = seen_from(deployment.path)
    checked = validate(as_sized(deployment, profile, assume))
    found = checked.findings
    given: dict[str, Any] = {"assume": assume, "profile": profile, "certainty": sizing.plan.asked}
    alternative = alternatives(leaves_of)
    asked = (alternative, _with_others(surely, deployment, given), _with_others(size, deployment, given))
    effects, fixed = _followed(found, sizing, asked)
    return Evidence(
        sizing=sizing if unmasked or profile is None else _masked_sources(sizing),
        provenance=provenance,
        alternative=alternative,
        deployment=deployment,
        findings=(*(relabelled(each, shown) for each in found), *_of_sizing(sizing, found)),
        shown=shown,
        profile=profile if unmasked or profile is None else masked(dict(profile)),
        backtest=backtest(profile) if profile else (),
        swings=swings,
        swing_figure=figure,
        checks=_checks(checked),
        brand=brand(deployment),
        unmasked=unmasked and profile is not None,
        previous=previous,
        effects=effects,
        fixed=fixed,
        what_if=what_if(deployment, sizing, leaves_of),
    )


def _with_others(ask: Callable[..., Asks], deployment: Deployment, given: Mapping[str, Any]) -> With[Asks]:
    from planner.sizing.result import ImpossibleInput  # noqa: PLC0415  with the model

    def asked(values: Mapping[str, Value]) -> Asks | None:
        try:
            return ask(deployment.override(values), **given)
        except ImpossibleInput:
            return None

    return asked


def _followed(
    found: Iterable[Finding], sizing: Sizing, asked: Asked
) -> tuple[dict[str, tuple[Effect, ...]], Sizing | None]:
    """Return what following each finding's advice changes, by fingerprint, and the sizing with all of it followed."""
    wanted = {each.fingerprint: _advised(each, sizing) for each in found if each.severity.at_least(Severity.WARNING)}
    from planner.sizing.decide import SETTINGS  # noqa: PLC0415  with the model
    from planner.sizing.result import ImpossibleInput  # noqa: PLC0415  the same

    figure_of, surely, sized = asked
    short = {name for row in sizing.plan.short for name in SETTINGS.get(row.name, ())}
    made = {}
    for key, values in wanted.items():
        # Certainty takes draws: it is asked for where a setting that is short is set.
        after = surely(values) if short & values.keys() else None
        with suppress(ImpossibleInput):
            figures = [(each, figure_of(values, each.name)) for each in _affected(sizing)] if values else []
            made[key] = _effects(sizing, figures, after)
    every = {name: value for values in wanted.values() for name, value in values.items()} | _bought(sizing)
    return made, sized(every) if every else None


def _advised(finding: Finding, sizing: Sizing) -> dict[str, Value]:
    """Return the values that a finding advises and the sizing knows: of the setting its advice names, else its own."""
    known: dict[str, Value] = {**sizing.plan.settings, **_ADVISED}
    named = {setting.rpartition(".")[2] for setting in SETTING.findall(str(finding.help))}
    told = {name: value for name, value in known.items() if name.rpartition(".")[2] in named}
    own = finding.pointer.strip("/").replace("/", ".")
    return told or ({own: known[own]} if own in known and not named else {})


def _bought(sizing: Sizing) -> dict[str, Value]:
    """Return what to declare of the hardware that is short: more servers, else larger parts."""
    made = sizing.plan
    if made.servers.active < made.servers.needed:
        return {"topology.servers": made.servers.needed}
    needs = {_PARTS_OF[row.name]: row.need.typical / (row.ceiling or 1) for row in made.short if row.name in _PARTS_OF}
    return {name: float(math.ceil(value)) for name, value in needs.items()}


def _effects(sizing: Sizing, changed: list[tuple[Estimate, float]], then: float | None) -> tuple[Effect, ...]:
    told = [
        Effect(figure.label, figure.unit, figure.range.typical, value)
        for figure, value in changed
        if abs(value - figure.range.typical) > _LEAST_SWING * abs(figure.range.typical)
    ]
    now = sizing.plan.certainty
    if now is not None and then is not None and abs(then - now) > _LEAST_SWING:
        told.append(Effect(CERTAINTY, "ratio", now, then))
    return tuple(told)


def _affected(sizing: Sizing) -> Iterable[Estimate]:
    used = sizing.plan.row("disk")
    names = ("cdr.retained_bytes", used.figure if used else "", "hardware.servers")
    return [sizing.figures[name] for name in names if name in sizing.figures]


def _checks(checked: Validation) -> Checks:
    """Return how many checks ran of all, and which declarations would let the most of the others run."""
    from planner.rules.registry import rules  # noqa: PLC0415  in memory by now

    every = sum(each.rule.origin == "check" for each in rules().values())
    reasons = (each.reason.partition(_MISSING) for each in checked.skipped)
    lacking = Counter(name.partition(" or ")[0] for name, missing, _ in reasons if missing)
    return Checks(every, tuple(each.rule for each in checked.skipped), tuple(lacking.most_common()))


def _leaves_of(deployment: Deployment, assume: Mapping[str, Any], profile: Mapping[str, Any] | None) -> Leaves:
    """Return a function that gives the typical leaves of the deployment with other values declared."""
    from planner.sizing.leaves import resolve  # noqa: PLC0415  with the model

    def leaves_of(values: Mapping[str, Value]) -> Mapping[str, float]:
        leaves = resolve(deployment.override(values), assume, profile)
        return {each: leaf.range.typical for each, leaf in leaves.numbers.items()}

    return leaves_of


def alternatives(leaves_of: Leaves) -> Alternative:
    """Return a function that gives one figure of the deployment with other values declared."""
    from planner.sizing.evaluation import Figures, model  # noqa: PLC0415  with the model

    known: dict[str, Mapping[str, Any]] = {}

    def figure_of(values: Mapping[str, Value], name: str) -> float:
        if (key := repr(sorted(values.items()))) not in known:
            known[key] = Figures(model(), leaves_of(values))
        return float(known[key][name])

    return figure_of


def _swings(sizing: Sizing) -> tuple[str, tuple[Swing, ...]]:
    """Return the figure to explain and what moves it; calls that are given are moved by nothing."""
    from planner.sizing.sensitivity import sensitivity  # noqa: PLC0415  with the model

    for figure in (SWING_FIGURE, *FALLBACK_FIGURES):
        if figure in sizing.figures and (found := sensitivity(sizing, figure, _LEAST_SWING)):
            return figure, tuple(Swing(each.assumption, each.label, each.low, each.high) for each in found)
    return SWING_FIGURE, ()


def _of_sizing(sizing: Sizing, told: Iterable[Finding]) -> Iterable[Finding]:
    """Return what the sizing found beyond what the rules have told, which know the place."""
    nowhere = Span.at("<values>", 1, 1)
    known = {each.rule for each in told}
    return (
        Finding(
            rule=each.rule,
            severity=Severity(each.severity),
            basis=Basis(each.basis),
            message=each.message,
            help=each.help,
            span=nowhere,
        )
        for each in sizing.findings
        if each.rule not in known
    )


def _masked_sources(sizing: Sizing) -> Sizing:
    """Return the sizing with what measured numbers rest on masked: sources name archives and gateways."""
    parts = {name: getattr(sizing, name) for name in _PARTS}
    parts["assumptions"] = tuple(_masked_assumption(each) for each in sizing.assumptions)
    return type(sizing)(**parts)


def _masked_assumption(each: Assumption) -> Assumption:

    if each.origin != "measured":
        return each
    # The count of samples is no telephone number: in thousands it does not look like one.
    told = (source.replace(str(each.samples), f"{each.samples:,}") for source in each.sources)
    return each._replace(sources=tuple(map(mask, told)))


def brand(deployment: Deployment) -> Brand:
    """Return the declared brand; raises ValueError naming what is wrong with it."""
    declared = deployment.value("site.brand")
    if not isinstance(declared, Mapping):
        return Brand()
    colour, logo = declared.get("colour") or declared.get("color"), declared.get("logo")
    folder = Path(deployment.path).parent if deployment.path else Path()
    colour = normalised(str(colour)) if colour else BLUE
    if not logo:
        return Brand(colour)
    from planner.report.logo import data_address  # noqa: PLC0415  only where there is a logo

    return Brand(colour, data_address(str(logo), folder))


def sources(deployment: Deployment, files: Iterable[Path] = ()) -> tuple[Source, ...]:
    """Return the input files with their digests: the deployment's documents, then others."""
    shown = seen_from(deployment.path)
    every = [*((each.path, each.text) for each in deployment.documents), *((str(path), "") for path in files)]
    return tuple(_source(path, text)._replace(name=shown(path)) for path, text in every)


def _source(name: str, text: str) -> Source:
    path = Path(name)
    raw = path.read_bytes() if path.is_file() else text.encode(errors="surrogatepass")
    return Source(name, len(raw), hashlib.sha256(raw).hexdigest())
