"""A sizing as text, Markdown, CSV or JSON: the decision in words first, then what it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, NamedTuple

from planner.catalogue.display import format_quantity
from planner.sizing.compiled import SUMMARY
from planner.sizing.decide import ROWS
from planner.sizing.leaves import priced
from planner.sizing.numbers import Assumption, Estimate
from planner.sizing.plan import SURE, Host, Offer, Plan, Row, Step, percent_sure
from planner.sizing.result import Sizing
from planner.wording import cell, folded, listing, term, wording

# Below this share of the headline figures an assumption does not matter for a summary.
_LEAST_INFLUENCE = 0.01


def groups(sizing: Sizing, *, every: bool = False) -> Iterator[tuple[str, list[Estimate]]]:
    """Yield titled groups of figures: the summary's, or every figure by the first part of its name."""
    if not every:
        for title, names in SUMMARY.items():
            yield title, [sizing.figures[name] for name in names if name in sizing.figures]
        return
    sections: dict[str, list[Estimate]] = {}
    for name, figure in sizing.figures.items():
        sections.setdefault(name.partition(".")[0].capitalize(), []).append(figure)
    yield from sections.items()


def influential(sizing: Sizing, *, every: bool = False) -> list[Assumption]:
    """Return the assumptions worth a line, most influential first."""
    return [item for item in sizing.assumptions if every or item.influence >= _LEAST_INFLUENCE]


# A sizing for the terminal: verdict, figures, assumptions by influence, notes.
#
# Laid out here rather than by a table library: a command that answers in a tenth of a second may not spend as
# much again on importing one.

_GAP = "  "
_LEAST_LABEL = 16
_LABEL = 28
_MOST_LABEL = 64
# From this width on there is room for the names of figures.
_WIDE = 110


class Style(NamedTuple):
    """How text is marked: escape sequences on a terminal that wants colour, nothing elsewhere."""

    bold: str = ""
    dim: str = ""
    end: str = ""


PLAIN = Style()
COLOUR = Style("\x1b[1m", "\x1b[2m", "\x1b[0m")


def render_text(sizing: Sizing, *, width: int = 132, style: Style = PLAIN, every: bool = False) -> str:
    """Return the sizing as lines of at most `width` characters where its words allow it."""
    return "\n".join(_lines(sizing, width, style, every=every)) + "\n"


def _lines(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    first, *rest = decision(sizing)
    yield from (f"{style.bold}{line}{style.end}" for line in folded(first, width))
    for line in rest:
        yield from folded(line, width)
    for finding in sizing.findings:
        yield from folded(f"{finding.severity}: {finding.message} ({finding.help})", width)
    yield ""
    yield from _resources(sizing, width, style)
    yield from _rejected(sizing, width)
    yield from _offers(sizing, width, style)
    yield ""
    yield from _figures(sizing, width, style, every=every)
    yield from ("", f"{style.bold}Assumptions, most influential first{style.end}")
    yield from _assumptions(sizing, width, style, every=every)
    yield from _remarks(sizing, width, style)


def _resources(sizing: Sizing, width: int, style: Style) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        (
            row.label,
            format_quantity(row.need.typical, row.unit),
            format_quantity(row.limit, row.unit),
            f"{row.utilisation * 100:.0f} %",
            _share(row.certainty),
            "-" if row.month is None else f"{row.month}",
        )
        for row in sizing.plan.resources
    ]
    yield from _table(rows, ("Each server", "needs", "planned for", "in use", "surely", "month"), width, style)


_OFFERS = ("Suffice, cheapest first", "of them active", "disk", "surely", "a month", "a year")


def _offer(offer: Offer) -> tuple[str, ...]:
    month, year = f"{offer.cost:,.0f}", f"{offer.yearly:,.0f}"
    disk = format_quantity(offer.disk, "B")
    return offered(offer), str(offer.servers), disk, _share(offer.certainty), month, year


