"""What the sheets of a workbook share: cell formats, headings, and texts that stay texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.report.language import Language

MOST_CHARACTERS = 32_767
"""How many characters a cell holds."""
_WHOLE, _BROKEN, _PRECISE = "#,##0", "#,##0.0##", "#,##0.0#####"


class Book:
    """An open workbook with its formats; names of sheets are said in the reader's language."""

    def __init__(self, book: Any, say: Language) -> None:  # noqa: ANN401  xlsxwriter is not typed
        self.book, self.say = book, say
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.share = book.add_format({"num_format": "0.0 %"})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._numbers = {pattern: book.add_format({"num_format": pattern}) for pattern in (_WHOLE, _BROKEN)}
        yellow = {"bg_color": "#FFF7DB", "border": 1}
        self._inputs = {pattern: book.add_format({"num_format": pattern, **yellow}) for pattern in (_WHOLE, _PRECISE)}

    def sheet(self, name: str) -> Any:  # noqa: ANN401  as above
        """Return a new sheet, named by a message."""
        return self.book.add_worksheet(self.say(name))

    def heads(self, sheet: Any, row: int, columns: Sequence[tuple[str, int]]) -> None:  # noqa: ANN401
        """Write a row of headings with the widths of their columns; it and the first column stay in sight."""
        for column, (title, width) in enumerate(columns):
            sheet.write_string(row, column, self.say(title), self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(row + 1, 1)

    def texts(self, sheet: Any, row: int, column: int, texts: Sequence[str], look: Any = None) -> None:  # noqa: ANN401
        """Write texts side by side: never formulas, links or numbers by accident."""
        for index, text in enumerate(texts, column):
            sheet.write_string(row, index, text[:MOST_CHARACTERS], look)

    def number(self, value: float) -> Any:  # noqa: ANN401  as above
        """Return the format a number is shown in."""
        return self._numbers[_WHOLE if float(value).is_integer() else _BROKEN]

    def input(self, value: float) -> Any:  # noqa: ANN401  as above
        """Return the format of a number to change."""
        return self._inputs[_WHOLE if float(value).is_integer() else _PRECISE]

    def define(self, name: str, sheet: Any, row: int, column: int) -> None:  # noqa: ANN401
        """Give a cell a name that formulas use."""
        self.book.define_name(name, f"='{sheet.get_name()}'!{place(row, column, fixed=True)}")


def place(row: int, column: int, *, fixed: bool = False) -> str:
    """Return a cell as formulas name it, row and column from 0: `B7`, or `$B$7`."""
    from xlsxwriter.utility import (  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, slow to import
        xl_rowcol_to_cell,
    )

    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))
