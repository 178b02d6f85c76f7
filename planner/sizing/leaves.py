"""The leaves of the model: every number declared, measured or assumed, and how the load was stated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import ceil, floor
from typing import Any, NamedTuple

from planner.deployment import Deployment
from planner.sizing.constants import Default, data, defaults, tiers
from planner.sizing.erlang import channels
from planner.sizing.functions import arrivals_beyond, blocked
from planner.sizing.inputs import Reader, choices, kept, load_factor, overrides
from planner.sizing.numbers import Assumption, Range
from planner.sizing.result import checked, impossible
from planner.wording import term, wording

MOST_CPS = 1_000_000
MOST_CALLS = 100_000_000
MOST_MINUTES = 10_000_000_000
LEAVES = 256
"""Leaves that are kept: how the load is stated is the same for most deployments."""
# Blocking beyond this multiple of the grade of service is no rounding.
_FAR = 2
# Calls and attempts stated together may differ from each other by this much before they contradict.
_SLACK = 1.25
_SAME_DAY = 0.02
_STATEMENTS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")


@lru_cache(maxsize=LEAVES)
def leaf(name: str, value: float, unit: str, label: str, replace: str) -> Assumption:
    """Return a leaf that holds what was declared."""
    return Assumption(name, label, Range.point(value), unit, "standard", ("declared",), replace, origin="declared")


def load(
    reader: Reader,
    numbers: dict[str, Assumption],
    replaced: Mapping[str, Assumption],
    profile: Mapping[str, Any] | None = None,
) -> tuple[Assumption, ...]:
    """Return the leaves that say how the load was stated.

    Raises ImpossibleInput where it was not, or twice over; a profile that could not tell attempts says why.
    """
    _day(reader, numbers)
    cps = reader.number("traffic.cps", 0, MOST_CPS)
    calls = reader.number("traffic.concurrent_calls", 0, MOST_CALLS)
    minutes = reader.number("traffic.daily_minutes", 0, MOST_MINUTES)
    rate = leaf("given.cps", cps or 0.0, "1/s", "Declared attempts per second", "--cps")
    assumed = replaced.get("given.cps")
    if assumed and (assumed.origin == "assumed" or cps is calls is minutes is None):
        cps, rate = assumed.range.typical, assumed
    if cps is calls is minutes is None:
        why = ((profile or {}).get("calls") or {}).get("attempts_unknown")
        unstated = wording("the load is not stated: {why}", why=why) if why else wording("the load is not stated")
        raise impossible("traffic", unstated, _one_of_them())
    _agree(cps, calls, minutes, numbers)
    finite = calls is None and numbers["traffic.sources"].range.typical > 0
    surge = calls is None and numbers["traffic.peak_calls_ratio"].range.high > 1
    flags = {
        "by_calls": cps is None and calls is not None,
        "by_minutes": minutes is not None,
        "peak": calls is not None,
        "finite": finite,
        "surge": surge,
        "restated": surge or (calls is not None and cps is not None),
    }
    return (
        rate,
        leaf("given.concurrent_calls", calls or 0.0, "count", "Declared concurrent calls", "--concurrent-calls"),
        leaf("given.daily_minutes", minutes or 0.0, "min/day", "Declared minutes a day", "--daily-minutes"),
        *(leaf(f"given.{name}", float(value), "flag", "How the load was stated", "") for name, value in flags.items()),
    )


def _day(reader: Reader, numbers: dict[str, Assumption]) -> None:
    ring = reader.number("traffic.ring_time", 0, 3600)
    if ring:
        setup = numbers["traffic.setup_time"]
        longer = Range(*(case + ring for case in setup.range))
        numbers["traffic.setup_time"] = _changed(setup, longer)
    profile = reader.value("traffic.busy_hour_profile")
    factor = numbers["traffic.load_factor"]
    if profile is not None and factor.origin in {"default", "measured"}:
        share = load_factor("traffic.busy_hour_profile", profile)
        factor = numbers["traffic.load_factor"] = _changed(factor, Range.point(share))
    if factor.origin != "default" and factor.range.low > 0:
        _peak(numbers, factor.range, shaped=profile is not None)


def _peak(numbers: dict[str, Assumption], day: Range, *, shaped: bool) -> None:
    """Take the peak factor of minutes a day from the day's shape. Raises ImpossibleInput where both contradict."""
    peak = numbers["traffic.peak_factor"]
    if peak.origin == "default":
        numbers["traffic.peak_factor"] = _changed(peak, Range(1 / day.high, 1 / day.typical, 1 / day.low))
    elif shaped and peak.origin == "declared" and abs(peak.range.typical * day.typical - 1) > _SAME_DAY:
        factor = f"{1 / day.typical:.4g}"
        raise impossible(
            "traffic.peak_factor",
            wording("{value} contradicts the day that is stated beside it", value=f"{peak.range.typical:g}"),
            wording("{factor}, or one of the two", factor=factor),
        )