def _offers(sizing: Sizing, width: int, style: Style) -> Iterator[str]:
    if sizing.plan.offers:
        yield ""
        yield from _table([_offer(each) for each in sizing.plan.offers], _OFFERS, width, style)


def _rejected(sizing: Sizing, width: int) -> Iterator[str]:
    for item in sizing.hardware.rejected:
        needed, offered = format_quantity(item.needed, item.unit), format_quantity(item.available, item.unit)
        resource = item.resource.replace("_", " ")
        told = f"not {item.tier}: {resource} {needed} needed, {offered} available ({item.ratio:.2f}x)"
        yield from folded(told, width, "  ", "    ")


def _figures(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for title, figures in groups(sizing, every=every):
        rows.append((title,))
        rows.extend((f"  {figure.label}", *_cases(figure), figure.name) for figure in figures)
    heads = ("", "low", "typical", "high", "name")
    yield from _table(rows, heads if width >= _WIDE else heads[:4], width, style)


def _assumptions(sizing: Sizing, width: int, style: Style, *, every: bool) -> Iterator[str]:
    heads: tuple[str, ...] = ("", "low", "typical", "high", "moves", "basis", "replace with")
    rows: list[tuple[str, ...]] = [
        (item.label, *_cases(item), f"{item.influence * 100:.0f} %", item.grounds, item.replace)
        for item in influential(sizing, every=every)
    ]
    if width < _WIDE:
        heads, rows = (("", "typical", "moves", "replace with"), [(row[0], row[2], row[4], row[6]) for row in rows])
    yield from _table(rows, heads, width, style)


def _table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...], width: int, style: Style) -> Iterator[str]:
    cells = [row[: len(heads)] for row in rows]
    widths = [max(len(head), *(len(row[column]) for row in cells if len(row) > 1)) for column, head in enumerate(heads)]
    gaps = len(_GAP) * (len(widths) - 1)
    if heads[-1] not in _NUMERIC:
        # A name that is longer stands below its row.
        widths[-1] = min(widths[-1], max(width - _LABEL - sum(widths[1:-1]) - gaps, len(heads[-1])))
    room = width - sum(widths[1:]) - gaps
    beside = room >= min(widths[0], _LEAST_LABEL)
    widths[0] = min(widths[0], room, _MOST_LABEL) if beside else len(_GAP)
    laid = _beside if beside else _stacked
    yield from (f"{style.dim}{line}{style.end}" for line in laid(heads, widths, width))
    yield style.dim + "─" * min(sum(widths) + gaps, width) + style.end
    for row in cells:
        if len(row) == 1:
            yield f"{style.bold}{row[0]}{style.end}"
        else:
            yield from laid(row, widths, width)


def _beside(row: tuple[str, ...], widths: Sequence[int], width: int) -> Iterator[str]:
    first, *rest = _label(row[0], widths[0])
    line = _line((first, *row[1:]), widths)
    fits = len(line) <= width
    yield line if fits else _line((first, *row[1:-1]), widths[:-1])
    yield from rest
    if not fits:
        yield from folded(row[-1], width, "    ", "    ")


def _stacked(row: tuple[str, ...], widths: Sequence[int], width: int) -> Iterator[str]:
    yield from filter(None, _label(row[0], width))
    yield from _below(row[1:], widths, width)


