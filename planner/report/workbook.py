"""The report as a workbook: assumptions to change, and figures that follow by live formulas."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.report import live
from planner.report.formulas import Book
from planner.report.language import mark

if TYPE_CHECKING:
    from planner.report.report import Report

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
    (mark("Unit"), 10),
    (mark("Month reached"), 16),
)
_SUMMARY = ((mark("Figure"), 46), (mark("Low"), 18), (mark("Typical"), 18), (mark("High"), 18), (mark("Unit"), 12))


def workbook(report: Report) -> bytes:
    """Return the workbook's bytes; the same report gives the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    target = BytesIO()
    # Texts of users are texts: never formulas, links or numbers by accident.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties({"title": _title(report), "created": _created(report)})
        _write(Book(file, report.say), report)
    return target.getvalue()


def _title(report: Report) -> str:
    return report.say(mark("{title}: {site}"), title=report.cover.title, site=report.cover.site)


def _created(report: Report) -> dt.datetime:
    return dt.datetime.combine(report.date, dt.time(), dt.UTC).replace(tzinfo=None)


def _write(book: Book, report: Report) -> None:
    """Write every sheet in the order a reader needs them; formulas refer to names that later ones define."""
    figures = live.Live(report)
    _summary(book, book.sheet(mark("Summary")), report)
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
        (mark("Verdict"), say(mark("{verdict}. {summary}"), verdict=cover.verdict, summary=cover.summary)),
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
        sheet.write_number(row, 1, low, book.number(low))
        sheet.write_formula(row, 2, f"={name}", book.number(typical), typical)
        sheet.write_number(row, 3, high, book.number(high))
        sheet.write_string(row, 4, estimate.unit)
    note = mark(
        "Change a yellow cell on the sheet of assumptions: the typical figures follow. Low and high are as computed."
    )
    sheet.write_string(9 + len(headlines), 0, say(note))


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
    for row, each in enumerate(report.sizing.growth, 1):
        sheet.write_string(row, 0, book.say(each.label))
        sheet.write_formula(row, 1, f"={each.figure}", book.number(each.needed), each.needed)
        sheet.write_number(row, 2, each.available, book.number(each.available))
        used = each.needed / each.available if each.available else 0
        sheet.write_formula(row, 3, f"=IF(C{row + 1}>0,B{row + 1}/C{row + 1},0)", book.share, used)
        sheet.write_string(row, 4, each.unit)
        never = book.say(mark("not at this growth"))
        month = never if each.month is None else each.month
        sheet.write_formula(row, 5, _month(f"B{row + 1}", f"C{row + 1}", never), None, month)


def _month(needed: str, available: str, never: str) -> str:
    """Return the formula of the month in which a limit is reached: 0 where it already is."""
    months = f"ROUNDUP(LN({available}/{needed})/LN(1+{live.GROWTH})*(1+1E-9)+1E-9,0)"
    growing = f'IF(OR({live.GROWTH}<=0,{needed}<=0),"{never}",MAX({months},1))'
    return f"=IF({needed}>{available}*(1+1E-9),0,{growing})"
