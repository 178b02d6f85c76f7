"""The decision as figures: how many servers of each documented tier the load needs, and which tier is chosen.

A server's need of a resource is `fixed + per call * calls + shared / servers`, where the calls of each server
are the channels of its share of the load. The number of servers of a tier is the smallest for which every
resource fits; the tier chosen is the smallest of those that need the fewest servers, or that the declared
number of servers suffices for. Cores, RAM, disk, storage and link that are declared stand in for the tier's own.
Disks are bought by size: one that is not declared never makes a tier or a number of servers larger. Where what a
server needs by itself leaves calls next to nothing of its RAM or disk, no number of such servers is planned.
The figures are made from the rows of `schemas/tiers.json`; a row more is a tier more.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from planner.sizing.constants import data
from planner.sizing.numbers import Figure

GUIDE = "guide-scaling: hardware by traffic level"
THEORY = "erlang-theory: Erlang B"


class Resource(NamedTuple):
    """What a server is judged by.

    `need` is the figure of each server's need; `offers` what one offers at the ceiling planned for ({0} is the
    tier), "" where nothing limits it; `parts` are (fixed, per call, shared) for each way the need is made up.
    """

    need: str
    offers: str
    unit: str
    parts: tuple[tuple[str, str, str], ...]


def _resource(stated: dict[str, Any]) -> Resource:
    parts = tuple(tuple(term.format(**_SHARED) for term in part) for part in stated["parts"])
    return Resource(stated["need"], stated["offers"].format("{0}", **_SHARED), stated["unit"], parts)


_SHARED = data("resources")["shared"]
RESOURCES = {name: _resource(stated) for name, stated in data("resources")["resources"].items()}


# Parts of a server that are bought by size where none is declared: resource -> (end of the name, what of).
_BOUGHT = {"ram": ("ram", "RAM"), "disk": ("disk", "Disk"), "link": ("wire", "Link, each direction,")}
# Parts of a server the tiers state: column, what declares another, unit, label.
_COLUMNS = (
    ("cpu_cores", "cores", "count", "CPU cores"),
    ("ram_bytes", "ram", "B", "RAM"),
    ("disk_bytes", "disk", "B", "Disk"),
)
# Numbers of servers of the tier chosen that stand as figures: resource -> (end of the name, what for).
_COUNTED = {
    "concurrent_calls": ("calls", "the concurrent calls"),
    "cps": ("cps", "the attempts per second"),
    "udp_ports": ("ports", "the UDP ports"),
    "link": ("nic", "the network interface"),
    "cpu_cores": ("cpu", "the CPU cores"),
    "ram": ("ram", "the RAM; 0: what each needs by itself fills it"),
    "disk": ("disk", "the disk; 0: what each needs by itself fills it"),
}

# What a server of the tier chosen offers to calls: resource -> (end of the name, label).
_CALLS = {
    "concurrent_calls": ("concurrent_calls", "Concurrent calls documented for a server of the tier chosen"),
    "storage": ("storage_calls", "Concurrent calls its disks write"),
    "packets_per_second": ("packets_per_second", "Packets per second its cores relay"),
}


def available(tier: str, resource: str) -> str:
    """Return the name of the figure that holds what a tier offers of a resource."""
    return f"tier.{tier}.{resource}_available"


def wanted(tier: str, resource: str) -> str:
    """Return the name of the figure that holds how many servers of a tier a resource takes; 0: no number does."""
    return f"tier.{tier}.{resource}_servers"


def figures(tiers: Sequence[dict[str, Any]]) -> tuple[Figure, ...]:
    """Return the figures of all tiers, smallest tier first, and those of the decision."""
    names = [tier["name"] for tier in tiers]
    return (*(figure for name in names for figure in _tier(name, names[0])), *_decision(names))


def _tier(name: str, first: str) -> Iterator[Figure]:
    title = name.capitalize()
    for resource, (_, offers, unit, parts) in RESOURCES.items():
        holds = available(name, resource)
        yield _hidden(holds, unit, f"{title}: {resource} each server offers", offers.format(name))
        counts = [_split(part, holds) for part in parts]
        count = counts[0] if len(counts) == 1 else f"max({', '.join(counts)})"
        if name != first and "{0}" not in offers:  # what no tier changes is worked out once
            count = wanted(first, resource)
        yield _hidden(wanted(name, resource), "count", f"{title}: servers for {resource}", count)
    counts = [wanted(name, resource) for resource in RESOURCES]
    yield _hidden(f"tier.{name}.servers", "count", f"{title}: servers for the load", f"max(1, {', '.join(counts)})")
    lacking = " + ".join(f"excess(1, {each})" for each in counts)
    label = f"{title}: resources that no number of servers provides"
    yield _hidden(f"tier.{name}.lacking", "count", label, lacking)
    score = f"tier.{name}.servers + tier.{name}.lacking * topology.most"
    yield _hidden(f"tier.{name}.score", "count", f"{title}: servers, those that lack a resource last", score)


def _split(part: tuple[str, str, str], holds: str) -> str:
    fixed, per_call, shared = part
    return (
        f"split({fixed}, {per_call}, {shared}, {holds}, limit.room, traffic.concurrent_calls_peak, "
        "traffic.planned_erlangs, traffic.blocking, where(given.finite, traffic.sources, 0))"
    )


def _decision(names: Sequence[str]) -> Iterator[Figure]:
    scores = [f"tier.{name}.score" for name in names]
    best = f"min({', '.join(scores)})"
    yield _hidden(
        "hardware.servers_goal",
        "count",
        "Servers a tier may take to be chosen: the fewest, or those declared",
        f"max({best}, topology.servers)",
    )
    steps = [_passed_over(scores[: position + 1]) for position in range(len(scores) - 1)]
    chosen = f"where(given.plan, plan.tier, {' + '.join(steps)})"
    yield _hidden("hardware.tier_index", "count", "Smallest tier that fits, counted from 0", chosen)
    fewest = " + ".join(_passed_over(scores[: position + 1], best) for position in range(len(scores) - 1))
    needed = f"choose({fewest}, {', '.join(f'tier.{name}.servers' for name in names)})"
    sources = ("guide-scaling: multiple server architecture", THEORY)
    yield Figure("hardware.servers", "count", "Servers for the load", needed, sources)
    classes = " + ".join(f"exceeds(server.concurrent_calls / ({_SHARED['calls'].format(name)}))" for name in names[:-1])
    yield _hidden("hardware.class_index", "count", "Documented class of each server's calls, counted from 0", classes)
    for column, given, unit, label in _COLUMNS:
        index = f"where(given.{given}, hardware.class_index, hardware.tier_index)"
        formula = f"pick({index}, table.tier_{column})"
        yield _hidden(
            f"hardware.tier_{column}", unit, f"{label} of the tier chosen, or documented for the calls", formula
        )
    for resource, (end, label) in _COUNTED.items():
        counts = ", ".join(wanted(name, resource) for name in names)
        yield _hidden(
            f"hardware.servers_for_{end}", "count", f"Servers for {label}", f"choose(hardware.tier_index, {counts})"
        )
    yield from _enough()
    prices = f"choose(hardware.tier_index, {', '.join(f'price.{name}' for name in names)})"
    own = f"where(given.cores, where(given.ram, price.server, {prices}), {prices})"
    yield _hidden("cost.server", "currency", "Price of each server a month: of its tier, or as declared", own)
    for resource, (end, label) in _CALLS.items():
        offers = ", ".join(available(name, resource) for name in names)
        unit = RESOURCES[resource].unit
        yield _hidden(f"hardware.tier_{end}", unit, label, f"choose(hardware.tier_index, {offers})")


def _enough() -> Iterator[Figure]:
    """Yield what each of enough servers needs of the parts that are chosen for it: fewer declared need no larger ones.

    A plan that is held holds its parts, too.
    """
    count = "where(given.plan, hardware.servers_planned, max(hardware.servers_planned, hardware.servers))"
    yield _hidden("hardware.servers_enough", "count", "Servers that what is not declared of them is chosen for", count)
    share = (
        "part(traffic.concurrent_calls_peak, traffic.planned_erlangs, hardware.servers_enough, traffic.blocking, "
        "where(given.finite, traffic.sources, 0))"
    )
    calls = f"where(exceeds(hardware.servers_enough / hardware.servers_planned), {share}, server.concurrent_calls)"
    yield _hidden("server.calls_enough", "count", "Concurrent calls on each of enough servers", calls)
    for resource, (end, label) in _BOUGHT.items():
        held, _, unit, parts = RESOURCES[resource]
        needs = [" + ".join(_terms(part)) for part in parts]
        free = needs[0] if len(needs) == 1 else f"max({', '.join(needs)})"
        need = f"where(given.plan, {held}, {free})"
        yield _hidden(f"server.{end}_enough", unit, f"{label} each of enough servers needs", need)


def _terms(part: tuple[str, str, str]) -> Iterator[str]:
    fixed, per_call, shared = part
    if fixed != "0":
        yield fixed
    if per_call != "0":
        yield f"server.calls_enough * ({per_call})"
    if shared != "0":
        yield f"({shared}) / hardware.servers_enough"


def _passed_over(scores: Sequence[str], goal: str = "hardware.servers_goal") -> str:
    # A tier is passed over only where every smaller one is: the least of their scores decides.
    least = scores[0] if len(scores) == 1 else f"min({', '.join(scores)})"
    return f"exceeds({least} / {goal})"


def _hidden(name: str, unit: str, label: str, formula: str) -> Figure:
    return Figure(name, unit, label, formula, (GUIDE,), shown=False)
