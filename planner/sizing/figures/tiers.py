"""The documented tiers as figures: how full each resource of each tier is, and the smallest tier that fits.

The figures are made from the rows of `schemas/tiers.json`; a row more is a tier more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.sizing.numbers import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


GUIDE = "guide-scaling: hardware by traffic level"
# Without media a tier carries a multiple of its documented calls, but no server more than its own limit.
_CALLS = "min(typical(limit.calls), tier.{0}.concurrent_calls * where(server.media, 1, tier.signalling_factor))"
# What a tier is judged by: resource -> (needed on each server, available, unit). {0} is the tier.
RESOURCES = {
    "concurrent_calls": ("server.concurrent_calls", _CALLS, "count"),
    "cps": ("server.cps", "limit.cps * tier.{0}.cps_cores / limit.reference_cores", "1/s"),
    "cpu_cores": ("server.cpu_cores", "tier.{0}.cpu_cores * cpu.ceiling", "count"),
    "ram": ("server.ram_bytes", "tier.{0}.ram_bytes", "B"),
    "disk": ("server.disk_bytes", "tier.{0}.disk_bytes", "B"),
    "disk_writes": ("server.write_operations_per_second", "tier.{0}.write_operations_per_second", "1/s"),
    "packets_per_second": ("server.packets_per_second", "tier.{0}.cpu_cores * cpu.packets_per_core", "1/s"),
}


def available(tier: str, resource: str) -> str:
    """Return the name of the figure that holds what a tier offers of a resource."""
    return f"tier.{tier}.{resource}_available"


def load(tier: str, resource: str) -> str:
    """Return the name of the figure that holds how full a resource of a tier is: 1 is full."""
    return f"tier.{tier}.{resource}_load"


def figures(tiers: Sequence[dict[str, Any]]) -> tuple[Figure, ...]:
    """Return the figures of all tiers, smallest tier first, and those of the tier chosen."""
    names = [tier["name"] for tier in tiers]
    return (*(figure for name in names for figure in _tier(name)), *_chosen(names))


def _tier(name: str) -> Iterator[Figure]:
    title = name.capitalize()
    for resource, (needed, offered, unit) in RESOURCES.items():
        holds, full = available(name, resource), load(name, resource)
        yield _hidden(holds, unit, f"{title}: {resource} each server offers", offered.format(name))
        yield _hidden(full, "ratio", f"{title}: {resource} needed over offered", f"{needed} / {holds}")
    loads = ", ".join(load(name, resource) for resource in RESOURCES)
    yield _hidden(f"tier.{name}.load", "ratio", f"{title}: the fullest resource", f"max({loads})")


def _chosen(names: Sequence[str]) -> Iterator[Figure]:
    # A tier is passed over when it is overfull; the last one stands even then, and the shortfall is reported.
    steps = " + ".join(f"exceeds({_smallest(names, position)})" for position in range(len(names) - 1))
    yield _hidden("hardware.tier_index", "count", "Smallest tier that fits, counted from 0", steps)
    for resource, unit, label in (
        ("cpu_cores", "count", "CPU cores"),
        ("ram_bytes", "B", "RAM"),
        ("disk_bytes", "B", "Disk"),
        ("concurrent_calls", "count", "Documented calls"),
    ):
        yield _hidden(
            f"hardware.tier_{resource}",
            unit,
            f"{label} of the tier chosen",
            f"pick(typical(hardware.tier_index), table.tier_{resource})",
        )


def _smallest(names: Sequence[str], position: int) -> str:
    # The tier at `position` is passed over only where every smaller one is: the least of their loads decides.
    loads = [f"tier.{name}.load" for name in names[: position + 1]]
    return loads[0] if len(loads) == 1 else f"min({', '.join(loads)})"


def _hidden(name: str, unit: str, label: str, formula: str) -> Figure:
    return Figure(name, unit, label, formula, (GUIDE,), shown=False)
