"""Evidence gathered: sizing, alternatives, swings, findings, a masked profile and provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.finding import Basis, Finding, Severity, Span
from planner.report.backtesting import backtest
from planner.report.evidence import Brand, Evidence, Source, Swing
from planner.report.measurement import finite, rows, text
from planner.report.palette import BLUE, normalised
from planner.report.places import relabelled, seen_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.deployment import Deployment, Value
    from planner.report.evidence import Alternative, Provenance
    from planner.sizing.numbers import Assumption
    from planner.sizing.result import Sizing

SWING_FIGURE = "traffic.concurrent_calls_peak"
FALLBACK_FIGURES = ("hardware.disk_bytes", "network.media_bits_per_second", "hardware.cpu_cores")
_LEAST_SWING = 0.005
_LOADS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")
_PARTS = ("inputs", "assumptions", "figures", "hardware", "notes", "growth", "findings", "leaves")


def gather(  # noqa: PLR0913  three parts of the subject, three ways to look at it, each by name
    deployment: Deployment,
    sizing: Sizing,
    provenance: Provenance,
    *,
    assume: Mapping[str, Any] | None = None,
    profile: Mapping[str, Any] | None = None,
    unmasked: bool = False,
) -> Evidence:
    """Return everything a report says about a sized deployment; `profile` is a `profile-v1` document.

    Whatever came from call records is masked here, unless `unmasked`, so that no renderer can forget it.
    Raises LogoError or ValueError for a brand that cannot be used.
    """
    from planner.rules.validation import validate  # noqa: PLC0415  the rules are slow to import

    figure, swings = _swings(sizing)
    shown = seen_from(deployment.path)
    found = validate(_as_measured(deployment, profile)).findings
    return Evidence(
        sizing=sizing if unmasked or profile is None else _masked_sources(sizing),
        provenance=provenance,
        alternative=alternatives(deployment, assume or {}, profile),
        deployment=deployment,
        findings=(*(relabelled(each, shown) for each in found), *_of_sizing(sizing, found)),
        shown=shown,
        profile=profile if unmasked or profile is None else _masked_profile(profile),
        backtest=backtest(profile) if profile else (),
        swings=swings,
        swing_figure=figure,
        brand=brand(deployment),
        unmasked=unmasked and profile is not None,
    )


def alternatives(deployment: Deployment, assume: Mapping[str, Any], profile: Mapping[str, Any] | None) -> Alternative:
    """Return a function that gives one figure of the deployment with other values declared."""
    from planner.sizing.leaves import resolve  # noqa: PLC0415  with the model
    from planner.sizing.model import model  # noqa: PLC0415  the same

    def figure_of(values: Mapping[str, Value], name: str) -> float:
        leaves = resolve(deployment.override(values), assume, profile)
        cases = model()({key: leaf.range for key, leaf in leaves.numbers.items()})
        return float(cases[name][1])

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


def _as_measured(deployment: Deployment, profile: Mapping[str, Any] | None) -> Deployment:
    """Return the deployment with what was measured where nothing is declared, as the sizing takes it.

    The rules then compare with the same load the sizing has.
    """
    measured = {text(each, "name"): finite(each.get("value")) for each in rows(profile, "assumptions")}
    known = {name: value for name, value in measured.items() if name.startswith("traffic.") and value is not None}
    if any(load in deployment for load in _LOADS):
        known.pop("traffic.cps", None)
    undeclared = {name: value for name, value in known.items() if deployment.value(name) is None}
    return deployment.override(undeclared)


def _masked_profile(profile: Mapping[str, Any]) -> Mapping[str, Any]:
    from planner.report.masking import masked  # noqa: PLC0415  only records are masked

    hidden: Mapping[str, Any] = masked(dict(profile))
    return hidden


def _masked_sources(sizing: Sizing) -> Sizing:
    """Return the sizing with what measured numbers rest on masked: sources name archives and gateways."""
    parts = {name: getattr(sizing, name) for name in _PARTS}
    parts["assumptions"] = tuple(_masked_assumption(each) for each in sizing.assumptions)
    return type(sizing)(**parts)


def _masked_assumption(each: Assumption) -> Assumption:
    from planner.report.masking import mask  # noqa: PLC0415  only records are masked

    if each.origin != "measured":
        return each
    # The count of samples is no telephone number: in thousands it does not look like one.
    told = (source.replace(str(each.samples), f"{each.samples:,}") for source in each.sources)
    return each._replace(sources=tuple(map(mask, told)))


def brand(deployment: Deployment) -> Brand:
    """Return the declared brand; raises LogoError or ValueError naming what is wrong with it."""
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
