"""The plan in words: what to buy, for which load, how surely it suffices, until when, and what gives way first.

Nothing is worked out here: every number is read from the plan (`planner.sizing.plan`) or is an estimate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from planner.report.evidence import Draft
from planner.report.language import mark
from planner.sizing.codecs import undeclared
from planner.sizing.leaves import priced
from planner.sizing.numbers import Assumption
from planner.sizing.plan import SURE, Offer, Plan, Row, Step, Trend, percent_sure

DISKS = {"ssd": "SSD", "hdd": "HDD", "nvme": "NVMe"}
TIERS = {
    "starter": mark("Starter"),
    "professional": mark("Professional"),
    "enterprise": mark("Enterprise"),
    "carrier": mark("Carrier"),
}
STATUSES = {"suffices": mark("suffices"), "short": mark("does not suffice"), "undecided": mark("not decided")}
PARTS = {
    "cpu_cores": mark("CPU cores"),
    "ram": mark("RAM"),
    "disk": mark("Disk"),
    "nic": mark("Network link"),
    "storage": mark("Type of disk"),
}
MOST_NAMED = 3
_LEAST_SHARE = 0.01


def plan(draft: Draft) -> Plan:
    """Return the decision of the sizing."""
    return draft.evidence.sizing.plan


def answer(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the answer, line by line: what it is about, and what is decided."""
    say = draft.say
    lines = (
        (mark("Servers"), buy(draft)),
        (mark("Software"), _software(draft)),
        (mark("For this load"), load(draft)),
        (mark("Certainty"), certainty(draft)),
        (mark("Lasts"), say.sentences(lasts(draft), due(draft))),
        (mark("Measured growth"), trend(draft)),
        (mark("Costs"), costs(draft)),
        (mark("What decided"), _named(draft, plan(draft).binding)),
        (mark("Gives way first"), _named(draft, plan(draft).gives_way_first) or nothing_gives_way(draft)),
        (mark("Checks"), checks(draft)),
        (mark("Moves the result most"), _assumptions(draft)),
    )
    return tuple((say(label), text) for label, text in lines if text)


def buy(draft: Draft) -> str:
    """Return how many servers there are to be, and what each has."""
    form = mark("{servers}, each with {host}.") if plan(draft).servers.total > 1 else mark("{servers} with {host}.")
    return draft.say(form, servers=fleet(draft), host=host(draft))


def servers(draft: Draft) -> str:
    """Return the number of servers that carry the load in words: `2 servers`."""
    return draft.say.plural("{n} server", "{n} servers", plan(draft).servers.active)


def together(draft: Draft, caption: str) -> str:
    """Return the caption of a table of what all servers have together, saying so where there are several."""
    several = plan(draft).servers.active > 1
    return draft.say("{caption}, all servers together", caption=caption) if several else caption


def fleet(draft: Draft) -> str:
    """Return how many servers there are in all, and what the ones that carry no load are for."""
    say, count = draft.say, plan(draft).servers
    whole = say.plural("{n} server", "{n} servers", count.total)
    kinds = []
    if count.spare:
        kinds.append(say.plural("{n} spare", "{n} spares", count.spare))
    if count.standby:
        kinds.append(say.plural("{n} standby", "{n} standbys", count.standby))
    if not kinds:
        return whole
    kinds.insert(0, say("{n} active", n=say.number(count.active)))
    return say("{value} ({range})", value=whole, range=say(", ").join(kinds))


def part(draft: Draft, value: Any, unit: str) -> str:  # noqa: ANN401  a number, or the type of storage
    """Return a part of a server, or its type of disk."""
    return DISKS.get(value, value) if isinstance(value, str) else draft.say.quantity(value, unit)


def host(draft: Draft) -> str:
    """Return the parts of one server: cores, memory, disk with its type, network link."""
    say, chosen = draft.say, plan(draft).host
    storage = part(draft, str(chosen.value("storage")), "")
    parts = (
        say.plural("{n} CPU core", "{n} CPU cores", round(chosen.value("cpu_cores"))),
        say("{size} RAM", size=say.quantity(chosen.value("ram"), "B")),
        f"{say.quantity(chosen.value('disk'), 'B')} {storage}",
        say("a {rate} network link", rate=say.quantity(chosen.value("nic"), "bit/s")),
    )
    return say(", ").join(parts)


def _software(draft: Draft) -> str:
    say, declared = draft.say, draft.evidence.text
    kernel, database = declared("server.kernel"), declared("server.mysql_version")
    system = (
        say("Linux kernel {version} as declared", version=kernel)
        if kernel
        else say("Linux: the kernel's version is not declared")
    )
    base = (
        say("MySQL {version} as declared", version=database)
        if database
        else say("MySQL or MariaDB: the version is not declared")
    )
    return say("{first}; {second}.", first=system, second=base)


