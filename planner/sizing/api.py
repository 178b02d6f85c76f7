"""From a deployment to its sizing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from math import ceil
from operator import attrgetter
from typing import Any, NamedTuple
from weakref import ref

from planner.catalogue.display import format_quantity
from planner.deployment import Deployment
from planner.sizing import draws
from planner.sizing.comparison import hardware
from planner.sizing.constants import limit
from planner.sizing.decide import (
    ROWS,
    SETTINGS,
    decide,
    fixed,
    held_at,
    judged,
    lasting,
    leaves_by_name,
    said,
    settings_of,
    spoken,
    too_few,
    trended,
    unsettled,
)
from planner.sizing.evaluation import grounds, model, registry
from planner.sizing.inputs import measured_trend, with_peaks
from planner.sizing.leaves import Leaves, contradiction, crowded, idle_transcoding, narrow, priced, refused, resolve
from planner.sizing.notes import beside, notes
from planner.sizing.numbers import Assumption, Estimate
from planner.sizing.plan import SURE, Plan, Row, percent_sure
from planner.sizing.result import Milestone, Note, Sizing, SizingFinding, require_usable
from planner.sizing.sensitivity import influences
from planner.wording import wording

# Plans that are tried for a certainty; what is declared may rule every one of them out.
_TRIES = 5


def size(
    deployment: Deployment,
    *,
    assume: Mapping[str, Any] | None = None,
    profile: Mapping[str, Any] | None = None,
    certainty: float | None = None,
) -> Sizing:
    """Return what a deployment needs.

    `assume` replaces assumptions by name: a number, (low, typical, high) or text such as `200:300:350`.
    `profile` is a `profile-v1` document of measured traffic. The plan is decided by the typical case, or with
    `certainty` (such as 0.95) as the smallest that suffices in this share of the plausible cases. Raises
    ImpossibleInput, a ValueError, naming each input that is impossible or contradictory with its allowed range.
    """
    deployment = with_peaks(deployment, profile)
    decided = _decided(deployment, assume or {}, profile, certainty)
    leaves, typical, figures, drawn, made = decided
    values, settings = typical | figures, settings_of(deployment)
    made = lasting(made._replace(asked=certainty), typical, fixed(values))
    if measured := measured_trend(profile):
        made = made._replace(trend=trended(made, measured, typical, fixed(values)))
    if priced(leaves.numbers):
        from planner.sizing.offers import Market  # noqa: PLC0415  where something costs something

        market = Market(leaves.numbers, drawn, settings, _storage(deployment))
        made = made._replace(offers=market.offers(certainty or SURE))
    made = made._replace(settings=Settings(deployment, values.__getitem__, made))
    declared = str(deployment.value("topology.architecture") or "")
    chosen = hardware(values, made, declared)
    least = draws.spread(drawn["hardware.servers"], figures["hardware.servers"]).low
    return Sizing(
        inputs={name: _plain(value) for name, value in leaves.inputs.items()},
        assumptions=_assumptions(leaves.numbers),
        figures=_Estimates(decided),
        hardware=chosen,
        plan=made,
        notes=(*beside(profile, values), *notes(values, leaves.numbers, chosen), *_remarks(leaves.remarks)),
        growth=tuple(_milestone(row) for row in made.resources),
        findings=(
            *_findings(made, values, least, settings, declared),
            *_measured(deployment, values, made),
            *_contradictions(values, made),
            *_narrow(deployment, values),
        ),
        leaves=leaves.numbers,
        typical=figures,
    )


class _Decided(NamedTuple):
    """A plan without months and offers, and what it rests on: leaves, figures of the typical case, and the draws."""

    leaves: Leaves
    typical: dict[str, float]
    figures: dict[str, float]
    drawn: Mapping[str, Any]
    plan: Plan


def _decided(
    deployment: Deployment, assume: Mapping[str, Any], profile: Mapping[str, Any] | None, certainty: float | None
) -> _Decided:
    require_usable(deployment)
    leaves = resolve(deployment, assume, profile)
    typical, settings, storage = leaves_by_name(leaves.numbers), settings_of(deployment), _storage(deployment)
    figures = model()(typical)
    drawn = draws.evaluate(leaves.numbers, fixed(typical | figures))
    made = judged(decide(typical | figures, settings, storage), drawn)
    wanted = certainty or 0.0
    for _ in range(_TRIES):
        if (made.certainty or 0.0) >= (certainty or 0.0):
            break
        typical |= held_at(drawn, typical | figures, wanted)
        figures = model()(typical)
        drawn = draws.evaluate(leaves.numbers, fixed(typical | figures))
        made = judged(decide(typical | figures, settings, storage), drawn)
        # Resources fail in different cases: together they suffice more rarely than each.
        wanted = (1 + wanted) / 2
    if not made.short and (made.certainty or 0.0) < (certainty or 0.0):
        uncertain = [name for name, leaf in leaves.numbers.items() if not leaf.range.certain]
        made = made._replace(status="undecided", declare=unsettled(made, drawn, uncertain))
    return _Decided(leaves, typical, figures, drawn, made)


def _storage(deployment: Deployment) -> str:
    return str(deployment.value("server.storage.type") or "")


def surely(
    deployment: Deployment,
    *,
    assume: Mapping[str, Any] | None = None,
    profile: Mapping[str, Any] | None = None,
    certainty: float | None = None,
) -> float | None:
    """Return in which share of the plausible cases the plan suffices that `size` makes, without the rest of it.

    Raises ImpossibleInput as `size` does.
    """
    return _decided(with_peaks(deployment, profile), assume or {}, profile, certainty).plan.certainty


def _milestone(row: Row) -> Milestone:
    return Milestone(row.name, row.label, row.figure, row.need.typical, row.limit, row.unit, row.month)


def plan(deployment: Deployment, *, assume: Mapping[str, Any] | None = None, certainty: float | None = None) -> Plan:
    """Return what carries the load of a deployment, whether it suffices, how surely and until when.

    Raises ImpossibleInput as `size` does.
    """
    return size(deployment, assume=assume, certainty=certainty).plan


def _plain(value: Any) -> Any:  # noqa: ANN401  a declared value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _assumptions(leaves: Mapping[str, Assumption]) -> tuple[Assumption, ...]:
    moved = influences(leaves)
    made = [
        leaf._replace(influence=moved[name][1]) if name in moved else leaf
        for name, leaf in leaves.items()
        if leaf.origin != "declared" and leaf.replace
    ]
    # What moves the decision and is not documented comes first, then what moves the figures most.
    return tuple(sorted(made, key=lambda leaf: (not _decides(leaf, moved), -leaf.influence)))


def _decides(leaf: Assumption, moved: Mapping[str, tuple[bool, float]]) -> bool:
    return leaf.grounds == "assumption" and moved.get(leaf.name, (False, 0.0))[0]


class _Estimates(Mapping[str, Estimate]):
    """Every figure with its range, worked out when it is asked for."""

    def __init__(self, decided: _Decided) -> None:
        self._figures, self._leaves = decided.figures, decided.leaves.numbers
        self._fixed, self._bases = fixed(decided.typical | decided.figures), grounds(self._leaves)
        self._drawn = ref(decided.drawn)
        self._made: dict[str, Estimate] = {}

    def _cases(self) -> Mapping[str, Any]:
        found = self._drawn()
        if found is None:
            found = draws.evaluate(self._leaves, self._fixed)
            self._drawn = ref(found)
        return found

    def __getitem__(self, name: str) -> Estimate:
        if name not in self._made:
            label, unit, formula, operands, sources = _STATED(registry()[name])
            spread = draws.spread(self._cases()[name], self._figures[name])
            self._made[name] = Estimate(name, label, spread, unit, formula, operands, sources, self._bases[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(registry())

    def __len__(self) -> int:
        return len(registry())

    def __reduce__(self) -> tuple[object, ...]:
        """Return all figures: what travels to another process has its ranges."""
        return dict, (dict(self),)


class Settings(Mapping[str, Any]):
    """What a plan recommends to set, by declared name, chosen when it is asked for: the catalogue costs start-up."""

    def __init__(self, deployment: Deployment, typical: Callable[[str], float], plan: Plan) -> None:
        self._stands_on = deployment, typical, plan

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        from planner.sizing.recommended import Ground, chosen  # noqa: PLC0415  as the class says

        return chosen(Ground(*self._stands_on))

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  a number, a word or a vector
        return self._chosen[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what was chosen: that alone travels to another process."""
        return dict, (self._chosen,)


