"""Bandwidth: what the calls take on the server's network interface, and what another codec would take."""

from __future__ import annotations

from planner.report.blocks import Block, Cell, Chart, Section
from planner.report.charts import Group, grouped, scale
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision
from planner.sizing.result import ImpossibleInput

MEDIA = "network.media_bits_per_second"
CODECS = {
    "g711": "G.711",
    "g722": "G.722",
    "g729": "G.729",
    "g723.1": "G.723.1",
    "ilbc-30": "iLBC 30",
    "opus-wb": "Opus WB",
}
FRAMINGS = {"documented": mark("Vendor guide"), "ip": mark("IP packets"), "ethernet": mark("Ethernet frames")}
GUIDE = {"g711", "g722", "g729", "g723.1"}
"""Codecs whose rates the vendor's guide states."""
Rates = dict[str, list[float | None]]
LINKS = (("1 GbE", 1e9), ("10 GbE", 1e10))


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no network figures."""
    say = draft.say
    table = draft.estimates(decision.together(draft, say("Load of the network")), "network")
    if table is None:
        return None
    blocks: list[Block] = [*_codecs(draft), table]
    return Section("bandwidth", say("Bandwidth"), _lead(draft), tuple(blocks))


def _lead(draft: Draft) -> str:
    say = draft.say
    link = draft.shown("network.nic_bits_per_second")
    if draft.value(MEDIA) == 0:
        return say(
            "Media flows past this server: only signalling, {signalling}, crosses its network "
            "interface; a {link} link suffices.",
            signalling=draft.shown("network.signalling_bits_per_second"),
            link=link,
        )
    shown = {"media": draft.shown_ranged(MEDIA), "link": link}
    if decision.plan(draft).servers.active == 1:
        return say("Relayed media takes {media} in each direction; plan a link of {link}.", **shown)
    return say(
        "Relayed media takes {media} in each direction over {servers}; plan a link of {link} for each.",
        servers=decision.servers(draft),
        **shown,
    )


def _codecs(draft: Draft) -> list[Chart]:
    """Return the chart of the same calls with each codec and framing, each direction."""
    if draft.value(MEDIA) == 0:
        return []
    say = draft.say
    own = decision.mix(draft)
    rates: Rates = {own: [draft.evidence.alternative({"traffic.framing": framing}, MEDIA) for framing in FRAMINGS]}
    rates |= {name: [_rate(draft, codec, framing) for framing in FRAMINGS] for codec, name in CODECS.items()}
    unit = scale([rate for row in rates.values() for rate in row if rate], "bit/s", say)
    top = max(rate for row in rates.values() for rate in row if rate)
    groups = [
        Group(say(name), [rate if (rate := row[index]) is None else unit(rate) for row in rates.values()])
        for index, name in enumerate(FRAMINGS.values())
    ]
    lines = [(say("{link} at 70 %", link=name), unit(size)) for name, size in _links(draft) if size < top * 1.6]
    figure = grouped(list(rates), groups, say("{unit}, each direction", unit=unit.unit), lines[:2])
    titles = [say("Codec"), *(say(name) for name in FRAMINGS.values())]
    rows: list[list[Cell | str]] = [
        [name, *("\N{EN DASH}" if rate is None else say.quantity(rate, "bit/s") for rate in row)]
        for name, row in rates.items()
    ]
    table = draft.table(say("Media bandwidth each direction, all calls on one codec"), titles, rows)
    return [Chart("codecs", say("What would each codec take on the wire?"), _answer(draft, rates), figure, table)]


def _links(draft: Draft) -> list[tuple[str, float]]:
    """Return links with what they carry at 70 %, one for each server."""
    count = decision.plan(draft).servers.active
    times = f"{count} \N{MULTIPLICATION SIGN} " if count > 1 else ""
    return [(times + name, size * 0.7 * count) for name, size in LINKS]


def _answer(draft: Draft, rates: Rates) -> str:
    say = draft.say
    own = next(iter(rates))
    listed = {name: rate for codec, name in CODECS.items() if (rate := _rate(draft, codec)) is not None}
    widest, narrowest = (pick(listed, key=lambda name: listed[name]) for pick in (max, min))
    return say(
        "{calls} concurrent calls take {own} in each direction as {mix}, {most} as {wide} and {least} as {narrow}.",
        calls=draft.shown("traffic.concurrent_calls_peak"),
        mix=own,
        wide=widest,
        narrow=narrowest,
        own=draft.shown(MEDIA),
        most=say.quantity(listed[widest], "bit/s"),
        least=say.quantity(listed[narrowest], "bit/s"),
    )


def _rate(draft: Draft, codec: str, framing: str = "") -> float | None:
    """Return the rate; None for a codec the vendor's guide does not list, or that the packets given cannot hold."""
    if framing == "documented" and codec not in GUIDE:
        return None
    given = {"traffic.framing": framing} if framing else {}
    try:
        return draft.evidence.alternative({"traffic.codecs": {codec: 1.0}, **given}, MEDIA)
    except ImpossibleInput:
        return None
