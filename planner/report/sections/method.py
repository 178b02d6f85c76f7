"""Method, glossary and provenance: how the numbers came about, from what inputs."""

from __future__ import annotations

import re
from bisect import bisect_left

from planner.catalogue.data import MARK, sources
from planner.report.blocks import Block, Cell, Column, Notes, Section, Table
from planner.report.evidence import Draft
from planner.report.language import cited, mark
from planner.sizing.constants import data
from planner.sizing.numbers import Estimate

MOST_INPUTS = 6
_RFC = re.compile(r"RFC (\d+)\b")
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|int)\b(?:/[^\s,;]*)?")
"""Where an address of the web stands in a locator."""


def write(draft: Draft) -> Section:
    """Return the section: every report has one."""
    say = draft.say
    blocks: list[Block] = [
        Notes(tuple(Cell(say(text)) for text in data("report")["method"]), say("How the numbers came about"))
    ]
    if notes := draft.evidence.sizing.notes:
        cells = tuple(draft.label(note.text) for note in notes)
        blocks.append(Notes(cells, say("Where sources disagree")))
    blocks += [_figures(draft), _glossary(draft), *_cited(draft), _provenance(draft)]
    return Section("method", say("Method, glossary and provenance"), "", tuple(blocks))


def _figures(draft: Draft) -> Table:
    say = draft.say
    rows: list[list[Cell | str]] = [
        [draft.label(estimate.label), _follows(draft, estimate), draft.shown(name)]
        for name in data("report")["tables"]["headline"]
        if (estimate := draft.figure(name))
    ]
    titles = [say("Figure"), say("Follows from"), say("Typical")]
    return draft.table(say("What the headline figures follow from"), titles, rows, 2)


def _follows(draft: Draft, estimate: Estimate) -> str:
    """Return the numbers a figure is made of, in words."""
    sizing, say = draft.evidence.sizing, draft.say
    made = (sizing.figures.get(name) or sizing.leaves.get(name) for name in estimate.inputs)
    labels = [draft.short(each.label) for each in made if each and not each.label.isdigit()]
    return say("; ").join(dict.fromkeys(labels[:MOST_INPUTS])) or "\N{EN DASH}"


def _glossary(draft: Draft) -> Table:
    say = draft.say
    rows: list[list[Cell | str]] = [[say(term), say(meaning)] for term, meaning in data("report")["glossary"].items()]
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
