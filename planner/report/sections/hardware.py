"""Hardware: the documented tier that carries the load, and why each smaller one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Block, Cell, Chart, Section, Table
from planner.report.charts import Bar, ranges
from planner.report.language import mark

if TYPE_CHECKING:
    from planner.report.evidence import Draft
    from planner.sizing.result import Rejection

FIGURES = (
    "hardware.servers",
    "hardware.servers_spare",
    "hardware.servers_standby",
    "hardware.servers_total",
    "server.concurrent_calls",
    "server.cps",
    "server.cpu_cores",
    "hardware.cpu_utilisation",
    "server.ram_bytes",
    "hardware.ram_utilisation",
    "server.disk_bytes",
    "hardware.disk_utilisation",
    "server.write_operations_per_second",
    "hardware.capacity_concurrent_calls",
)
RESOURCES = {
    "concurrent_calls": mark("concurrent calls"),
    "cps": mark("call attempts per second"),
    "cpu_cores": mark("CPU cores"),
    "ram": mark("RAM"),
    "disk": mark("disk space"),
    "disk_writes": mark("disk writes"),
    "packets_per_second": mark("packets per second"),
    "udp_ports": mark("UDP ports"),
    "nic": mark("network link"),
}
TIERS = {
    "starter": mark("Starter"),
    "professional": mark("Professional"),
    "enterprise": mark("Enterprise"),
    "carrier": mark("Carrier"),
}


def tier_name(draft: Draft) -> str:
    """Return the chosen tier's name in the reader's language."""
    tier = draft.evidence.sizing.hardware.tier
    return draft.say(TIERS.get(tier, tier))


def resource_name(draft: Draft, resource: str) -> str:
    """Return a resource as a reader would call it within a sentence."""
    return draft.say(RESOURCES.get(resource, resource.replace("_", " ")))


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing chose no tier."""
    hardware = draft.evidence.sizing.hardware
    if not hardware.tier:
        return None
    say = draft.say
    lead = say(
        mark("The {tier} tier carries this load on {servers}. What decided it: {resource}."),
        tier=tier_name(draft),
        servers=servers(draft),
        resource=resource_name(draft, hardware.binding_constraint),
    )
    lead = say.sentences(lead, reserve(draft))
    blocks: list[Block] = [*_rejected(draft)]
    if table := draft.estimates(say(mark("Servers, and what each must have")), FIGURES):
        blocks.append(table)
    if hardware.shortfall:
        blocks.append(_shortfall(draft))
    return Section("hardware", say(mark("Hardware")), lead, tuple(blocks))


def servers(draft: Draft) -> str:
    """Return the number of servers in words: `2 servers`."""
    return draft.say.plural("{n} server", "{n} servers", planned_servers(draft))


def planned_servers(draft: Draft) -> int:
    """Return how many servers carry the load."""
    return max(round(draft.value("hardware.servers_planned")), 1)


def reserve(draft: Draft) -> str:
    """Return how many servers are bought in all, where some carry no load; empty where none does."""
    total, planned = (draft.value(f"hardware.servers_{name}") for name in ("total", "planned"))
    if total <= planned:
        return ""
    return draft.say.plural(
        "{n} server to buy in all, spare and standby included.",
        "{n} servers to buy in all, spare and standby included.",
        round(total),
    )


def _rejected(draft: Draft) -> list[Chart]:
    rejected = draft.evidence.sizing.hardware.rejected
    if not rejected:
        return []
    say = draft.say
    bars = [_bar(draft, each) for each in rejected]
    last = rejected[-1]
    answer = say(
        mark("The {tier} tier is too small: {needed} needed, {available} available ({resource})."),
        tier=say(TIERS.get(last.tier, last.tier)),
        resource=resource_name(draft, last.resource),
        needed=say.quantity(last.needed, last.unit),
        available=say.quantity(last.available, last.unit),
    )
    titles = [
        say(title) for title in (mark("Tier"), mark("What fails"), mark("Needed"), mark("Available"), mark("Ratio"))
    ]
    table = draft.table(
        say(mark("Smaller tiers and what they lack")), titles, [_row(draft, each) for each in rejected], 2
    )
    figure = ranges(
        bars, say(mark("need as a share of what the tier offers, %")), 100, say(mark("what the tier offers"))
    )
    return [Chart("tiers", say(mark("Why not a smaller server?")), answer, figure, table)]


def _bar(draft: Draft, each: Rejection) -> Bar:
    share = each.ratio * 100
    name = f"{draft.say(TIERS.get(each.tier, each.tier))}: {resource_name(draft, each.resource)}"
    return Bar(name, share, share, share, over=each.ratio > 1)


def _row(draft: Draft, each: Rejection) -> list[Cell | str]:
    say = draft.say
    amounts = [say.quantity(value, each.unit) for value in (each.needed, each.available)]
    tier = say(TIERS.get(each.tier, each.tier))
    return [
        tier,
        resource_name(draft, each.resource),
        *amounts,
        say(mark("{ratio} times"), ratio=say.number(each.ratio, 2)),
    ]


def _shortfall(draft: Draft) -> Table:
    say = draft.say
    rows = [_row(draft, each) for each in draft.evidence.sizing.hardware.shortfall]
    titles = [
        say(title) for title in (mark("Tier"), mark("What fails"), mark("Needed"), mark("Available"), mark("Ratio"))
    ]
    return draft.table(say(mark("What even the chosen tier does not provide")), titles, rows, 2)
