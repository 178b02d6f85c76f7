"""The hardware of a sizing in the documented terms: the tier chosen, what decided, why smaller tiers fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.sizing.constants import tiers
from planner.sizing.decide import RESOURCE
from planner.sizing.figures.tiers import RESOURCES, available
from planner.sizing.result import Hardware, Rejection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.sizing.plan import Plan

ARCHITECTURES = ("single", "prefix-partitioned", "sip-load-balancer")
# Rows by the names users' scripts know of old.
_NAMES = {**RESOURCE, "calls": "concurrent_calls", "packets": "packets_per_second", "link": "nic"}


def hardware(values: Mapping[str, float], plan: Plan, architecture: str) -> Hardware:
    """Return the hardware of a plan; `values` are typical values by name, `architecture` the declared one or ""."""
    names = [tier["name"] for tier in tiers()]
    tier = plan.host.tier or names[int(values["hardware.class_index"])]
    return Hardware(
        tier=tier,
        binding_constraint=_NAMES.get(plan.binding, plan.binding),
        rejected=tuple(_worst(name, values) for name in names[: names.index(tier)]),
        shortfall=tuple(
            Rejection(
                tier,
                _NAMES.get(row.name, row.name),
                row.need.typical,
                row.limit,
                _over(row.need.typical, row.limit),
                row.unit,
            )
            for row in sorted(plan.short, key=lambda row: -_over(row.need.typical, row.limit))
        ),
        architecture=_architecture(values, architecture),
        dr=bool(values["topology.dr"]),
    )


def _architecture(values: Mapping[str, float], declared: str) -> str:
    if values["hardware.servers_planned"] <= 1:
        return ARCHITECTURES[0]
    return declared if declared in ARCHITECTURES[1:] else ARCHITECTURES[1]


def _worst(tier: str, values: Mapping[str, float]) -> Rejection:
    """Return what a tier lacks most."""
    return max((_rejection(tier, name, values) for name in RESOURCES), key=lambda item: item.ratio)


def _rejection(tier: str, name: str, values: Mapping[str, float]) -> Rejection:
    needed, offered = values[RESOURCES[name].need], values[available(tier, name)]
    return Rejection(tier, name, needed, offered, _over(needed, offered), RESOURCES[name].unit)


def _over(needed: float, offered: float) -> float:
    return needed / offered if offered else float(needed > 0)
