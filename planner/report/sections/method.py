"""Method, glossary and provenance: how the numbers came about, from what inputs."""

from __future__ import annotations

import re
from bisect import bisect_left

from planner.catalogue.data import MARK, sources
from planner.report.blocks import Block, Cell, Column, Notes, Section, Table
from planner.report.evidence import Draft
from planner.report.language import cited, mark
from planner.sizing.numbers import Estimate

GLOSSARY = (
    (mark("CPS"), mark("Call attempts per second.")),
    (mark("ASR"), mark("Answer-seizure ratio: answered calls as a share of attempts.")),
    (mark("ACD"), mark("Average call duration of answered calls.")),
    (mark("PDD"), mark("Post-dial delay: from the attempt to the first sign of ringing.")),
    (mark("Erlang"), mark("One channel held for the whole time; attempts per second times seconds held.")),
    (mark("Busy hour"), mark("The hour of the day with the most traffic: what is planned for.")),
    (mark("Grade of service"), mark("The share of attempts that find all channels busy in the busy hour.")),
    (mark("Spare"), mark("A server more than the load needs (N+1), so that any one may fail or be serviced.")),
    (mark("Standby"), mark("The second server of a disaster-recovery pair: it waits for its active server to fail.")),
    (mark("Leg"), mark("One side of a call; a relayed call has two, each with media in both directions.")),
    (mark("Ptime"), mark("The milliseconds of speech one media packet carries.")),
    (mark("CDR"), mark("Call detail record: one line of text and one database row about one attempt.")),
    (mark("Rotation"), mark("The oldest record file is deleted when the permitted number of files is reached.")),
)
MOST_INPUTS = 6
_RFC = re.compile(r"RFC (\d+)\b")
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|int)\b(?:/[^\s,;]*)?")
"""Where an address of the web stands in a locator."""
METHOD = (
    mark(
        "Calls in progress follow from arrivals times holding time (Little's law); channels from Erlang's loss formula."
    ),
    mark(
        "Every figure is an estimate with a low, a typical and a high case; low and high come from "
        "the documented ranges of what it rests on."
    ),
    mark("The typical case is planned for. The high case is the one to watch when monitoring."),
    mark(
        "A declared or measured value replaces an assumption of the same name; documented figures "
        "are taken from the sources named."
    ),
    mark("Bandwidth is given for each direction at the server's interface; GB is 10⁹ bytes, GiB 2³⁰."),
)


def write(draft: Draft) -> Section:
    """Return the section: every report has one."""
    say = draft.say
    blocks: list[Block] = [Notes(tuple(Cell(say(text)) for text in METHOD), say("How the numbers came about"))]
    if notes := draft.evidence.sizing.notes:
        cells = tuple(draft.label(note.text) for note in notes)
        blocks.append(Notes(cells, say("Where sources disagree")))
    blocks += [_figures(draft), _glossary(draft), *_cited(draft), _provenance(draft)]
    return Section("method", say("Method, glossary and provenance"), "", tuple(blocks))


def _figures(draft: Draft) -> Table:
    say = draft.say
    shown = (
        "traffic.concurrent_calls",
        "traffic.concurrent_calls_peak",
        "cdr.bytes_per_day",
        "cdr.retained_bytes",
        "database.retained_bytes",
        "network.media_bits_per_second",
        "kernel.udp_ports",
        "hardware.cpu_cores",
        "hardware.disk_bytes",
        "hardware.servers",
    )
    rows: list[list[Cell | str]] = [
        [draft.label(estimate.label), _follows(draft, estimate), draft.shown(name)]
        for name in shown
        if (estimate := draft.figure(name))
    ]
    titles = [say(title) for title in (mark("Figure"), mark("Follows from"), mark("Typical"))]
    return draft.table(say("What the headline figures follow from"), titles, rows, 2)


def _follows(draft: Draft, estimate: Estimate) -> str:
    """Return the numbers a figure is made of, in words."""
    sizing, say = draft.evidence.sizing, draft.say
    made = (sizing.figures.get(name) or sizing.leaves.get(name) for name in estimate.inputs)
    labels = [draft.short(each.label) for each in made if each and not each.label.isdigit()]
    return say("; ").join(dict.fromkeys(labels[:MOST_INPUTS])) or "\N{EN DASH}"


def _glossary(draft: Draft) -> Table:
    say = draft.say
    rows: list[list[Cell | str]] = [[say(term), say(meaning)] for term, meaning in GLOSSARY]
    return draft.table(say("Glossary"), [say("Term"), say("Meaning")], rows, 2)


def _cited(draft: Draft) -> list[Table]:
    sizing = draft.evidence.sizing
    used = {text for each in sizing.assumptions for text in each.sources}
    used |= {text for each in sizing.figures.values() for text in each.sources}
    ordered = [*sorted(used), ""]
    rows = tuple(
        _source(draft, entry["title"], entry["locator"])
        for entry in sources().values()
        if ordered[bisect_left(ordered, begin := entry["title"] + MARK, hi=len(used))].startswith(begin)
    )
    say = draft.say
    columns = tuple(Column(say(title)) for title in (mark("Source"), mark("Where")))
    return [Table(say("Sources"), columns, rows)] if rows else []


def _source(draft: Draft, title: str, locator: str) -> tuple[Cell, Cell]:
    """Return a source and where it stands, each with its address where it has one."""
    rfc, site = _RFC.match(title), _SITE.match(locator)
    named = cited(draft.say, [title])._replace(link=f"https://www.rfc-editor.org/rfc/rfc{rfc[1]}" if rfc else "")
    return named, cited(draft.say, [locator])._replace(link=f"https://{site[0]}" if site else "")


def _provenance(draft: Draft) -> Table:
    say, provenance = draft.say, draft.evidence.provenance
    rows: list[list[Cell | str]] = [
        [say("Program"), f"plan {provenance.version}"],
        [say("Command"), Cell(provenance.command, "code")],
        [say("Date"), say.date(provenance.date)],
    ]
    for source in provenance.inputs:
        size = say.quantity(source.size, "B")
        rows.append([say("Input"), Cell(source.name, "code", detail=f"{size}, SHA-256 {source.digest}")])
    return draft.table(say("Provenance"), [say("What"), say("Value")], rows, 2)
