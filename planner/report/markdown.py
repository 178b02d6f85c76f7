"""The report as Markdown: each chart as its question, its answer and its table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.report.blocks import Action, Actions, Block, Cell, Chart, Drawing, Notes, Table
from planner.report.language import Language
from planner.report.report import Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""What Markdown reads as markup; addresses of pages and mail, which some readers make links of, included."""


def markdown(report: Report) -> str:
    """Return the report as CommonMark with tables, ended by a newline."""
    lines = [*_cover(report)]
    for section in report.sections:
        lines += ["", f"## {escaped(section.title)}", ""]
        lines += [escaped(section.lead), ""] if section.lead else []
        for block in section.blocks:
            lines += [*_block(block, report.say), ""]
    return "\n".join([*lines, escaped(report.colophon)]).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _cover(report: Report) -> Iterator[str]:
    cover, say = report.cover, report.say
    yield f"# {escaped(say('{title}: {site}', title=cover.title, site=cover.site))}"
    yield ""
    for name, value in (("Prepared for", cover.customer), ("Prepared by", cover.prepared_by), ("Date", cover.date)):
        if value:
            yield f"- {escaped(say(name))}: {escaped(value)}"
    yield ""
    verdict = say("{verdict}.", verdict=cover.verdict)
    yield f"**{escaped(verdict)}** {escaped(cover.summary)}"
    yield ""
    yield from (f"- {escaped(name)}: {escaped(text)}" for name, text in cover.answer)
    yield ""
    for figure in cover.figures:
        yield f"- {escaped(figure.label)}: **{escaped(figure.value)}** ({escaped(figure.span)})"
    if report.unmasked:
        yield ""
        yield f"> {escaped(say('Telephone numbers and addresses in this report are not masked.'))}"


def _block(block: Block, say: Language) -> list[str]:
    match block:
        case Table():
            return _table(block)
        case Chart(question=question, answer=answer, table=table):
            return [f"### {escaped(question)}", "", escaped(answer), "", *_table(table)]
        case Drawing(question=question, answer=answer):
            return [f"### {escaped(question)}", "", escaped(answer)]
        case Notes(title=title, items=items):
            heading = [f"### {escaped(title)}", ""] if title else []
            return [*heading, *(f"- {_cell(item)}" for item in items)]
        case Actions(items=items, note=note):
            return [line for index, item in enumerate(items, 1) for line in _action(say, index, item)] + (
                [escaped(note)] if note else []
            )


def _table(table: Table) -> list[str]:
    heads = " | ".join(escaped(column.title) for column in table.columns)
    rule = " | ".join("---:" if column.numeric else "---" for column in table.columns)
    rows = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in table.rows]
    note = ["", escaped(table.note)] if table.note else []
    return [f"**{escaped(table.caption)}**", "", f"| {heads} |", f"| {rule} |", *rows, *note]


def _cell(cell: Cell) -> str:
    text = escaped(cell.text)
    return f"{text} ({escaped(cell.detail)})" if cell.detail else text


def _action(say: Language, index: int, item: Action) -> Iterator[str]:
    place = f" {escaped(item.place)}" if item.place else ""
    yield f"{index}. **{escaped(say(item.severity))}**{place}: {_cell(item.message)}"
    if item.help.text:
        yield f"   {_cell(item.help)}"
    if item.effect:
        yield f"   {escaped(item.effect)}"
    yield f"   ({escaped(item.rule)}, {escaped(say(item.basis))})"