def _changed(old: Assumption, value: Range) -> Assumption:
    return old._replace(range=value, origin="declared" if value.certain else old.origin)


def _one_of_them() -> str:
    *others, last = _STATEMENTS
    return wording("one of {names}", names=wording("{one} or {other}", one=", ".join(others), other=last))


def _agree(cps: float | None, calls: float | None, minutes: float | None, numbers: Mapping[str, Assumption]) -> None:
    if minutes is not None and (cps is not None or calls is not None):
        raise impossible("traffic.daily_minutes", wording("the load is stated twice"), _one_of_them())
    asr, acd, setup = (numbers[f"traffic.{name}"].range for name in ("asr", "acd", "setup_time"))
    if minutes and asr.low * acd.low <= 0:
        raise impossible("traffic.asr", wording("minutes a day need answered calls"), wording("ASR and ACD above 0"))
    if calls and cps is None and setup.low + asr.low * acd.low <= 0:
        raise impossible("traffic.acd", wording("calls that last 0 s are never concurrent"), wording("ACD above 0"))
    _reach(cps, calls, minutes, numbers)
    if cps is not None and calls is not None:
        hold = setup.low + asr.low * acd.low, setup.high + asr.high * acd.high
        _match(cps, calls, hold, numbers["traffic.blocking"].range.typical)


def contradiction(
    attempts: float, calls: float, offered: float, blocking: float, most: float
) -> tuple[str, str] | None:
    """Return what is said of calls and attempts that are stated together and do not fit, and what would be right.

    The calls are fewer than the erlangs of the attempts and block far more than the grade of service, or the two
    differ by more than `most` of the calls, a busy hour's tolerance. None where they fit: also as the channels that
    the grade of service asks for.
    """
    lost = blocked(offered, calls) if offered > calls else 0.0
    near = abs(calls - offered) / (calls or 1) <= most or offered < calls <= channels(offered, blocking)
    if calls <= 0 or (lost <= blocking * _FAR and near):
        return None
    binds = wording("the concurrent calls bind")
    if offered > calls:
        binds = wording("the attempts bind, and {share} % of them are blocked", share=f"{lost * 100:.3g}")
    said = wording(
        "{attempts} attempts per second make {offered} calls at a time, not {calls}: {binds}",
        attempts=f"{attempts:,.4g}",
        offered=f"{offered:,.0f}",
        calls=f"{calls:,.0f}",
        binds=binds,
    )
    return said, wording("Measure ASR, ACD and setup time, or declare one of the two.")


def idle_transcoding(media: float, transcoded: float) -> tuple[str, str] | None:
    """Return what is said of calls to transcode where no media passes, and what would be right; None for neither."""
    if media or not transcoded:
        return None
    said = wording("a server without media cannot transcode: the codec of the second leg has no effect")
    return said, wording("declare server.media: with, or one codec")


def refused(limit: float, rate: float, enough: float, measured: float) -> tuple[str, str] | None:
    """Return what is said of a limit that turns away more attempts, coming at random, than the grade of service allows.

    `enough` would not. None where it is, or where more is to be said: of a mean `rate` above the limit, or of attempts
    `measured` in the busiest second (0: none were).
    """
    if not 0 < rate <= limit < enough or measured > limit:
        return None
    said = wording(
        "{limit} attempts a second are let in and {rate} come to each server, at random: {share} % are turned away",
        limit=f"{limit:,.4g}",
        rate=f"{rate:,.4g}",
        share=f"{arrivals_beyond(rate, floor(limit))[2] / rate * 100:.2g}",
    )
    return said, wording("set {name} to {needed}", name="softswitch.SS_MAXCPS", needed=f"{ceil(enough):,}")


