"""From a deployment to its sizing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.sizing.growth import milestones
from planner.sizing.leaves import Leaves, resolve
from planner.sizing.model import model, registry, weakest
from planner.sizing.notes import notes
from planner.sizing.numbers import Assumption, Estimate, Range
from planner.sizing.problems import require_usable
from planner.sizing.result import Note, Sizing, SizingFinding
from planner.sizing.selection import ARCHITECTURES, hardware
from planner.sizing.sensitivity import influences
from planner.wording import term, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.deployment import Deployment
    from planner.sizing.result import Hardware

# The order of planner.finding.Basis, which costs start-up time.
_STRENGTH = ("documented", "standard", "measured", "advice", "assumption")


def size(
    deployment: Deployment, *, assume: Mapping[str, Any] | None = None, profile: Mapping[str, Any] | None = None
) -> Sizing:
    """Return what a deployment needs.

    `assume` replaces assumptions by name: a number, (low, typical, high) or text such as `200:300:350`.
    `profile` is a `profile-v1` document of measured traffic. Raises ImpossibleInput, a ValueError, naming
    each input that is impossible or contradictory with its allowed range.
    """
    require_usable(deployment)
    leaves = resolve(deployment, assume or {}, profile)
    ranges = model()({name: leaf.range for name, leaf in leaves.numbers.items()})
    values = {name: leaf.range.typical for name, leaf in leaves.numbers.items()}
    values.update((name, cases[1]) for name, cases in ranges.items())
    declared = str(deployment.value("topology.architecture") or "")
    chosen = hardware(values, declared, dr=bool(values["topology.dr"]))
    growth = values["traffic.growth"]
    return Sizing(
        inputs=_inputs(leaves, declared),
        assumptions=_assumptions(leaves.numbers),
        figures=_estimates(ranges, leaves.numbers),
        hardware=chosen,
        notes=(*notes(values, leaves.numbers, chosen), *_remarks(leaves.remarks)),
        growth=tuple(milestones(values, chosen, growth)),
        findings=tuple(_findings(values, chosen)),
        leaves=leaves.numbers,
    )


def _inputs(leaves: Leaves, architecture: str) -> dict[str, Any]:
    inputs = {name: _plain(value) for name, value in leaves.inputs.items()}
    if architecture in ARCHITECTURES:
        inputs["topology.architecture"] = architecture
    return inputs


def _plain(value: Any) -> Any:  # noqa: ANN401  a declared value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _assumptions(leaves: Mapping[str, Assumption]) -> tuple[Assumption, ...]:
    moved = influences(leaves)
    made = [
        leaf._replace(influence=moved[name]) if name in moved else leaf
        for name, leaf in leaves.items()
        if leaf.origin != "declared" and leaf.replace
    ]
    return tuple(sorted(made, key=lambda leaf: -leaf.influence))


def _estimates(
    ranges: Mapping[str, tuple[float, float, float]], leaves: Mapping[str, Assumption]
) -> dict[str, Estimate]:
    grounds = _grounds(leaves)
    return {
        name: Estimate(
            name,
            figure.label,
            Range(*ranges[name]),
            figure.unit,
            figure.formula,
            figure.operands,
            figure.sources,
            grounds[name],
        )
        for name, figure in registry().items()
    }


def _grounds(leaves: Mapping[str, Assumption]) -> dict[str, str]:
    # Declared numbers weaken nothing, flags choose between numbers.
    ranks = {
        name: 0 if leaf.origin == "declared" or leaf.unit == "flag" else _STRENGTH.index(leaf.grounds)
        for name, leaf in leaves.items()
    }
    flags = {name: leaf.range.typical for name, leaf in leaves.items() if leaf.unit == "flag"}
    return {name: _STRENGTH[rank] for name, rank in weakest(ranks, flags).items()}


def _remarks(unused: Iterable[str]) -> Iterable[Note]:
    if names := ", ".join(unused):
        yield Note(wording("The profile measured what the model does not use: {names}.", names=names), (), ())


def _findings(values: Mapping[str, float], chosen: Hardware) -> Iterable[SizingFinding]:
    needed, planned = values["hardware.servers"], values["hardware.servers_planned"]
    if planned < needed:
        message = wording(
            "{planned} servers are declared and the load needs {needed}", planned=f"{planned:g}", needed=f"{needed:g}"
        )
        yield SizingFinding(
            "servers-below-need",
            "warning",
            "documented",
            message,
            wording("declare topology.servers: {needed}", needed=f"{needed:g}"),
        )
    for item in chosen.shortfall:
        message = wording(
            "each server needs more than the largest tier, {tier}, offers: {resource} {needed}, not {available}",
            tier=term(item.tier),
            resource=term(item.resource),
            needed=format_quantity(item.needed, item.unit),
            available=format_quantity(item.available, item.unit),
        )
        yield SizingFinding(
            "need-above-largest-tier", "warning", "documented", message, wording("add servers, or shorten retention")
        )
