"""How several servers share the calls: weights from capacity, or prefixes by measured traffic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any, NamedTuple

from planner.rules.shared import port_ranges
from planner.tune.settings import Ground

WHOLE = 100
"""What the weights of Kamailio's dispatcher add up to."""

_SIP = 5060


class Server(NamedTuple):
    """One server: where SIP reaches it, and its share of the calls in percent; a standby has none."""

    name: str
    address: str
    port: int
    weight: int
    standby: bool = False

    @property
    def priority(self) -> int:
        """Kamailio and OpenSIPS take the highest priority first."""
        return 0 if self.standby else 1

    @property
    def is_ip(self) -> bool:
        """Whether the address is a number rather than a name."""
        return _number(self.bare) is not None

    @property
    def is_ipv6(self) -> bool:
        """Whether the address is one of IPv6."""
        return ":" in self.bare

    @property
    def bare(self) -> str:
        """The address without the brackets of a URI."""
        return self.address.strip("[]")


class Bin(NamedTuple):
    """The prefixes of one server and their measured load."""

    name: str
    prefixes: list[str]
    load: int
    share: str


class Row(NamedTuple):
    """Where one prefix goes."""

    prefix: str
    server: str
    load: int


def servers(ground: Ground, addresses: Sequence[str]) -> list[Server]:
    """Return the servers that carry load, and the standby of each; documentation addresses where none are given."""
    count = active(ground)
    standby, spare = ground.plan.servers.standby, ground.plan.servers.spare
    given = [_uri(each) for each in addresses] or [
        f"192.0.2.{11 + number}" for number in range(count + standby + spare)
    ]
    working = len(given) - standby if len(given) > standby else len(given)
    weights = even(working)
    port = port_ranges(ground.site, "server.sip_ports")[0][0] if ground.site.get("server.sip_ports") else _SIP
    return [
        Server(f"server{number + 1}", address, port, weights[number] if number < working else 0, number >= working)
        for number, address in enumerate(given)
    ]


def active(ground: Ground) -> int:
    """Return how many servers carry load."""
    return ground.plan.servers.active


def even(count: int) -> list[int]:
    """Return `count` weights that differ by one at most and add up to 100; beyond 100 servers each has 1."""
    return [max(WHOLE // count + (number < WHOLE % count), 1) for number in range(count)] if count else []


def pack(profile: Mapping[str, Any], names: Sequence[str]) -> tuple[list[Bin], list[Row], int]:
    """Return prefixes by server, each prefix with its server, and the attempts of prefixes the profile sums up.

    The largest prefix goes to the server with the least: the most loaded server then has at most 4/3 of what the
    best partition would give it (Graham, 1969).
    """
    table = profile.get("tables", {}).get("prefix", {})
    known = ((int(row["peak_concurrent_attempts"]), str(row["key"])) for row in table.get("rows", ()))
    loads = sorted(known, key=lambda each: (-each[0], each[1]))
    held: list[list[str]] = [[] for _ in names]
    sums = [0] * len(names)
    rows = []
    for load, prefix in loads:
        least = min(range(len(names)), key=lambda at: (sums[at], at))
        held[least].append(prefix)
        sums[least] += load
        rows.append(Row(prefix, names[least], load))
    total = sum(sums) or 1
    bins = [Bin(name, held[at], sums[at], f"{sums[at] / total:.1%}") for at, name in enumerate(names)]
    return bins, rows, int(table.get("other_attempts", 0))


def _uri(address: str) -> str:
    return f"[{address}]" if ":" in address and not address.startswith("[") else address


def _number(text: str) -> object | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
