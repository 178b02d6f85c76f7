"""Hardware: the server that carries the load, and the documented tiers beside it, resource by resource."""

from __future__ import annotations

from planner.report.blocks import Block, Cell, Section, Table
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision
from planner.report.sections.decision import PARTS, TIERS
from planner.sizing.plan import SURE, Rejected

LABELS = {"storage": mark("Type of disk")}
"""Resources that not every plan has a row for."""
ORIGINS = {
    "declared": mark("as declared"),
    "tier": mark("as the tier has"),
    "enlarged": mark("larger than the tier's"),
    "recommended": mark("recommended"),
    "documented": mark("documented limit"),
}


def tier_name(draft: Draft) -> str:
    """Return the chosen tier's name in the reader's language."""
    tier = decision.plan(draft).host.tier
    return draft.say(TIERS.get(tier, tier))


def write(draft: Draft) -> Section:
    """Return the section: every plan has a host."""
    say = draft.say
    blocks: list[Block] = [_host(draft), *_tiers(draft), *_offers(draft)]
    return Section("hardware", say("Hardware"), decision.buy(draft), tuple(blocks))


def _host(draft: Draft) -> Table:
    say = draft.say
    rows = [[say(PARTS[part.name]), decision.part(draft, part.value, part.unit), say(ORIGINS[part.origin])]
            for part in decision.plan(draft).host.parts]  # fmt: skip
    titles = [say("Part"), say("Each server"), say("Chosen")]
    return draft.table(say("The server that carries the load"), titles, rows, len(titles))


def _tiers(draft: Draft) -> list[Table]:
    """Return the other tiers side by side: every resource that does not fit with its numbers, and those that do."""
    others = decision.plan(draft).rejected
    made, say = decision.plan(draft), draft.say
    if not others or made.host.part("cpu_cores").origin == "declared":
        return []
    titles = (mark("Tier"), mark("Servers needed"), mark("What does not fit"), mark("What fits"))
    rows = {each.tier: _tier(draft, each) for each in others}
    rows[made.host.tier] = _chosen(draft)
    caption = say("The documented tiers side by side, at {servers}", servers=decision.servers(draft))
    return [draft.table(caption, [say(title) for title in titles], [rows[name] for name in TIERS if name in rows], 9)]


def _offers(draft: Draft) -> list[Table]:
    """Return what suffices as surely as wanted, cheapest first: one large server against several small ones."""
    say, made = draft.say, decision.plan(draft)
    if not made.offers:
        return []
    rows = [
        [
            say(TIERS[each.tier]) if each.tier else say("as declared"),
            say.number(each.total),
            say.quantity(each.disk, "B"),
            decision.surely(draft, each.certainty),
            say.number(each.cost),
            say.number(each.yearly),
        ]
        for each in made.offers
    ]
    titles = [say("Tier"), say("Servers"), say("Disk"), say("Certainty"), say("Cost a month"), say("Cost a year")]
    caption = say("What suffices in {share} of the cases, cheapest first", share=say.percent(made.asked or SURE))
    return [draft.table(caption, titles, rows)]


def _chosen(draft: Draft) -> list[Cell | str]:
    say, made = draft.say, decision.plan(draft)
    short = [draft.say(row.label) for row in made.short]
    fitting = [say(row.label) for row in made.resources if row.suffices]
    name = say("{tier}: chosen", tier=tier_name(draft))
    return [name, say.number(made.servers.needed), say(", ").join(short) or say("nothing"),
            say("; ").join(fitting)]  # fmt: skip


def _tier(draft: Draft, each: Rejected) -> list[Cell | str]:
    say = draft.say
    failing = [
        say(
            "{label}: {needed} needed, {available} there",
            label=_label(draft, name),
            needed=say.quantity(need, unit),
            available=say.quantity(available, unit),
        )
        for name, need, available, unit in each.short
    ]
    fitting = [_label(draft, name) for name in each.fits]
    return [
        say(TIERS.get(each.tier, each.tier)),
        say.number(each.servers),
        say("; ").join(failing) or say("nothing, larger than needed"),
        say("; ").join(fitting) or "\N{EN DASH}",
    ]


def _label(draft: Draft, name: str) -> str:
    row = decision.plan(draft).row(name)
    return draft.say(row.label if row else LABELS.get(name, name))