def _label(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    return folded(text.strip(), width, indent, f"{indent}  ") or [""]


def _below(cells: Sequence[str], widths: Sequence[int], width: int) -> list[str]:
    line = _line(("", *cells), widths)
    return [line] if len(line) <= width else folded(_GAP.join(cells), width, "    ", "    ")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    # Figures stand right, words left: the first column and those behind the numbers.
    made = [
        cell.rjust(size) if column > 0 and _is_number(cell) else cell.ljust(size)
        for column, (cell, size) in enumerate(zip(cells, widths, strict=True))
    ]
    return _GAP.join(made).rstrip()


_NUMERIC = {
    "of them active",
    "disk",
    "a month",
    "a year",
    "low",
    "typical",
    "high",
    "moves",
    "needs",
    "planned for",
    "in use",
    "surely",
    "month",
    "-",
}


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell in _NUMERIC


def _cases(item: Any) -> list[str]:  # noqa: ANN401  an estimate or an assumption
    return [format_quantity(value, item.unit) for value in item.range]


def _remarks(sizing: Sizing, width: int, style: Style) -> Iterator[str]:
    if sizing.notes:
        yield from ("", f"{style.bold}Notes{style.end}")
    for note in sizing.notes:
        yield from folded(f"- {note.text}", width)


# A sizing as JSON, Markdown or CSV.


def render(sizing: Sizing, form: str) -> str:
    """Return the sizing as `json`, `markdown` or `csv`. Raises KeyError for any other form."""
    return {"json": as_json, "markdown": as_markdown, "csv": as_csv}[form](sizing)


def as_json(sizing: Sizing) -> str:
    """Return the `sizing-v1` document, an item a line."""
    # Indentation would be done in Python; a line break as the separator costs nothing.
    return json.dumps(sizing.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",\n", ": ")) + "\n"


def as_csv(sizing: Sizing) -> str:
    """Return one line per figure: name, low, value, high, unit, basis, label."""
    from planner.output.comparisons import csv_text  # noqa: PLC0415  the other forms need none

    keys = ("low", "value", "high", "unit", "basis")
    figures = sizing.to_dict()["figures"].items()
    rows = ((name, *(figure[key] for key in keys), cell(figure["label"])) for name, figure in figures)
    return csv_text([("figure", *keys, "label"), *rows])


def as_markdown(sizing: Sizing) -> str:
    """Return the summary as Markdown: verdict, figures, assumptions by influence, notes."""
    return "\n".join(_markdown(sizing)) + "\n"


def _markdown(sizing: Sizing) -> Iterator[str]:
    first, *rest = decision(sizing)
    yield from (f"# {first}", "", *(f"- {line}" for line in rest))
    if sizing.plan.offers:
        yield from (
            "",
            f"## {_OFFERS[0]}",
            "",
            f"| {' | '.join(_OFFERS)} |",
            "| --- |" + " ---: |" * (len(_OFFERS) - 1),
        )
        yield from (f"| {' | '.join(_offer(each))} |" for each in sizing.plan.offers)
    for title, figures in groups(sizing):
        yield from (
            "",
            f"## {title}",
            "",
            "| figure | low | typical | high | name |",
            "| --- | ---: | ---: | ---: | --- |",
        )
        yield from (_row(figure) for figure in figures)
    yield from ("", "## Assumptions, most influential first", "")
    yield from (
        "| assumption | low | typical | high | basis | replace with |",
        "| --- | ---: | ---: | ---: | --- | --- |",
    )
    for item in influential(sizing):
        cells = (item.label, *_cases(item), item.basis, f"`{item.replace}`")
        yield "| " + " | ".join(map(str, cells)) + " |"
    yield from ("", "## Notes", "")
    yield from (f"- {note.text} ({', '.join(f'`{name}`' for name in note.figures)})" for note in sizing.notes)


def _row(figure: Estimate) -> str:
    return "| " + " | ".join((figure.label, *_cases(figure), f"`{figure.name}`")) + " |"


# The decision in plain words: what to buy, whether it suffices and how surely, until when, what gives way first.

_MOST = 3


def decision(sizing: Sizing) -> list[str]:
    """Return the decision, of which a terminal of 80 columns shows the most part in ten lines."""
    plan = sizing.plan
    return [
        _buy(plan),
        *_suffices(sizing),
        *_until(sizing),
        *_trend(plan),
        _needs(sizing, plan),
        *_costs(sizing),
        *_cheapest(sizing),
        *_assumed(sizing),
    ]


def named(row: str) -> str:
    """Return what a row is called within a sentence."""
    return term(ROWS[row]["said"]) if row in ROWS else row