_STATED = attrgetter("label", "unit", "formula", "operands", "sources")


def _remarks(unused: Iterable[str]) -> Iterable[Note]:
    if names := ", ".join(unused):
        yield Note(wording("The profile measured what the model does not use: {names}.", names=names), (), ())


def _findings(
    made: Plan, values: Mapping[str, float], least: float, settings: Mapping[str, float], architecture: str
) -> Iterable[SizingFinding]:
    """Yield what does not suffice; `least` servers the load needs in all but few cases, the rest is declared."""
    if made.status == "undecided":
        yield SizingFinding(
            "certainty-below-wanted",
            "warning",
            "assumption",
            wording(
                "the plan suffices in {share} % of the plausible cases, not in {wanted} %",
                share=percent_sure(made.certainty or 0),
                wanted=f"{(made.asked or 0) * 100:g}",
            ),
            wording("declare what decides: {names}", names=", ".join(made.declare)),
        )
    if found := too_few(made, architecture):
        severity = "error" if made.servers.active < least else "warning"
        yield SizingFinding("servers-below-need", severity, "documented", *found)
    for row, name in _spoken(made, values, settings):
        busy = row.name == "cpu" and row.utilisation <= 1
        # The rule that says the same of a file, for those who gate on either.
        stated = ROWS[row.name]
        rule = stated.get("rules", {}).get(name) or stated.get("rule", "servers-below-need")
        full = not values.get(f"hardware.servers_for_{row.name}", 1)
        yield SizingFinding(
            "cpu-above-planning-ceiling" if busy else rule,
            row.severity,
            "advice",
            _short(row),
            _more(row, made, name, full=full),
        )


