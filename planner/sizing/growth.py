"""Growth: the month in which each limit is reached, where traffic grows by a constant share per month."""

from __future__ import annotations

from math import ceil, log, log1p
from typing import TYPE_CHECKING

from planner.sizing.figures.tiers import available
from planner.sizing.result import Milestone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.sizing.result import Hardware

_TIER = {
    "concurrent_calls": ("server.concurrent_calls", "count", "Concurrent calls of the tier"),
    "cps": ("server.cps", "1/s", "Attempts per second of the tier"),
    "cpu_cores": ("server.cpu_cores", "count", "CPU of the tier at the planning ceiling"),
    "ram": ("server.ram_bytes", "B", "RAM of the tier"),
    "disk": ("server.disk_bytes", "B", "Disk of the tier, 80 % full"),
}
_HOST = {
    "capacity": (
        "traffic.concurrent_calls_peak",
        "hardware.capacity_concurrent_calls",
        "count",
        "Concurrent calls of all servers",
    ),
    "udp_ports": ("server.udp_ports", "kernel.ports_available", "count", "UDP ports open for media"),
    "conntrack": ("server.conntrack_entries", "kernel.conntrack_default", "count", "Tracked connections at boot"),
}
_TOLERANCE = 1e-9
# Two centuries: what grows slower than that is not growing.
_LAST_MONTH = 2400


def milestones(values: Mapping[str, float], hardware: Hardware, growth: float) -> Iterator[Milestone]:
    """Yield when each limit is reached; `values` are typical values by name, `growth` the share per month."""
    for resource, (needed, unit, label) in _TIER.items():
        limit = available(hardware.tier, resource)
        yield _milestone((f"tier.{resource}", label, needed, unit), values[needed], values[limit], growth)
    for name, (needed, offered, unit, label) in _HOST.items():
        yield _milestone((name, label, needed, unit), values[needed], values[offered], growth)
    ceiling = values["network.nic_bits_per_second"] * values["link.ceiling"]
    figure = "server.wire_bits_per_second"
    yield _milestone(("link", "Recommended link at its ceiling", figure, "bit/s"), values[figure], ceiling, growth)


def _milestone(names: tuple[str, str, str, str], needed: float, limit: float, growth: float) -> Milestone:
    name, label, figure, unit = names
    return Milestone(name, label, figure, needed, limit, unit, month(needed, limit, growth))


def month(needed: float, limit: float, growth: float) -> int | None:
    """Return the first month in which `needed`, growing by `growth` a month, exceeds `limit`; None: never."""
    if needed > limit * (1 + _TOLERANCE):
        return 0
    if growth <= 0 or needed <= 0:
        return None
    distance, monthly = log(limit / needed), log1p(growth)
    if distance > _LAST_MONTH * monthly:
        return None
    return max(ceil(distance / monthly * (1 + _TOLERANCE) + _TOLERANCE), 1)
