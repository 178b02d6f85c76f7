"""What suffices as surely as wanted, and costs least: one large server against several small ones.

Every tier is tried with the fewest servers that suffice in the wanted share of the draws and the smallest disk that
does, and with up to `MORE` servers more, whose disks may be smaller. What is declared (cores, RAM, disk, link, the
number of servers) stays as it is. Links have no price: an offer has the slowest that no draw exceeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.sizing import draws
from planner.sizing.constants import tables, tiers
from planner.sizing.decide import decide, fixed, judged, many, ranked
from planner.sizing.evaluation import model
from planner.sizing.functions import rung
from planner.sizing.numbers import Assumption
from planner.sizing.plan import Offer

MORE = 2


class Market:
    """The plans that can be had for the draws of one load: each a tier, a number of servers and a size of disk."""

    def __init__(
        self, leaves: Mapping[str, Assumption], drawn: Mapping[str, Any], settings: Mapping[str, float], storage: str
    ) -> None:
        self._leaves, self._drawn = leaves, drawn
        self._settings, self._storage = settings, storage
        self._typical = {name: leaf.range.typical for name, leaf in leaves.items()}

    def offers(self, certainty: float) -> tuple[Offer, ...]:
        """Return the cheapest offer of each tier that suffices so surely, cheapest first."""
        found = sorted((each for tier in range(len(tiers())) if (each := self._cheapest(tier, certainty))), key=_order)
        own = self._typical["given.cores"] and self._typical["given.ram"]
        # The tiers of a declared server differ in nothing but the disks that are not declared.
        return tuple(found[:1] if own else found)

    def _cheapest(self, tier: int, certainty: float) -> Offer | None:
        best: Offer | None = None
        for servers in self._counts(tier, certainty):
            smallest = self._values(tier, servers)["cost.per_month"]
            if best is None or smallest < best.cost:
                found = (each for each in self.each_disk(tier, servers) if each.certainty >= certainty)
                best = min((each for each in (best, next(found, None)) if each), key=_order, default=None)
        return best

    def _counts(self, tier: int, certainty: float) -> range:
        """Return the numbers of servers of a tier that are tried: none where no number suffices."""
        fewest = int(max(ranked(self._drawn[f"tier.{tiers()[tier]['name']}.score"], certainty), 1))
        declared = int(self._typical["topology.servers"])
        if self._typical["given.servers"]:
            return range(declared, declared + (declared >= fewest))
        fewest = max(fewest, declared)
        return range(fewest, fewest + (1 + MORE) * (fewest < self._typical["topology.most"]))

    def _values(self, tier: int, servers: int, held: Mapping[str, float] = {}) -> dict[str, float]:
        """Return leaves and figures of the typical case with so many servers of a tier, as the tier has them."""
        row = tiers()[tier]
        plan = {
            "given.plan": 1.0,
            "plan.servers": float(servers),
            "plan.tier": float(tier),
            "plan.ram": row["ram_bytes"],
        }
        leaves = {**self._typical, **plan, "plan.disk": row["disk_bytes"], **held}
        return leaves | model()(leaves)

    def each_disk(self, tier: int, servers: int) -> Iterator[Offer]:
        """Yield so many servers of a tier with each size of disk from the tier's own on, or with the declared one."""
        values, least = self._values(tier, servers), tiers()[tier]["disk_bytes"]
        held = fixed(values)
        drawn = draws.evaluate(self._leaves, held)
        wire = max(many(drawn["server.wire_bits_per_second"])) / values["link.ceiling"]
        held["plan.nic"] = rung(wire, tables()["link_rates"])
        sizes = [size for size in tables()["disk_sizes"].values if size >= least]
        for size in sizes[:1] if values["given.disk"] else sizes:
            tried = self._values(tier, servers, held | {"plan.disk": size})
            made = judged(decide(tried, self._settings, self._storage), drawn)
            (active, _, _, total, _), host, cost = made.servers, made.host, tried["cost.per_month"]
            yield Offer(active, total, host.tier, host.value("disk"), host.value("nic"), made.certainty or 0.0, cost)


def _order(offer: Offer) -> tuple[float, ...]:
    return offer.cost, offer.total, offer.disk
