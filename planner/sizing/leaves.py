"""What the model starts from: every leaf of its formulas, with who chose it.

A number named in `--assume` (or under `assumptions:`) comes first, then what is declared under its own name,
then a measured profile, then the model's default.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.sizing.choices import choices
from planner.sizing.constants import Default, data, defaults, tiers
from planner.sizing.load import load
from planner.sizing.numbers import Assumption, Range
from planner.sizing.overrides import overrides
from planner.sizing.problems import checked
from planner.sizing.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.deployment import Deployment

INPUT_UNITS = {
    "given.cps": "1/s",
    "given.concurrent_calls": "count",
    "given.daily_minutes": "min/day",
    **dict.fromkeys(("given.by_calls", "given.by_minutes", "given.peak", "given.finite", "given.direct"), "flag"),
    **dict.fromkeys(("given.nic", "given.servers", "given.ram", "given.cores", "given.disk"), "flag"),
    **dict.fromkeys(("option.ipv6", "option.vlan", "option.srtp", "option.rtcp", "server.media"), "flag"),
    **dict.fromkeys(("framing.documented", "topology.dr", "cdr.has_policy", "cdr.text_files"), "flag"),
    **dict.fromkeys(("cdr.every_attempt", "cdr.recording_declared", "database.zero_hold_rows"), "flag"),
    **dict.fromkeys(("database.innodb", "database.myisam", "database.flush_every_commit"), "flag"),
    **dict.fromkeys(("framing.link_bytes", "framing.vlan_bytes", "framing.wire_bytes"), "B"),
    **dict.fromkeys(("codec.caller_payload", "codec.callee_payload"), "B/s"),
    **dict.fromkeys(("codec.caller_packets_per_second", "codec.callee_packets_per_second"), "1/s"),
    "codec.caller_documented_bits_per_second": "bit/s",
    "codec.callee_documented_bits_per_second": "bit/s",
    "codec.transcoded_share": "ratio",
    "cdr.policy_days": "day",
    "database.redo_limit_bytes": "B",
    "database.bytes_per_connection": "B",
    "server.nic": "bit/s",
    "server.ram": "B",
    "server.disk": "B",
    "server.cores": "count",
    "topology.servers": "count",
    **{f"tier.{tier['name']}.{column}": unit for tier in tiers() for column, unit in data("tiers")["units"].items()},
}


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
    replaced, remarks = overrides(deployment, assume, profile, INPUT_UNITS)
    numbers = _assumptions(reader, replaced)
    for leaf in load(reader, numbers, replaced):
        numbers[leaf.name] = leaf
    for leaf in chain(choices(reader), _tier_rows()):
        numbers[leaf.name] = _preferred(leaf, replaced.get(leaf.name)) if replaced else leaf
    return Leaves(numbers, reader.used, remarks)


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
    return {name: default.assumption for name, default in defaults().items()}


@cache
def _declarable() -> tuple[Default, ...]:
    return tuple(default for default in defaults().values() if default.declared)


def _declared(default: Default, reader: Reader) -> Assumption | None:
    declared = reader.value(default.declared)
    if declared is None:
        return None
    value = _ports(declared) if default.declared == "server.rtp_ports" else declared
    value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    number = checked(default.declared, value, default.minimum, default.maximum)
    return assumption_of(default.assumption, Range.point(number), "declared")


def _ports(ranges: Any) -> int:  # noqa: ANN401  (first, last) pairs
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


@cache
def _tier_rows() -> tuple[Assumption, ...]:
    units = data("tiers")["units"]
    return tuple(_tier_row(tier, column, unit) for tier in tiers() for column, unit in units.items())


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