def load(draft: Draft) -> str:
    """Return the load in one sentence: calls, attempts, bandwidth for the mix of codecs, disk and database."""
    say = draft.say
    relayed = draft.value("network.media_bits_per_second") > 0
    way = mark("{rate} each way for {mix}") if relayed else mark("signalling of {rate} each way, media past the server")
    figure = "network.media_bits_per_second" if relayed else "network.signalling_bits_per_second"
    return say(
        "{calls} concurrent calls in the busy hour at {cps} attempts per second; {network}; {disk} of disk in "
        "use on each server; the database keeps {database} in all.",
        calls=draft.shown("traffic.concurrent_calls_peak"),
        cps=say.quantity(draft.value("traffic.cps"), "count"),
        network=say(way, rate=draft.shown(figure), mix=mix(draft)),
        disk=say.quantity(used.need.typical, used.unit) if (used := plan(draft).row("disk")) else "\N{EN DASH}",
        database=draft.shown("database.retained_bytes"),
    )


def mix(draft: Draft) -> str:
    """Return the codecs of the traffic with their shares (`G.729 70 %, G.711 30 %`), and those of the gateways."""
    inputs, transcoded = draft.evidence.sizing.inputs, draft.evidence.sizing.leaves["codec.transcoded_share"].value
    callers = _codecs(draft, inputs.get("traffic.codecs"))
    if not transcoded or "traffic.egress_codecs" not in inputs:
        return callers
    return draft.say(
        "{mix}, {share} of it transcoded to {other}",
        mix=callers,
        share=draft.say.percent(transcoded),
        other=_codecs(draft, inputs["traffic.egress_codecs"]),
    )


def _codecs(draft: Draft, given: Any) -> str:  # noqa: ANN401  as declared
    shares = given.get("value") if isinstance(given, Mapping) and "value" in given else given
    if not isinstance(shares, Mapping):
        usual = draft.say("{codec}, as no codec is declared", codec=say_codec(undeclared()))
        return str(shares or usual)
    whole = sum(shares.values()) or 1
    said = [
        say_codec(name)
        if len(shares) == 1
        else f"{say_codec(name)}\N{NO-BREAK SPACE}{draft.say.percent(share / whole)}"
        for name, share in shares.items()
    ]
    return draft.say(", ").join(said)


def say_codec(name: str) -> str:
    """Return a codec as people write it: `G.711`, `Opus WB`."""
    if name[:1] == "g" and name[1:2].isdigit():
        return f"G.{name[1:]}"
    family, _, kind = name.partition("-")
    return {"ilbc": "iLBC", "amr": "AMR", "gsm": "GSM", "silk": "SILK"}.get(family, family.capitalize()) + (
        f" {kind.upper()}" if kind else ""
    )


def certainty(draft: Draft) -> str:
    """Return in how many of the plausible cases all suffices, and what suffices in 95 % of them."""
    say, made = draft.say, plan(draft)
    if made.certainty is None:
        return ""
    share = say("Every resource suffices in {share} of the plausible cases.", share=surely(draft, made.certainty))
    fixed = draft.evidence.fixed.plan if draft.evidence.fixed else None
    if fixed and fixed.certainty is not None and fixed.certainty - made.certainty >= _LEAST_SHARE:
        share = say(
            "Every resource suffices in {share} of the plausible cases, after the fixes in {then}.",
            share=surely(draft, made.certainty),
            then=surely(draft, fixed.certainty),
        )
        made = fixed
    share = say.sentences(share, _asked(draft, made))
    if (safer := made.surer) is None:
        return share
    told = say("For {share} of them: {step}.", share=surely(draft, safer.certainty or 0), step=step(draft, safer))
    return say.sentences(share, told)


def surely(draft: Draft, share: float) -> str:
    """Return a share of the plausible cases, never rounded up to all of them."""
    return draft.say.percent(percent_sure(share) / 100)


def _asked(draft: Draft, made: Plan) -> str:
    """Return the certainty the plan was decided by, and where it is not reached what to declare; "" without one."""
    if made.asked is None:
        return ""
    say = draft.say
    if made.status != "undecided":
        return say("It was decided by {share}.", share=say.percent(made.asked, 1))
    known = draft.evidence.sizing.leaves
    names = [draft.short(known[name].label) if name in known else name for name in made.declare]
    told = mark("Asked for are {share}: declare what decides ({names}).")
    return say(told, share=say.percent(made.asked, 1), names=say(", ").join(names))


