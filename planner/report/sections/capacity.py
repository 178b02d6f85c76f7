"""Capacity: how many calls, how fast they come, and how close each limit is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Block, Cell, Chart, Section
from planner.report.charts import Bar, ranges
from planner.report.language import mark
from planner.report.sections import overload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.report.evidence import Draft
    from planner.sizing.result import Milestone

TRAFFIC = (
    "traffic.cps",
    "traffic.answered_cps",
    "traffic.egress_cps",
    "traffic.attempts_per_day",
    "traffic.minutes_per_day",
    "traffic.hold_seconds",
    "traffic.offered_erlangs",
    "traffic.concurrent_calls",
    "traffic.concurrent_calls_peak",
    "traffic.concurrent_calls_p99",
    "traffic.concurrent_calls_busiest",
)
KERNEL = (
    "server.udp_ports",
    "server.conntrack_entries",
    "server.conntrack_max",
    "server.conntrack_buckets",
    "server.file_descriptors",
    "server.sip_socket_bytes",
    "server.udp_memory_pages",
)
MOST_LIMITS = 10


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no traffic."""
    say = draft.say
    table = draft.estimates(say(mark("Traffic the deployment carries")), TRAFFIC)
    if table is None:
        return None
    lead = say(
        mark(
            "At {cps} call attempts per second the busy hour offers {erlangs} erlangs; {channels} "
            "channels carry them at a blocking of {blocking}."
        ),
        cps=say.quantity(draft.value("traffic.cps"), "count"),
        erlangs=say.number(draft.value("traffic.offered_erlangs")),
        channels=draft.shown("traffic.concurrent_calls_peak"),
        blocking=blocking(draft),
    )
    blocks: list[Block] = [*_headroom(draft), *overload.charts(draft), table]
    if kernel := draft.estimates(say(mark("What the operating system must provide")), KERNEL):
        blocks.append(kernel)
    return Section("capacity", say(mark("Capacity")), lead, tuple(blocks))


def blocking(draft: Draft) -> str:
    """Return the grade of service planned for, as a percentage."""
    named = (each for each in draft.evidence.sizing.assumptions if each.name == "traffic.blocking")
    found = next(named, None) or draft.evidence.sizing.leaves.get("traffic.blocking")
    return draft.say.percent(found.value, 2) if found else draft.say(mark("the planned grade of service"))


def distinct(limits: Iterable[Milestone]) -> list[Milestone]:
    """Return the limits that exist, one of those with equal need and offer: one server's and all servers'."""
    found = {(each.needed, each.available, each.unit): each for each in reversed(tuple(limits)) if each.available > 0}
    return list(reversed(found.values()))


def _headroom(draft: Draft) -> list[Chart]:
    """Return the chart of each limit's use today, as a share of what is available."""
    limits = distinct(draft.evidence.sizing.growth)
    if not limits:
        return []
    say = draft.say
    limits = sorted(limits, key=lambda each: -each.needed / each.available)[:MOST_LIMITS]
    bars = [_bar(draft, each) for each in limits]
    worst = limits[0]
    answer = say(
        mark("{limit} is the closest limit: {needed} of {available} in use, {share}."),
        limit=draft.short(worst.label),
        needed=say.quantity(worst.needed, worst.unit),
        available=say.quantity(worst.available, worst.unit),
        share=say.percent(worst.needed / worst.available),
    )
    titles = [say(title) for title in (mark("Limit"), mark("Needed"), mark("Available"), mark("In use"))]
    rows = [_row(draft, each) for each in limits]
    table = draft.table(say(mark("Use of each limit at the planned load")), titles, rows)
    figure = ranges(bars, say(mark("share of the limit in use, %")), 100, say(mark("limit")))
    return [Chart("headroom", say(mark("How close is each limit?")), answer, figure, table)]


def _bar(draft: Draft, limit: Milestone) -> Bar:
    share = 100 / limit.available
    estimate = draft.figure(limit.figure)
    spread = estimate.range if estimate and estimate.range.typical else None
    low = limit.needed * (spread.low / spread.typical if spread else 1)
    high = limit.needed * (spread.high / spread.typical if spread else 1)
    name = draft.say(limit.label)
    return Bar(name, limit.needed * share, low * share, high * share, over=limit.needed > limit.available)


def _row(draft: Draft, limit: Milestone) -> list[Cell | str]:
    say = draft.say
    amounts = [say.quantity(value, limit.unit) for value in (limit.needed, limit.available)]
    return [draft.label(limit.label), *amounts, say.percent(limit.needed / limit.available)]