def _buy(plan: Plan) -> str:
    servers = plan.servers
    more = [
        wording("{count} spare", count=servers.spare) if servers.spare else "",
        wording("{count} standby", count=servers.standby) if servers.standby else "",
    ]
    extra = "".join(f" + {part}" for part in more if part)
    total = f" = {servers.total:,}" if extra else ""
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


def _replaced(sizing: Sizing, names: Sequence[str]) -> Iterator[str]:
    """Yield what to pass in place of assumptions."""
    known = {item.name: item.replace.rstrip("=") for item in sizing.assumptions}
    yield from (known.get(name) or name for name in names)


def _suffices(sizing: Sizing) -> Iterator[str]:
    plan = sizing.plan
    if plan.short:
        rows, needed = listing(_worst(plan.short)), f"{plan.servers.needed:,}"
        few = plan.servers.active < plan.servers.needed
        yield (
            wording(
                "It does NOT suffice: the load needs {needed} such servers. Short: {rows}.", needed=needed, rows=rows
            )
            if few
            else wording("It does NOT suffice: {rows}.", rows=rows)
        )
    elif plan.status == "undecided":
        yield wording(
            "Undecided: it suffices typically, and in {share} of the plausible cases, not in the {asked} asked for. "
            "Declare what decides: {names}.",
            share=_share(plan.certainty),
            asked=_share(plan.asked),
            names=", ".join(_replaced(sizing, plan.declare)),
        )
    else:
        yield wording(
            "It suffices: typically, and in {share} of the plausible cases{safer}.",
            share=_share(plan.certainty),
            safer=_safer(plan),
        )
    yield _decided(plan)


def _decided(plan: Plan) -> str:
    decided, shares = named(plan.binding), {row.name: row.need.typical / (row.limit or inf) for row in plan.resources}
    closest = max(shares, key=lambda name: shares[name])
    if plan.short or plan.next:
        return wording("Decided by {row}.", row=decided)
    share = f"{shares[closest] * 100:.0f}"
    if closest == plan.binding:
        return wording("Decided by {row}: {share} % of what is planned for.", row=decided, share=share)
    return wording(
        "Decided by {row}; closest limit: {other}, {share} % of what is planned for.",
        row=decided,
        other=named(closest),
        share=share,
    )


def _worst(short: Sequence[Row]) -> list[str]:
    """Return the rows that are short, of many those that are most."""
    if len(short) <= _MOST + 1:
        return list(map(_short, short))
    worst = sorted(short, key=lambda row: -row.need.typical / (row.limit or 1))[:_MOST]
    return [*map(_short, worst), wording("and {count} more, listed below", count=len(short) - _MOST)]


def _share(certainty: float | None) -> str:
    return "?" if certainty is None else f"{percent_sure(certainty)} %"


def _safer(plan: Plan) -> str:
    if (safer := plan.surer) is None:
        return ""
    return wording("; {certainty} take {step}", certainty=_share(safer.certainty), step=step(safer))


def _such(servers: int, disk: str) -> str:
    if servers == 1:
        return wording("1 such server with {disk}", disk=disk)
    return wording("{servers} such servers with {disk}", servers=servers, disk=disk)


def step(other: Step) -> str:
    """Return another plan in short."""
    disk = format_quantity(other.disk, "B")
    if not other.tier:
        return _such(other.servers, disk)
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


def _until(sizing: Sizing) -> Iterator[str]:
    plan = sizing.plan
    if plan.lasts:
        yield wording(
            "It lasts until month {month}; what gives way first: {row}; order by month {order}.",
            month=plan.lasts,
            row=named(plan.gives_way_first),
            order=plan.order_by or 0,
        )
        if plan.next:
            yield wording("In month {month}: {step}.", month=plan.next.month or 0, step=step(plan.next))
    elif plan.next and not plan.short:
        yield wording("It lasts beyond {months} months at the declared growth.", months=plan.horizon)


