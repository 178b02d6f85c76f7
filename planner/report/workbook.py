"""The report as a workbook: assumptions to change, and figures that follow by live formulas."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from planner.report import live
from planner.report.blocks import Section, Table
from planner.report.formulas import Book
from planner.report.language import mark
from planner.report.palette import BLUE
from planner.report.report import Report
from planner.report.sections.decision import TIERS
from planner.sizing.constants import tiers
from planner.sizing.plan import Plan, Row
from planner.sizing.tiers import RESOURCES, available

HEADLINES = (
    "traffic.cps",
    "traffic.offered_erlangs",
    "traffic.concurrent_calls_peak",
    "network.media_bits_per_second",
    "network.signalling_bits_per_second",
    "cdr.bytes_per_day",
    "cdr.retention_seconds",
    "cdr.retained_bytes",
    "database.retained_bytes",
    "hardware.servers",
    "hardware.cpu_cores",
    "server.ram_bytes",
    "hardware.disk_bytes",
)
_FINDINGS = (
    (mark("Severity"), 12),
    (mark("Rule"), 34),
    (mark("Finding"), 70),
    (mark("What to do"), 70),
    (mark("Place"), 40),
    (mark("Basis"), 14),
    (mark("Accepted because"), 40),
)
_GROWTH = (
    (mark("Limit"), 46),
    (mark("Needed now"), 18),
    (mark("Available"), 18),
    (mark("In use"), 12),
    (mark("Base unit"), 10),
    (mark("Month reached"), 16),
)
_DECISION = (
    (mark("Resource"), 46),
    (mark("Needed"), 18),
    (mark("Available"), 18),
    (mark("Planned for"), 12),
    (mark("In use"), 12),
    (mark("Suffices"), 12),
    (mark("Base unit"), 10),
)
_SUMMARY = ((mark("Figure"), 46), (mark("Low"), 18), (mark("Typical"), 18), (mark("High"), 18), (mark("Base unit"), 12))


def workbook(report: Report) -> bytes:
    """Return the workbook's bytes; the same report gives the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    target = BytesIO()
    # Texts of users are texts: never formulas, links or numbers by accident.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties({"title": _title(report), "created": dt.datetime.combine(report.date, dt.time())})
        _write(Book(file, report.say), report)
    return target.getvalue()


def _title(report: Report) -> str:
    return report.say("{title}: {site}", title=report.cover.title, site=report.cover.site)


def _write(book: Book, report: Report) -> None:
    """Write every sheet in the order a reader needs them; formulas refer to names that later ones define."""
    figures = live.Live(report)
    _summary(book, book.sheet(mark("Summary")), report)
    _decision(book, book.sheet(mark("Decision")), report)
    _changes(book, report)
    live.assumptions(book, book.sheet(mark("Assumptions")), figures)
    live.figures(book, book.sheet(mark("Figures")), figures)
    live.steps(book, book.sheet(mark("Steps")), figures)
    _findings(book, book.sheet(mark("Findings")), report)
    _growth(book, book.sheet(mark("Growth")), report)


def _summary(book: Book, sheet: Any, report: Report) -> None:  # noqa: ANN401  xlsxwriter is not typed
    cover, say = report.cover, report.say
    book.texts(sheet, 0, 0, [_title(report)], book.title)
    about = (
        (mark("Prepared for"), cover.customer),
        (mark("Prepared by"), cover.prepared_by),
        (mark("Date"), cover.date),
        (mark("Verdict"), say("{verdict}. {summary}", verdict=cover.verdict, summary=cover.summary)),
    )
    for row, (name, value) in enumerate(about, 2):
        sheet.write_string(row, 0, say(name), book.bold)
        book.texts(sheet, row, 1, [value])
    book.heads(sheet, 7, _SUMMARY)
    headlines = [name for name in HEADLINES if name in report.sizing.figures]
    for row, name in enumerate(headlines, 8):
        estimate = report.sizing.figures[name]
        low, typical, high = estimate.range
        sheet.write_string(row, 0, say(estimate.label))
        sheet.write_number(row, 1, low, book.number(low, estimate.unit))
        sheet.write_formula(row, 2, f"={name}", book.number(typical, estimate.unit), typical)
        sheet.write_number(row, 3, high, book.number(high, estimate.unit))
        sheet.write_string(row, 4, estimate.unit)
    note = mark(
        "Change a yellow cell on the sheet of assumptions: the typical figures follow. Low and high are as computed."
    )
    sheet.write_string(9 + len(headlines), 0, say(note))
    for row, (name, value) in enumerate(cover.answer, 11 + len(headlines)):
        sheet.write_string(row, 0, name, book.bold)
        book.texts(sheet, row, 1, [value])