def crowded(most: float, need: float, headroom: float) -> str | None:
    """Return what is said of a table of tracked connections that has no headroom over the need; None where it has."""
    if most >= need * headroom:
        return None
    return wording(
        "{most} tracked connections; the calls need {need}, {sound} with headroom",
        most=f"{most:,.0f}",
        need=f"{need:,.0f}",
        sound=f"{need * headroom:,.0f}",
    )


def narrow(available: int, need: float, calls: float, each: float) -> tuple[str, str] | None:
    """Return what is said of a range with fewer UDP ports than relayed calls need; None where it has enough.

    `each` is the ports of one call.
    """
    if available >= need:
        return None
    full = f"{available // each:,.0f}"
    carried = wording("{ports} ports carry {calls} relayed calls", ports=f"{available:,}", calls=full)
    said = wording("{carried}; {calls} calls need {need}", carried=carried, calls=f"{calls:,.0f}", need=f"{need:,.0f}")
    return said, wording("Widen the range or add servers.")


def _reach(cps: float | None, calls: float | None, minutes: float | None, numbers: Mapping[str, Assumption]) -> None:
    """Refuse more calls than there are callers."""
    names = ("sources", "asr", "acd", "setup_time", "peak_factor")
    sources, asr, acd, setup, peak = (numbers[f"traffic.{name}"].range.typical for name in names)
    rate = minutes * 60 / 86400 * peak / (asr * acd) if minutes else cps or 0
    wanted = calls if calls is not None else rate * (setup + asr * acd)
    if 0 < sources < wanted:
        message = wording(
            "{calls} calls at once of {sources} callers", calls=f"{wanted:,.6g}", sources=f"{sources:,.6g}"
        )
        allowed = wording("at least as many callers as calls, or 0 for many more")
        raise impossible("traffic.sources", message, allowed)


def _match(cps: float, calls: float, hold: tuple[float, float], blocking: float) -> None:
    # Few calls on average take many channels more.
    least, most = cps * hold[0] / _SLACK, max(cps * hold[1] * _SLACK, channels(cps * hold[1], blocking))
    if least <= calls <= most:
        return
    held = wording("{number} {unit}", number=f"{calls / cps:.4g}", unit=term("s")) if cps else wording("no attempts")
    raise impossible(
        "traffic.concurrent_calls",
        wording(
            "{calls} calls contradict traffic.cps {cps}: each attempt would hold {held}, while ASR, "
            "ACD and setup time make it {low}-{high} s",
            calls=f"{calls:g}",
            cps=f"{cps:g}",
            held=held,
            low=f"{hold[0]:.4g}",
            high=f"{hold[1]:.4g}",
        ),
        wording(
            "{low} to {high} calls, or an ASR, ACD and setup time that fit", low=f"{least:.6g}", high=f"{most:.6g}"
        ),
    )


# What the model starts from: every leaf of its formulas, with who chose it.
#
# A number named in `--assume` (or under `assumptions:`) comes first, then what is declared under its own name,
# then a measured profile, then the model's default.


@cache
def input_units() -> dict[str, str]:
    """Return the unit of every leaf that is no assumption by itself."""
    reader = Reader(Deployment().override({"traffic.cps": 1}))
    numbers = _assumptions(reader, {})
    made = (*load(reader, numbers, {}), *choices(reader), *numbers.values())
    return {leaf.name: leaf.unit for leaf in made if leaf.name not in defaults()}


class Leaves(NamedTuple):
    """The resolved leaves by name, the declared inputs that were used, and remarks on what was left out."""

    numbers: dict[str, Assumption]
    inputs: dict[str, Any]
    remarks: tuple[str, ...]


def resolve(deployment: Deployment, assume: Mapping[str, Any], profile: Mapping[str, Any] | None = None) -> Leaves:
    """Return every leaf of the model for a deployment.

    `assume` maps names to a number, (low, typical, high) or text such as `200:300:350`; `profile` is a
    `profile-v1` document. Raises ImpossibleInput naming the input and its allowed range.
    """
    reader = Reader(deployment)
    replaced, remarks = overrides(deployment, assume, profile, input_units)
    numbers = _assumptions(reader, replaced)
    for leaf in load(reader, numbers, replaced, profile):
        numbers[leaf.name] = leaf
    spare = numbers["topology.spare"]
    counted = reader.deployment.value("topology.servers") is not None or bool(reader.switch("topology.dr"))
    if spare.origin == "default" and counted:
        # A count of servers, or a standby for each, says what is there: no spare is added unless one is asked for.
        numbers["topology.spare"] = spare._replace(range=Range.point(0))
    chosen = {leaf.name: leaf for leaf in choices(reader)}
    numbers |= {name: _preferred(leaf, replaced.get(name)) for name, leaf in chosen.items()} if replaced else chosen
    _priced(numbers)
    return Leaves(numbers, reader.used, remarks)


