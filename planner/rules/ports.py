"""Port ranges and lists, as declared and as the kernel writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.site import UndecidableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.rules.site import Site


def port_range(site: Site, name: str) -> tuple[int, int]:
    """Return a declared range's first and last port."""
    ports = site.numbers(name)
    if len(ports) != len(("first", "last")):
        raise UndecidableError(f"{site[name].name} is no port range")
    return ports[0], ports[1]


def port_ranges(site: Site, name: str) -> list[tuple[int, int]]:
    """Return the ranges of a declared set of ports, each as its first and last port."""
    value = site[name].value
    ranges = value if isinstance(value, tuple) else ()
    pairs = [each for each in ranges if isinstance(each, tuple) and len(each) == len(("first", "last"))]
    found = [(first, last) for first, last in pairs if isinstance(first, int) and isinstance(last, int)]
    if not found:
        raise UndecidableError(f"{site[name].name} is no port range")
    return found


def reserved(text: str) -> list[tuple[int, int]]:
    """Return the ranges of `ip_local_reserved_ports`: `5060,8080-8090`, leaving out what is none."""
    ranges = []
    for part in text.replace(" ", ",").split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            ranges.append((int(first), int(last or first)))
    return ranges


def uncovered(ports: tuple[int, int], covers: Iterable[tuple[int, int]]) -> bool:
    """Tell whether any port of a range lies outside all the covering ranges."""
    first, last = ports
    for low, high in sorted(covers):
        if low > first:
            break
        first = max(first, high + 1)
    return first <= last