def _decision(book: Book, sheet: Any, report: Report) -> None:  # noqa: ANN401  as above
    """Write the plan held still: needs follow the assumptions, capacities are there to change, the verdict follows."""
    say, made = book.say, report.sizing.plan
    first, last = 6, 5 + len(made.resources)
    sheet.write_string(0, 0, say("Decision"), book.title)
    sheet.write_string(1, 0, say("With the cells as they are, in the typical case, the plan"), book.bold)
    words = book.verdict(mark("suffices"), mark("does not suffice"))
    every = "*".join(f"F{row}" for row in range(first, last + 1))
    sheet.write_formula(1, 1, f"=IF({every}>0,1,0)", words, int(not made.short))
    instead, now = _instead(book, made)
    sheet.write_formula(1, 2, instead, book.bold, now)
    sheet.write_string(2, 0, say("Servers that the load needs"), book.bold)
    sheet.write_number(2, 1, made.servers.needed, book.input(made.servers.needed))
    book.define(live.DECIDED_SERVERS, sheet, 2, 1)
    sheet.write_string(3, 0, say("Servers that carry load"), book.bold)
    sheet.write_formula(3, 1, "=hardware.servers_planned", book.number(made.servers.active), made.servers.active)
    book.heads(sheet, first - 2, _DECISION)
    for row, each in enumerate(made.resources, first):
        _resource(book, sheet, row, each)
    note = mark("Yellow cells are there to change: traffic on the sheet of assumptions, servers and capacities here.")
    sheet.write_string(last + 1, 0, say(note))
    hardware = next((each for each in report.sections if each.key == "hardware"), None)
    if hardware:
        _tables(book, sheet, last + 3, hardware)
    _bars(book, sheet, (mark("In use, each server"), first, last, "E"))


def _instead(book: Book, plan: Plan) -> tuple[str, str]:
    """Return the formula of what to do where the plan does not suffice, and what it says now."""
    told = book.say("run plan size with these values: it decides servers and tier anew")
    instead, now = _text(told), told
    fitting = {each.tier for each in plan.rejected if not each.short}
    declared = any(part.origin == "declared" for part in plan.host.parts)
    for name in [] if declared else [tier["name"] for tier in reversed(tiers())]:
        fits = ",".join(f"{each.need}<={available(name, key)}*(1+1E-9)" for key, each in RESOURCES.items())
        wanted = mark("as many servers of the {tier} tier would carry it: run plan size to confirm")
        told = book.say(wanted, tier=book.say(TIERS[name]))
        instead, now = f"IF(AND({fits}),{_text(told)},{instead})", told if name in fitting else now
    return f'=IF(B2>0,"",{instead})', now if plan.short else ""


def _text(said: str) -> str:
    return '"' + said.replace('"', '""') + '"'


def _resource(book: Book, sheet: Any, row: int, each: Row) -> None:  # noqa: ANN401  as above
    need, test = each.need.typical, f"=IF(B{row}<=C{row}*D{row}*(1+1E-9),1,0)"
    sheet.write_string(row - 1, 0, book.say(each.label))
    sheet.write_formula(row - 1, 1, f"={each.figure}", book.number(need, each.unit), need)
    sheet.write_number(row - 1, 2, each.capacity, book.input(each.capacity))
    sheet.write_number(row - 1, 3, each.ceiling, book.share)
    sheet.write_formula(row - 1, 4, f"=IF(C{row}>0,B{row}/C{row},0)", book.share, each.utilisation)
    sheet.write_formula(row - 1, 5, test, book.verdict(mark("yes"), mark("no")), int(each.suffices))
    sheet.write_string(row - 1, 6, each.unit)