def _trend(plan: Plan) -> Iterator[str]:
    if plan.trend:
        trend, spans = plan.trend, [_month(plan, each) for each in (plan.trend.earliest, plan.trend.latest)]
        low, growth, high = (f"{each * 100:.1f}" for each in trend.growth)
        yield wording(
            "Measured over {weeks} weeks: {growth} % a month ({low} to {high} %); by it the plan lasts until "
            "{month} ({earliest} to {latest}){first}.",
            weeks=f"{trend.weeks:.0f}",
            growth=growth,
            low=low,
            high=high,
            month=_month(plan, trend.lasts),
            earliest=spans[0],
            latest=spans[1],
            first=wording("; what gives way first: {row}", row=named(trend.gives_way_first)) if trend.lasts else "",
        )


def _month(plan: Plan, month: int | None) -> str:
    if month is None:
        return wording("beyond month {month}", month=plan.horizon)
    return wording("month {month}", month=month)


def _needs(sizing: Sizing, plan: Plan) -> str:
    media, signalling, whole = (
        format_quantity(sizing.value(f"network.{name}_bits_per_second"), "bit/s")
        for name in ("media", "signalling", "total")
    )
    relayed, disk = sizing.value("network.media_bits_per_second") > 0, plan.row("disk")
    network = wording("signalling of {rate} each way", rate=signalling)
    if relayed:
        network = wording("{media} each way ({all} with RTCP and signalling)", media=media, all=whole)
    return wording(
        "Needs: {calls} calls at once; {network}; {disk} of disk on each server; {database} of database in all.",
        calls=format_quantity(sizing.value("traffic.concurrent_calls_peak"), "count"),
        network=network,
        disk=format_quantity(disk.need.typical if disk else 0, "B"),
        database=format_quantity(sizing.value("database.retained_bytes"), "B"),
    )


def _costs(sizing: Sizing) -> Iterator[str]:
    if sizing.value("cost.per_month"):
        yield wording(
            "Cost at the declared prices: {month} a month, {year} a year.",
            month=f"{sizing.value('cost.per_month'):,.0f}",
            year=f"{sizing.value('cost.per_year'):,.0f}",
        )


def _cheapest(sizing: Sizing) -> Iterator[str]:
    plan = sizing.plan
    if priced(sizing.leaves):
        sure = _share(plan.asked or SURE)
        if not plan.offers:
            yield wording("Nothing that can be bought suffices in {share} of the cases.", share=sure)
            return
        first, other = plan.offers[0], plan.contrast
        told = wording(
            "Cheapest that suffices in {share} of the cases: {offer}, {cost} a month.",
            share=sure,
            offer=offered(first),
            cost=f"{first.cost:,.0f}",
        )
        yield told + (
            ""
            if other is None
            else wording(" Against it {offer}: {cost}.", offer=offered(other), cost=f"{other.cost:,.0f}")
        )


def offered(offer: Offer) -> str:
    """Return what is offered in short, spare and standby servers included."""
    disk = format_quantity(offer.disk, "B")
    if not offer.tier:
        return _such(offer.total, disk)
    return wording("{servers} x {tier} with {disk}", servers=offer.total, tier=offer.tier.capitalize(), disk=disk)


def _assumed(sizing: Sizing) -> Iterator[str]:
    chosen = (item for item in sizing.assumptions if item.origin == "default" and item.grounds == "assumption")
    known = [item for item in chosen if item.influence > 0][:_MOST]
    parts = [
        f"{item.label.split(':')[0]} {format_quantity(item.value, item.unit)} ({item.replace.rstrip('=')})"
        for item in known
    ]
    if sizing.value("traffic.mean_to_peak") >= 1:
        parts.append(wording("a flat day, 24 hours at the peak (traffic.busy_hour_profile)"))
    if sizing.plan.next is None and not sizing.plan.short and "traffic.growth_per_month" not in sizing.inputs:
        parts.append(wording("no growth (--growth)"))
    if parts:
        yield wording("Assumed, most decisive first: {parts}.", parts="; ".join(parts))
        yield wording("Pass your own, or measure them: plan cdr profile, --profile FILE.")
