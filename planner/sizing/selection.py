"""The tier chosen: which one, what decided it, and why each smaller one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.sizing.constants import tiers
from planner.sizing.figures.tiers import RESOURCES, available, load
from planner.sizing.result import Hardware, Rejection

if TYPE_CHECKING:
    from collections.abc import Mapping

ARCHITECTURES = ("single", "prefix-partitioned", "sip-load-balancer")
# What decides the number of servers, by the name its resource has among the tiers' resources.
_SERVERS = {
    "concurrent_calls": "hardware.servers_for_calls",
    "cps": "hardware.servers_for_cps",
    "udp_ports": "hardware.servers_for_ports",
    "nic": "hardware.servers_for_nic",
}
_TOLERANCE = 1e-9


def hardware(values: Mapping[str, float], architecture: str, *, dr: bool) -> Hardware:
    """Return the hardware chosen; `values` are the model's typical values by name.

    `architecture` is the declared one, "" for none.
    """
    names = [tier["name"] for tier in tiers()]
    index = int(values["hardware.tier_index"])
    rejected = tuple(_worst(name, values) for name in names[:index])
    short = tuple(item for item in _all(names[index], values) if item.ratio > 1 + _TOLERANCE)
    return Hardware(
        tier=names[index],
        binding_constraint=_binding(values, names[index], rejected),
        rejected=rejected,
        shortfall=tuple(sorted(short, key=lambda item: -item.ratio)),
        architecture=_architecture(values, architecture),
        dr=dr,
    )


def _architecture(values: Mapping[str, float], declared: str) -> str:
    if values["hardware.servers_planned"] <= 1:
        return ARCHITECTURES[0]
    return declared if declared in ARCHITECTURES[1:] else ARCHITECTURES[1]


def _binding(values: Mapping[str, float], tier: str, rejected: tuple[Rejection, ...]) -> str:
    if values["hardware.servers"] > 1:
        return max(_SERVERS, key=lambda resource: values[_SERVERS[resource]])
    return rejected[-1].resource if rejected else _worst(tier, values).resource


def _all(tier: str, values: Mapping[str, float]) -> list[Rejection]:
    return [
        Rejection(
            tier=tier,
            resource=resource,
            needed=values[needed],
            available=values[available(tier, resource)],
            ratio=values[load(tier, resource)],
            unit=unit,
        )
        for resource, (needed, _, unit) in RESOURCES.items()
    ]


def _worst(tier: str, values: Mapping[str, float]) -> Rejection:
    return max(_all(tier, values), key=lambda item: item.ratio)
