"""What the codes of a simulated call stand for in a line: reserved numbers, gateways and addresses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.vocabulary import codes, vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.cdr.simulation.workload import Routing


@cache
def subscribers() -> tuple[str, ...]:
    """Return every number calls are made from and to; all are reserved for fictional use."""
    data = vocabulary()["numbers"]
    areas = dict.fromkeys(data["areas"])
    ends = [f"{line:02d}" for line in range(data["lines"])]
    return tuple(f"{data['country']}{area}{data['exchange']}{end}" for area in areas for end in ends)


def subscriber_count() -> int:
    """Return how many reserved numbers there are."""
    return len(subscribers())


def prefixes(name: str) -> list[str]:
    """Return the dialling prefixes in use before (`access`) or behind (`gateway`) the switch."""
    return list(vocabulary()["numbers"][f"{name}_prefixes"])


def gateway_ids(side: str, routing: Routing) -> list[str]:
    """Return the identifiers of the gateways of a side (`caller`, `callee`), the busiest first."""
    count = routing.caller_gateways if side == "caller" else routing.callee_gateways
    names = vocabulary()["gateway_names"]
    if routing.numeric_ids:
        return [str(names[f"{side}_number"] + rank) for rank in range(1, count + 1)]
    return [names[side] % rank for rank in range(1, count + 1)]


def gateway_addresses(side: str, count: int) -> list[str]:
    """Return an address for each of `count` gateways; gateways beyond the addresses share them."""
    data = vocabulary()["addresses"]
    networks, hosts = data[side], data["hosts"]
    return [f"{networks[i % len(networks)]}{1 + i // len(networks) % hosts}" for i in range(count)]


def table(texts: list[str] | tuple[str, ...]) -> NDArray[np.bytes_]:
    """Return texts as an array of equally wide cells, filled up with NUL."""
    return np.array([text.encode() for text in texts])


@cache
def code_table(name: str) -> NDArray[np.bytes_]:
    """Return the texts of a vocabulary of codes."""
    return table(codes(name))
