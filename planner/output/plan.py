"""The decision in plain words: what to buy, whether it suffices and how surely, until when, what gives way first."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from planner.catalogue.display import format_quantity
from planner.wording import listing, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.plan import Host, Plan, Row, Step
    from planner.sizing.result import Sizing

_SAID = {
    "calls": "concurrent calls",
    "storage": "calls on rotating disks",
    "cps": "attempts per second",
    "cpu": "CPU",
    "ram": "RAM",
    "disk": "disk",
    "disk_writes": "writes to disk",
    "link": "the link",
    "packets": "packets per second",
    "udp_ports": "UDP ports",
    "conntrack": "tracked connections",
    "descriptors": "file descriptors",
    "cdr_files": "CDR files kept",
    "max_cps": "SS_MAXCPS",
}
_MOST = 3


def decision(sizing: Sizing) -> list[str]:
    """Return the decision in at most ten lines."""
    plan = sizing.plan
    return [_buy(plan), *_suffices(plan), *_until(plan), _needs(sizing), *_costs(sizing), *_assumed(sizing)]


def named(row: str) -> str:
    """Return what a row is called within a sentence."""
    return wording(_SAID[row]) if row in _SAID else row


def _buy(plan: Plan) -> str:
    servers = plan.servers
    more = [
        wording("{count} spare", count=servers.spare) if servers.spare else "",
        wording("{count} standby", count=servers.standby) if servers.standby else "",
    ]
    extra = "".join(f" + {part}" for part in more if part)
    total = wording(" = {total} servers", total=servers.total) if extra else ""
    return wording(
        "Plan: {active} x ({host}){extra}{total}", active=servers.active, host=host(plan.host), extra=extra, total=total
    )


def host(server: Host) -> str:
    """Return a server as one buys it: cores, RAM, disk and its type, link, and the documented class."""
    cores, ram, disk, nic = (server.value(name) for name in ("cpu_cores", "ram", "disk", "nic"))
    kind = str(server.value("storage")).upper().replace("NVME", "NVMe")
    parts = [
        wording("{cores} cores", cores=f"{cores:g}"),
        wording("{size} RAM", size=format_quantity(ram, "B")),
        f"{format_quantity(disk, 'B')} {kind}",
        format_quantity(nic, "bit/s"),
    ]
    larger = any(part.origin == "enlarged" for part in server.parts)
    tier = wording("{tier}, larger", tier=server.tier.capitalize()) if larger else server.tier.capitalize()
    return ", ".join((*parts, tier) if server.tier else (*parts, wording("as declared")))


def _suffices(plan: Plan) -> Iterator[str]:
    if plan.short:
        yield wording("It does NOT suffice: {rows}.", rows=listing(map(_short, plan.short)))
        if plan.servers.active < plan.servers.needed:
            yield wording("The load needs {needed} such servers.", needed=plan.servers.needed)
    elif plan.status == "short":
        yield wording(
            "It suffices in {share} of the plausible cases: not as surely as asked.", share=_share(plan.certainty)
        )
    else:
        yield wording(
            "It suffices: typically, and in {share} of the plausible cases{safer}.",
            share=_share(plan.certainty),
            safer=_safer(plan),
        )
    yield wording("Decided by {row}.", row=named(plan.binding))


def _share(certainty: float | None) -> str:
    return "?" if certainty is None else f"{floor(certainty * 100 + 1e-9)} %"


def _safer(plan: Plan) -> str:
    if plan.safer is None or (plan.certainty or 0) >= (plan.safer.certainty or 1):
        return ""
    return wording("; {certainty} take {step}", certainty=_share(plan.safer.certainty), step=step(plan.safer))


def step(other: Step) -> str:
    """Return another plan in short."""
    disk = format_quantity(other.disk, "B")
    return wording("{servers} x {tier} with {disk}", servers=other.servers, tier=other.tier.capitalize(), disk=disk)


def _short(row: Row) -> str:
    return wording(
        "{row} {need} of {capacity} ({share} %, planned up to {ceiling} %)",
        row=named(row.name),
        need=format_quantity(row.need.typical, row.unit),
        capacity=format_quantity(row.capacity, row.unit),
        share=f"{row.utilisation * 100:.0f}",
        ceiling=f"{row.ceiling * 100:.0f}",
    )


def _until(plan: Plan) -> Iterator[str]:
    closest = max(plan.resources, key=lambda row: row.need.typical / row.limit if row.limit else 0.0)
    if plan.lasts:
        yield wording(
            "It lasts until month {month}: {row} give way first; order by month {order}.",
            month=plan.lasts,
            row=named(plan.gives_way_first),
            order=plan.order_by or 0,
        )
        if plan.next:
            yield wording("In month {month}: {step}.", month=plan.next.month or 0, step=step(plan.next))
    elif plan.next and not plan.short:
        yield wording("It lasts beyond {months} months at the declared growth.", months=plan.horizon)
    elif not plan.short:
        share = f"{closest.need.typical / closest.limit * 100:.0f}" if closest.limit else "0"
        yield wording(
            "Closest limit: {row}, {share} % of what is planned for. No growth is declared: pass --growth 3%.",
            row=named(closest.name),
            share=share,
        )


def _needs(sizing: Sizing) -> str:
    return wording(
        "Needs: {calls} calls at once, {media} each way, {disk} disk, of which database {database}.",
        calls=format_quantity(sizing.value("traffic.concurrent_calls_peak"), "count"),
        media=format_quantity(sizing.value("network.total_bits_per_second"), "bit/s"),
        disk=format_quantity(sizing.value("hardware.disk_bytes"), "B"),
        database=format_quantity(sizing.value("database.retained_bytes"), "B"),
    )


def _costs(sizing: Sizing) -> Iterator[str]:
    if sizing.value("cost.per_month"):
        yield wording(
            "Cost at the declared prices: {month} a month, {year} a year.",
            month=f"{sizing.value('cost.per_month'):,.0f}",
            year=f"{sizing.value('cost.per_year'):,.0f}",
        )


def _assumed(sizing: Sizing) -> Iterator[str]:
    chosen = (item for item in sizing.assumptions if item.origin == "default" and item.grounds == "assumption")
    known = [item for item in chosen if item.influence > 0][:_MOST]
    parts = [
        f"{item.label.split(':')[0]} {format_quantity(item.value, item.unit)} ({item.replace.rstrip('=')})"
        for item in known
    ]
    if sizing.value("traffic.mean_to_peak") >= 1:
        parts.append(wording("a flat day, 24 hours at the peak (traffic.busy_hour_profile)"))
    if parts:
        yield wording("Assumed, most decisive first: {parts}.", parts="; ".join(parts))
        yield wording("Replace them with your own, or measure them: plan cdr profile, --profile FILE.")