def costs(draft: Draft) -> str:
    """Return what the plan costs, and what the cheapest does that suffices surely; "" where no price is declared."""
    say, made, year = draft.say, plan(draft), draft.value("cost.per_year")
    if not year:
        return ""
    told = say("{month} a month, {year} a year, at the declared prices.",
               month=say.number(draft.value("cost.per_month")), year=say.number(year))  # fmt: skip
    if not priced(draft.evidence.sizing.leaves):
        return told
    share = say.percent(made.asked or SURE, 1)
    if not made.offers:
        return say.sentences(told, say("With what is declared nothing suffices in {share} of the cases.", share=share))
    cheapest = say("Cheapest that suffices in {share} of the cases: {offer}.", share=share,
                   offer=_offer(draft, made.offers[0]))  # fmt: skip
    other = made.contrast
    against = "" if other is None else say("Against it: {offer}.", offer=_offer(draft, other))
    return say.sentences(told, cheapest, against)


def _offer(draft: Draft, each: Offer) -> str:
    say = draft.say
    form = mark("{servers} of the {tier} tier with {disk} each for {cost} a month")
    return say(
        form if each.tier else mark("{servers} like the one declared with {disk} each for {cost} a month"),
        servers=say.plural("{n} server", "{n} servers", each.total),
        tier=say(TIERS.get(each.tier, each.tier)),
        disk=say.quantity(each.disk, "B"),
        cost=say.number(each.cost),
    )


def step(draft: Draft, wanted: Step) -> str:
    """Return servers of a tier with their disk: what another traffic or certainty calls for."""
    say = draft.say
    declared = plan(draft).host.part("cpu_cores").origin == "declared"
    form = mark("{servers} like the one declared carrying the load, with {disk} of disk each")
    return say(
        form
        if declared
        else mark("{servers} of the {tier} tier or larger carrying the load, with {disk} of disk each"),
        servers=say.plural("{n} server", "{n} servers", wanted.servers),
        tier=say(TIERS.get(wanted.tier, wanted.tier)),
        disk=say.quantity(wanted.disk, "B"),
    )


def lasts(draft: Draft) -> str:
    """Return until when the plan suffices at the planned growth, and by when the next step is to be ordered."""
    say, made, rate = draft.say, plan(draft), growth_rate(draft)
    if made.status == "short":
        told = say("Short today: {names}.", names=short(draft))
        fixed = _after_fixes(draft)
        if fixed is None:
            return told
        form = mark("After the fixes it suffices: {until}.")
        if fixed.status == "undecided":
            form = mark("After the fixes it suffices in the typical case: {until}.")
        return say.sentences(told, say(form, until=until(draft, fixed)))
    if rate <= 0:
        return say("No growth is declared: no month can be named.")
    if made.lasts is None:
        return say(
            "Beyond the {n} months looked at, at {rate} a month.", n=say.number(made.horizon),
            rate=say.percent(rate, 1),
        )  # fmt: skip
    told = say("Until {month} at {rate} a month.", month=month(draft, made.lasts), rate=say.percent(rate, 1))
    then = "" if made.next is None else say("For month {n}: {step}.", n=say.number(made.horizon),
                                            step=step(draft, made.next))  # fmt: skip
    return say.sentences(told, _order(draft, made), then)


def _after_fixes(draft: Draft) -> Plan | None:
    made = draft.evidence.fixed.plan if draft.evidence.fixed else None
    return None if made is None or made.status == "short" else made


def due(draft: Draft) -> str:
    """Return by when the next step is to be ordered where the plan suffices after the fixes alone; else ""."""
    made = _after_fixes(draft) if plan(draft).status == "short" else None
    return "" if made is None else _order(draft, made)


def _order(draft: Draft, made: Plan) -> str:
    if made.order_by is None:
        return ""
    return draft.say("Order the next step by {month}.", month=month(draft, max(made.order_by, 0)))


def trend(draft: Draft) -> str:
    """Return the growth that weeks of records show, and how long the plan lasts by it; "" where none is measured."""
    say, found = draft.say, plan(draft).trend
    if found is None:
        return ""
    low, growth, high = (say.percent(each, 1) for each in found.growth)
    told = say("{growth} a month over {weeks} weeks ({low} to {high}).", growth=growth,
               weeks=say.number(found.weeks), low=low, high=high)  # fmt: skip
    return told if plan(draft).short else say.sentences(told, _by_trend(draft, found), _interval(draft, found))


def _by_trend(draft: Draft, found: Trend) -> str:
    say, row = draft.say, plan(draft).row(found.gives_way_first)
    if found.lasts is None:
        return say("By it the plan lasts beyond the months looked at.")
    told = say("By it the plan lasts until {month}; order the next step by {order}.",
               month=month(draft, found.lasts), order=month(draft, max(found.order_by or 0, 0)))  # fmt: skip
    if row is None or row.name == plan(draft).gives_way_first:
        return told
    return say.sentences(told, say("What gives way first: {row}.", row=draft.subject(row.label)))