def _spoken(made: Plan, values: Mapping[str, float], settings: Mapping[str, float]) -> Iterable[tuple[Row, str]]:
    """Yield the rows that have a finding of their own, once for each declared setting that is too small, or with ""."""
    for row in made.short:
        if spoken(row, made, values):
            declared = [each for each in SETTINGS.get(row.name, ()) if each in settings]
            small = [each for each in declared if not row._replace(capacity=settings[each]).suffices]
            yield from ((row._replace(capacity=settings[each]), each) for each in small)
            if not small:
                yield row, ""


def _short(row: Row) -> str:
    return wording(
        "{resource}: each server needs {need} and may use {limit} of {capacity}",
        resource=said(row.name),
        need=format_quantity(row.need.typical, row.unit),
        limit=format_quantity(row.limit, row.unit),
        capacity=format_quantity(row.capacity, row.unit),
    )


def _more(row: Row, made: Plan, setting: str, *, full: bool) -> str:
    """Return what would suffice: of a `setting` that is declared what is recommended, for that is validated.

    `full` is a server whose own needs fill it.
    """
    if row.name == "cdr_files":
        interval, files = (made.settings[f"softswitch.SERVER_CDR_FILE_WRITE_{end}"] for end in ("INTERVAL", "MAX"))
        return wording(
            "set SERVER_CDR_FILE_WRITE_INTERVAL to {interval} and SERVER_CDR_FILE_WRITE_MAX to {files}, "
            "or archive elsewhere",
            interval=f"{interval:g}",
            files=f"{files:g}",
        )
    if row.name == "udp_ports":
        return wording("give media {ports} ports, or more servers", ports=f"{ceil(row.need.typical):,}")
    if row.name in SETTINGS:
        name = setting or SETTINGS[row.name][0]
        needed = ceil(made.settings.get(name, row.need.typical))
        return wording("set {name} to {needed}", name=name, needed=f"{needed:,}")
    whole = format_quantity(row.need.typical / (row.ceiling or 1), row.unit)
    if full:
        return wording(
            "provide {needed}: what a server needs by itself fills it, more servers do not help", needed=whole
        )
    return wording("provide {needed}, or more servers", needed=whole)