def _priced(numbers: dict[str, Assumption]) -> None:
    """Take the price of any server for tiers that have none of their own. Raises ImpossibleInput where neither is."""
    any_server, names = numbers["price.server"], [f"price.{tier['name']}" for tier in tiers()]
    free = [name for name in names if numbers[name].origin == "default"]
    if any_server.origin == "default":
        own = numbers["given.cores"].range.typical and numbers["given.ram"].range.typical
        if len(free) < len(names) and (free or own):
            missing = ", ".join(name.replace("price.", "prices.") for name in free)
            message = wording("the declared server has no price") if own else wording("not every tier has a price")
            allowed = (
                wording("prices.server for any server")
                if own
                else wording("{missing} as well, or prices.server for any server", missing=missing)
            )
            raise impossible("prices", message, allowed)
        return
    for name in free:
        numbers[name] = numbers[name]._replace(range=any_server.range, origin=any_server.origin)


def priced(numbers: Mapping[str, Assumption]) -> bool:
    """Tell whether servers or disks have a price: what the link costs is the same for every plan."""
    names = ("server", "terabyte", *(tier["name"] for tier in tiers()))
    return any(numbers[f"price.{name}"].range.typical for name in names)


def _preferred(leaf: Assumption, override: Assumption | None) -> Assumption:
    stands = override is None or (override.origin == "measured" and leaf.origin == "declared")
    return leaf if stands or override is None else override


def _assumptions(reader: Reader, replaced: Mapping[str, Assumption]) -> dict[str, Assumption]:
    untouched, values = _untouched(), reader.deployment.values
    numbers = untouched | {name: replaced[name] for name in replaced.keys() & untouched.keys()}
    for default in _declarable():
        name = default.assumption.name
        if default.declared in values and (name not in replaced or replaced[name].origin != "assumed"):
            numbers[name] = _declared(default, reader) or numbers[name]
    return numbers


@cache
def _untouched() -> dict[str, Assumption]:
    rows = (_tier_row(tier, column, unit) for tier in tiers() for column, unit in data("tiers")["units"].items())
    return {name: default.assumption for name, default in defaults().items()} | {row.name: row for row in rows}


@cache
def _declarable() -> tuple[Default, ...]:
    return tuple(default for default in defaults().values() if default.declared)


def _declared(default: Default, reader: Reader) -> Assumption | None:
    declared = reader.value(default.declared)
    if declared is None:
        return None
    value = ports(declared) if default.declared == "server.rtp_ports" else declared
    value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    number = checked(default.declared, value, default.minimum, default.maximum)
    return _stated(default.assumption.name, number)


@kept
def _stated(name: str, number: float) -> Assumption:
    return assumption_of(_untouched()[name], Range.point(number), "declared")


def ports(ranges: Any) -> int:  # noqa: ANN401  (first, last) pairs, or their number
    """Return how many ports are declared."""
    return sum(last - first + 1 for first, last in ranges) if isinstance(ranges, tuple) else ranges


def assumption_of(default: Assumption, value: Range, origin: str) -> Assumption:
    """Return an assumption with another number; what the default rested on no longer holds."""
    return Assumption(
        name=default.name,
        label=default.label,
        range=value,
        unit=default.unit,
        grounds="assumption",
        sources=("declared",),
        replace=default.replace,
        origin=origin,
    )


def _tier_row(tier: Mapping[str, Any], column: str, unit: str) -> Assumption:
    name = f"tier.{tier['name']}.{column}"
    return Assumption(
        name=name,
        label=tier["label"],
        range=Range.point(tier[column]),
        unit=unit,
        grounds=tier["basis"],
        sources=tuple(tier["sources"]),
        replace=f"--assume {name}=",
    )