def _interval(draft: Draft, found: Trend) -> str:
    """Return until when the plan lasts at both ends of a measured growth; "" where both lie beyond the horizon."""
    if found.earliest is None:
        return ""
    say, earliest = draft.say, month(draft, found.earliest)
    if found.latest is None:
        return say("At the high end until {month}, at the low end beyond the months looked at.", month=earliest)
    return say("At the high end until {month}, at the low end until {latest}.", month=earliest,
               latest=month(draft, found.latest))  # fmt: skip


def until(draft: Draft, made: Plan) -> str:
    """Return until when a plan suffices, in a few words."""
    say = draft.say
    if made.lasts is None:
        return say("beyond the months looked at") if growth_rate(draft) > 0 else say("no growth")
    return say("until {month}", month=month(draft, made.lasts)) if made.lasts else say("does not suffice today")


def nothing_gives_way(draft: Draft) -> str:
    """Return that no resource gives way within the horizon, where growth is declared."""
    return draft.say("Nothing, within the months looked at.") if growth_rate(draft) > 0 else ""


def checks(draft: Draft) -> str:
    """Return how many checks ran, and what the others need to be declared."""
    say, ran = draft.say, draft.evidence.checks
    if ran.every == 0:
        return ""
    told = say("{ran} of {all} checks ran.", ran=say.number(ran.every - len(ran.skipped)), all=say.number(ran.every))
    if not ran.skipped:
        return told
    more = say.plural(
        "{n} needs what is not declared, such as {names}.",
        "{n} need what is not declared, such as {names}.",
        len(ran.skipped),
        names=say(", ").join(name for name, _ in ran.missing[:MOST_NAMED]),
    )
    return say.sentences(told, more)


def _assumptions(draft: Draft) -> str:
    said = [
        draft.say("{label}: {value}", label=draft.short(each.label), value=ranged(draft, each))
        for each in moving(draft)[:MOST_NAMED]
    ]
    return draft.say("{listed}.", listed=draft.say("; ").join(said)) if said else ""


def ranged(draft: Draft, each: Assumption) -> str:
    """Return a number with its range in brackets, where it has one."""
    say, value = draft.say, draft.say.quantity(each.value, each.unit)
    span = say.span(each.low, each.high, each.unit)
    return value if span == value else say("{value} ({range})", value=value, range=span)


def moving(draft: Draft) -> list[Assumption]:
    """Return the numbers nobody declared or measured that move the result, the most influential first."""
    found = [
        each
        for each in draft.evidence.sizing.assumptions
        if each.influence >= _LEAST_SHARE and each.origin == "default" and each.replace
    ]
    return sorted(found, key=lambda each: -each.influence)


def _named(draft: Draft, name: str) -> str:
    row = plan(draft).row(name)
    return resource(draft, row) if row else ""


def resource(draft: Draft, row: Row) -> str:
    """Return a row in words: its name, what is needed and what is there."""
    say = draft.say
    told = say(
        "{label}: {needed} needed of {available} there ({share})",
        label=say(row.label),
        needed=say.quantity(row.need.typical, row.unit),
        available=say.quantity(row.capacity, row.unit),
        share=say.percent(row.utilisation, 1 if row.utilisation < _LEAST_SHARE else 0),
    )
    when = "" if not row.month else say("{told}, until {month}", told=told, month=month(draft, row.month))
    return say("{listed}.", listed=when or told)


def short(draft: Draft) -> str:
    """Return the names of the rows that do not suffice, as they stand within a sentence."""
    return draft.say(", ").join(draft.subject(row.label) for row in plan(draft).short)


def growth_rate(draft: Draft) -> float:
    """Return the planned growth per month as a ratio, 0 where none is declared."""
    sizing = draft.evidence.sizing
    found = next((each for each in sizing.assumptions if each.name == "traffic.growth"), None)
    found = found or sizing.leaves.get("traffic.growth")
    return found.value if found else 0.0


def month(draft: Draft, months: int) -> str:
    """Return the month that many months after the report's date: `Nov 2027 (month 12)`."""
    say = draft.say
    day = month_after(draft.evidence.provenance.date, months)
    return say("{month} (month {n})", month=say.month(day), n=say.number(months))


def month_after(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later."""
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=min(index // 12, 9999), month=index % 12 + 1, day=1)


def rows(draft: Draft) -> Iterator[tuple[Row, Any]]:
    """Yield the rows of the plan, the fullest first, each with the share of its capacity in use."""
    for row in sorted(plan(draft).resources, key=lambda each: -each.utilisation / (each.ceiling or 1)):
        yield row, row.utilisation