def _bars(book: Book, sheet: Any, shown: tuple[str, int, int, str]) -> None:  # noqa: ANN401  as above
    """Draw a column of a sheet as bars, the first on top."""
    title, first, last, column = shown
    chart, name = book.book.add_chart({"type": "bar"}), f"'{sheet.get_name()}'"
    values = f"={name}!${column}${first}:${column}${last}"
    chart.add_series({"categories": f"={name}!$A${first}:$A${last}", "values": values, "fill": {"color": BLUE}})
    chart.set_title({"name": book.say(title), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 620, "height": 120 + 24 * (last - first + 1)})
    sheet.insert_chart(f"I{first - 1}", chart)


def _changes(book: Book, report: Report) -> None:
    """Write what changed since an earlier report, where one was given."""
    section = next((each for each in report.sections if each.key == "changes"), None)
    if section is None:
        return
    sheet = book.sheet(mark("Since last time"))
    book.texts(sheet, 0, 0, [section.title], book.title)
    book.texts(sheet, 1, 0, [section.lead])
    _tables(book, sheet, 3, section)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 2, 28)


def _tables(book: Book, sheet: Any, row: int, section: Section) -> None:  # noqa: ANN401  as above
    """Write the tables of a section below each other as it has them."""
    for table in (block for block in section.blocks if isinstance(block, Table)):
        book.texts(sheet, row, 0, [table.caption], book.bold)
        book.texts(sheet, row + 1, 0, [each.title for each in table.columns], book.bold)
        for below, cells in enumerate(table.rows, row + 2):
            book.texts(sheet, below, 0, [each.text for each in cells])
        row += len(table.rows) + 3


def _findings(book: Book, sheet: Any, report: Report) -> None:  # noqa: ANN401  as above
    book.heads(sheet, 0, _FINDINGS)
    for row, each in enumerate(report.data["findings"], 1):
        accepted = each["suppressed"] or {"reason": ""}
        message, advice = each["message"], each["help"]
        place = f"{each['path']}:{each['line']}:{each['column']}"
        texts = (
            book.say(each["severity"]),
            each["rule"],
            book.say(message),
            book.say(advice),
            place,
            book.say(each["basis"]),
            accepted["reason"],
        )
        book.texts(sheet, row, 0, texts, book.wrap)


def _growth(book: Book, sheet: Any, report: Report) -> None:  # noqa: ANN401  as above
    book.heads(sheet, 0, _GROWTH)
    reached = len(report.sizing.growth) + 1
    if any(each.month for each in report.sizing.growth):
        _bars(book, sheet, (mark("Months until each limit is reached"), 2, reached, "F"))
    for row, each in enumerate(report.sizing.growth, 1):
        sheet.write_string(row, 0, book.say(each.label))
        sheet.write_formula(row, 1, f"={each.figure}", book.number(each.needed, each.unit), each.needed)
        sheet.write_number(row, 2, each.available, book.number(each.available, each.unit))
        used = each.needed / each.available if each.available else 0
        sheet.write_formula(row, 3, f"=IF(C{row + 1}>0,B{row + 1}/C{row + 1},0)", book.share, used)
        sheet.write_string(row, 4, each.unit)
        never = book.say("not at this growth")
        month = never if each.month is None else each.month
        sheet.write_formula(row, 5, _month(f"B{row + 1}", f"C{row + 1}", never), None, month)


def _month(needed: str, available: str, never: str) -> str:
    """Return the formula of the month in which a limit is reached: 0 where it already is."""
    months = f"ROUNDUP(LN({available}/{needed})/LN(1+{live.GROWTH})*(1+1E-9)+1E-9,0)"
    growing = f'IF(OR({live.GROWTH}<=0,{needed}<=0),"{never}",MAX({months},1))'
    return f"=IF({needed}>{available}*(1+1E-9),0,{growing})"