def _measured(deployment: Deployment, values: Mapping[str, float], made: Plan) -> Iterable[SizingFinding]:
    """Yield where what was measured is more than what is planned, or than what is let in."""
    calls, planned = deployment.value("traffic.measured_calls"), values["traffic.concurrent_calls_peak"]
    if isinstance(calls, int | float) and calls > ceil(planned):
        said = wording(
            "{measured} calls at once were measured on a high day, {planned} are planned",
            measured=f"{calls:,.0f}",
            planned=f"{planned:,.0f}",
        )
        advice = wording("plan for the traffic that was measured: leave out the declared load, or raise it")
        yield SizingFinding(
            "measured-calls-above-plan",
            "error" if calls > values["hardware.capacity_concurrent_calls"] else "warning",
            "measured",
            said,
            advice,
        )
    yield from _attempts(deployment, values, made)


def _attempts(deployment: Deployment, values: Mapping[str, float], made: Plan) -> Iterable[SizingFinding]:
    """Yield where the limit lets in the mean of the attempts, but not what was measured, or what comes at random."""
    row, second = made.row("max_cps"), deployment.value("traffic.measured_cps")
    share = second / max(made.servers.active, 1) if isinstance(second, int | float) else 0.0
    if row and row.suffices and share > row.capacity:
        said = wording(
            "SS_MAXCPS lets in {limit} attempts per second, {measured} were measured on each server in the busiest "
            "second of a high day",
            limit=f"{row.capacity:,.4g}",
            measured=f"{share:,.4g}",
        )
        advice = wording("set {name} to {needed}", name="softswitch.SS_MAXCPS", needed=f"{ceil(share):,}")
        yield SizingFinding("attempt-limit-below-measured", "warning", "measured", said, advice)
    if row and (few := refused(row.capacity, row.need.typical, values["softswitch.max_cps"], share)):
        yield SizingFinding("attempt-limit-below-traffic", "warning", "standard", *few)


def _narrow(deployment: Deployment, values: Mapping[str, float]) -> Iterable[SizingFinding]:
    """Yield where the kernel's own range, from which media takes its ports where none is declared, has too few."""
    match deployment.value("sysctl.net.ipv4.ip_local_port_range"):
        case (int(first), int(last)) if first <= last and deployment.value("server.rtp_ports") is None:
            relayed = (
                values[name] for name in ("server.udp_ports", "server.concurrent_calls", "kernel.ports_per_call")
            )
            if found := narrow(last - first + 1, *relayed):
                yield SizingFinding("rtp-ports-below-calls", "warning", "standard", *found)


_TOGETHER = ("given.cps", "given.concurrent_calls", "traffic.offered_erlangs")


def _contradictions(values: Mapping[str, float], made: Plan) -> Iterable[SizingFinding]:
    """Yield what is declared and does not fit together, though it can be sized."""
    attempts, calls, offered = (values[name] for name in _TOGETHER)
    both, most = values["given.peak"] and values["given.cps"], limit("traffic.contradiction")
    if both and (found := contradiction(attempts, calls, offered, values["traffic.blocking"], most)):
        yield SizingFinding("calls-contradict-attempts", "warning", "standard", *found)
    if idle := idle_transcoding(values["server.media"], values["codec.transcoded_share"]):
        yield SizingFinding("transcoding-without-media", "warning", "standard", *idle)
    tracked = made.row("conntrack")
    headroom = values["kernel.conntrack_headroom"]
    if tracked and tracked.suffices and (message := crowded(tracked.capacity, tracked.need.typical, headroom)):
        advice = _more(tracked, made, SETTINGS[tracked.name][0], full=False)
        yield SizingFinding("connection-tracking-below-need", "warning", "standard", message, advice)
