"""The report as a workbook: assumptions to change, and figures that follow by live formulas."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.report.excel import CHANNELS, CHANNELS_OF, Untranslatable, bisection_rows, formula
from planner.report.marking import mark

if TYPE_CHECKING:
    from planner.report.model import Report

_SWITCHES = ("given.", "server.media", "option.", "database.innodb", "database.myisam", "framing.documented")


def workbook(report: Report) -> bytes:
    """Return the workbook's bytes; the same report gives the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    target = BytesIO()
    # Texts of users are texts: never formulas, links or numbers by accident.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(
            {"title": f"{report.cover.title}: {report.cover.site}", "created": _created(report)}
        )
        _Sheets(book, report).write()
    return target.getvalue()


def _created(report: Report) -> dt.datetime:
    return dt.datetime.combine(report.date, dt.time(), dt.UTC).replace(tzinfo=None)


class _Sheets:
    """The sheets of one workbook, in the order a reader needs them."""

    def __init__(self, book: Any, report: Report) -> None:  # noqa: ANN401  xlsxwriter is not typed
        self.book, self.report, self.say = book, report, report.say
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.number = book.add_format({"num_format": "#,##0.###"})
        self.input = book.add_format({"num_format": "#,##0.######", "bg_color": "#FFF7DB", "border": 1})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        """Write every sheet; formulas on the first refer to names the later ones define."""
        names = (
            mark("Summary"),
            mark("Assumptions"),
            mark("Figures"),
            "Erlang B",
            mark("Findings"),
            mark("Growth"),
        )
        sheets = [self.book.add_worksheet(self.say(name)) for name in names]
        self._summary(sheets[0])
        self._assumptions(sheets[1])
        self._figures(sheets[2])
        self._erlang(sheets[3])
        self._findings(sheets[4])
        self._growth(sheets[5])

    def _heads(self, sheet: Any, row: int, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:  # noqa: ANN401
        for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
            sheet.write_string(row, column, self.say(title), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(row + 1, 1)

    def _summary(self, sheet: Any) -> None:  # noqa: ANN401  as above
        cover, say = self.report.cover, self.say
        sheet.write_string(0, 0, f"{cover.title}: {cover.site}", self.title)
        about = (
            (mark("Prepared for"), cover.customer),
            (mark("Prepared by"), cover.prepared_by),
            (mark("Date"), cover.date),
            (mark("Verdict"), f"{cover.verdict}. {cover.summary}"),
        )
        for row, (name, value) in enumerate(about, 2):
            sheet.write_string(row, 0, say(name), self.bold)
            sheet.write_string(row, 1, value)
        titles = (mark("Figure"), mark("Low"), mark("Typical"), mark("High"), mark("Unit"))
        self._heads(sheet, 7, titles, (46, 18, 18, 18, 12))
        headlines = [each for each in HEADLINES if each in self.report.sizing.figures]
        for row, name in enumerate(headlines, 8):
            estimate = self.report.sizing.figures[name]
            sheet.write_string(row, 0, say(estimate.label))
            sheet.write_number(row, 1, estimate.range.low, self.number)
            sheet.write_formula(row, 2, f"={name}", self.number, estimate.range.typical)
            sheet.write_number(row, 3, estimate.range.high, self.number)
            sheet.write_string(row, 4, estimate.unit)
        note = mark(
            "Change a yellow cell on the sheet of assumptions: the typical figures follow. Low and "
            "high are as computed."
        )
        sheet.write_string(9 + len(headlines), 0, say(note))

    def _assumptions(self, sheet: Any) -> None:  # noqa: ANN401  as above
        titles = (
            mark("Name"),
            mark("Typical"),
            mark("Low"),
            mark("High"),
            mark("Unit"),
            mark("Basis"),
            mark("Meaning"),
            mark("Source"),
        )
        self._heads(sheet, 0, titles, (34, 18, 18, 18, 10, 14, 60, 60))
        influence = {each.name: each.influence for each in self.report.sizing.assumptions}
        leaves = sorted(self.report.leaves().values(), key=lambda each: -influence.get(each.name, 0.0))
        for row, each in enumerate(leaves, 1):
            sheet.write_string(row, 0, each.name)
            sheet.write_number(row, 1, each.value, self.input)
            sheet.write_number(row, 2, each.low, self.number)
            sheet.write_number(row, 3, each.high, self.number)
            texts = (each.unit, str(each.basis), self.say(each.label), "; ".join(each.sources))
            for column, text in enumerate(texts, 4):
                sheet.write_string(row, column, text)
            self.book.define_name(each.name, f"='{sheet.get_name()}'!$B${row + 1}")

    def _figures(self, sheet: Any) -> None:  # noqa: ANN401  as above
        titles = (
            mark("Name"),
            mark("Typical"),
            mark("Low"),
            mark("High"),
            mark("Unit"),
            mark("Meaning"),
            mark("Formula"),
        )
        self._heads(sheet, 0, titles, (44, 18, 18, 18, 10, 60, 80))
        for row, (name, estimate) in enumerate(self.report.sizing.figures.items(), 1):
            sheet.write_string(row, 0, name)
            low, typical, high = estimate.range
            live = self._formula(estimate.formula)
            if live is None:
                sheet.write_number(row, 1, typical, self.number)
            else:
                sheet.write_formula(row, 1, f"={live}", self.number, typical)
            sheet.write_number(row, 2, low, self.number)
            sheet.write_number(row, 3, high, self.number)
            for column, text in enumerate((estimate.unit, self.say(estimate.label), estimate.formula), 4):
                sheet.write_string(row, column, text)
            self.book.define_name(name, f"='{sheet.get_name()}'!$B${row + 1}")

    def _formula(self, text: str) -> str | None:
        from planner.sizing.constants import tables  # noqa: PLC0415  with the model

        leaves = self.report.leaves()
        settled = {name: each.value for name, each in leaves.items() if name.startswith(_SWITCHES)}
        try:
            return formula(text, settled, tables())
        except Untranslatable:
            return None

    def _erlang(self, sheet: Any) -> None:  # noqa: ANN401  as above
        """Halve an interval of channels until it is one wide: the smallest number that keeps the blocking."""
        self._heads(
            sheet, 0, (mark("Too few"), mark("Enough"), mark("Tried"), mark("Blocked")), (14, 14, 14, 20)
        )
        known = {**self.report.sizing.figures, **self.report.leaves()}
        if not all(name in known for name in CHANNELS_OF):
            return
        load, blocking = CHANNELS_OF
        channels = self.report.sizing.figures["traffic.concurrent_calls_peak"].range.typical
        rows = bisection_rows(channels)
        for row in range(1, rows + 1):
            previous = row  # The row above, as Excel counts from 1.
            low = "-1" if row == 1 else f"=IF(D{previous}>{blocking},C{previous},A{previous})"
            high = f"={2**rows - 1}" if row == 1 else f"=IF(D{previous}>{blocking},B{previous},C{previous})"
            sheet.write_formula(row, 0, low if low.startswith("=") else f"={low}")
            sheet.write_formula(row, 1, high)
            here = row + 1
            sheet.write_formula(row, 2, f"=INT((A{here}+B{here})/2)")
            density = f"POISSON(C{here},{load},FALSE)"
            sheet.write_formula(row, 3, f"=IF({load}<=0,0,IFERROR({density}/POISSON(C{here},{load},TRUE),1))")
        sheet.write_string(rows + 2, 0, self.say(mark("Channels")), self.bold)
        last = rows + 1
        sheet.write_formula(rows + 2, 1, f"=IF(D{last}>{blocking},B{last},C{last})", self.bold, channels)
        self.book.define_name(CHANNELS, f"='{sheet.get_name()}'!$B${rows + 3}")

    def _findings(self, sheet: Any) -> None:  # noqa: ANN401  as above
        titles = (
            mark("Severity"),
            mark("Rule"),
            mark("Finding"),
            mark("What to do"),
            mark("Place"),
            mark("Basis"),
            mark("Accepted because"),
        )
        self._heads(sheet, 0, titles, (12, 34, 70, 70, 40, 14, 40))
        for row, each in enumerate(self.report.data["findings"], 1):
            accepted = each["suppressed"] or {"reason": ""}
            place = f"{each['path']}:{each['line']}:{each['column']}"
            texts = (
                self.say(each["severity"]),
                each["rule"],
                each["message"],
                each["help"],
                place,
                self.say(each["basis"]),
                accepted["reason"],
            )
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self.wrap)

    def _growth(self, sheet: Any) -> None:  # noqa: ANN401  as above
        titles = (
            mark("Limit"),
            mark("Needed now"),
            mark("Available"),
            mark("In use"),
            mark("Unit"),
            mark("Month reached"),
        )
        self._heads(sheet, 0, titles, (46, 18, 18, 12, 10, 16))
        share = self.book.add_format({"num_format": "0.0 %"})
        for row, each in enumerate(self.report.sizing.growth, 1):
            sheet.write_string(row, 0, self.say(each.label))
            sheet.write_number(row, 1, each.needed, self.number)
            sheet.write_number(row, 2, each.available, self.number)
            used = each.needed / each.available if each.available else 0
            sheet.write_formula(row, 3, f"=IF(C{row + 1}>0,B{row + 1}/C{row + 1},0)", share, used)
            sheet.write_string(row, 4, each.unit)
            if each.month is None:
                sheet.write_string(row, 5, self.say(mark("not at this growth")))
            else:
                sheet.write_number(row, 5, each.month)


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
