"""From a deployment to its sizing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.sizing import draws
from planner.sizing.decide import decide, fixed, judged, lasting, leaves_by_name, said, settings_of
from planner.sizing.leaves import Leaves, resolve
from planner.sizing.model import grounds, model, registry
from planner.sizing.notes import notes
from planner.sizing.numbers import Assumption, Estimate
from planner.sizing.problems import require_usable
from planner.sizing.result import Milestone, Note, Sizing, SizingFinding
from planner.sizing.selection import ARCHITECTURES, hardware
from planner.sizing.sensitivity import influences
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.deployment import Deployment
    from planner.sizing.plan import Plan, Row


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
    typical, settings = leaves_by_name(leaves.numbers), settings_of(deployment)
    figures = model()(typical)
    values = typical | figures
    made = decide(values, settings, str(deployment.value("server.storage.type") or ""))
    still = fixed(values)
    drawn = draws.evaluate(leaves.numbers, still)
    made = lasting(judged(made, drawn), typical, still)
    declared = str(deployment.value("topology.architecture") or "")
    chosen = hardware(values, made, declared)
    return Sizing(
        inputs=_inputs(leaves, declared),
        assumptions=_assumptions(leaves.numbers),
        figures=_estimates(figures, drawn, leaves.numbers),
        hardware=chosen,
        plan=made,
        notes=(*notes(values, leaves.numbers, chosen), *_remarks(leaves.remarks)),
        growth=tuple(_milestone(row) for row in made.resources),
        findings=tuple(_findings(made)),
        leaves=leaves.numbers,
    )


def _milestone(row: Row) -> Milestone:
    return Milestone(row.name, row.label, row.figure, row.need.typical, row.limit, row.unit, row.month)


def plan(deployment: Deployment, *, assume: Mapping[str, Any] | None = None) -> Plan:
    """Return what carries the load of a deployment, whether it suffices, how surely and until when.

    Raises ImpossibleInput as `size` does.
    """
    return size(deployment, assume=assume).plan


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
    figures: Mapping[str, float], drawn: Mapping[str, Any], leaves: Mapping[str, Assumption]
) -> dict[str, Estimate]:
    bases = grounds(leaves)
    return {
        name: Estimate(
            name,
            figure.label,
            draws.spread(drawn[name], figures[name]),
            figure.unit,
            figure.formula,
            figure.operands,
            figure.sources,
            bases[name],
        )
        for name, figure in registry().items()
    }


def _remarks(unused: Iterable[str]) -> Iterable[Note]:
    if names := ", ".join(unused):
        yield Note(wording("The profile measured what the model does not use: {names}.", names=names), (), ())


# The rule that says the same of a file, for those who gate on either.
_RULES = {
    "cpu": "cores-below-need",
    "ram": "ram-below-need",
    "disk": "disk-below-need",
    "link": "link-overloaded",
    "udp_ports": "rtp-ports-below-calls",
    "conntrack": "connection-tracking-below-need",
    "descriptors": "process-limit-below-need",
    "cdr_files": "retention-shorter-than-policy",
    "max_cps": "attempt-limit-below-traffic",
    "disk_writes": "commits-outrun-disk",
    "storage": "rotating-disk-above-500-calls",
}


def _findings(made: Plan) -> Iterable[SizingFinding]:
    servers = made.servers
    if servers.active < servers.needed:
        yield SizingFinding(
            "servers-below-need",
            "error" if any(row.severity == "error" for row in made.short) else "warning",
            "documented",
            wording(
                "{planned} servers are declared and the load needs {needed}",
                planned=servers.active,
                needed=servers.needed,
            ),
            wording("declare topology.servers: {needed}", needed=servers.needed),
        )
    for row in made.short:
        yield SizingFinding(_RULES.get(row.name, "server-below-need"), row.severity, "advice", _short(row), _more(row))


def _short(row: Row) -> str:
    return wording(
        "{resource}: each server needs {need} and may use {limit} of {capacity}",
        resource=said(row.name),
        need=format_quantity(row.need.typical, row.unit),
        limit=format_quantity(row.limit, row.unit),
        capacity=format_quantity(row.capacity, row.unit),
    )


def _more(row: Row) -> str:
    return wording(
        "provide {needed}, or more servers", needed=format_quantity(row.need.typical / (row.ceiling or 1), row.unit)
    )
