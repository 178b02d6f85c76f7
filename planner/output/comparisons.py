"""Comparisons of sizings as text, Markdown, CSV or JSON: differences first."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.sizing.numbers import number
from planner.wording import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.sizing.comparison import Difference


def render(rows: Sequence[Difference], names: Sequence[str], form: str, *, every: bool) -> str:
    """Return the rows that differ (all of them with `every`) as `text`, `markdown`, `csv`, `json` or `html`."""
    shown = [row for row in rows if every or row.differs]
    equal = sum(not row.differs for row in rows)
    if form == "json":
        return _json(shown, names)
    table = [_cells(row) for row in shown]
    heads = ["", names[0], *(cell for name in names[1:] for cell in (name, "ratio")), "name"]
    if form == "csv":
        return _csv(shown, names)
    if form == "markdown":
        return markdown_table(table, heads)
    if form == "html":
        from planner.output.cdr_page import render_rows  # noqa: PLC0415  its templates are slow to import

        said = f"{' beside '.join(names)}. {len(rows) - equal} of {len(rows)} values differ."
        return render_rows("Plans compared", said, ["what", *heads[1:]], table)
    rest = "" if every else f"\n{equal} of {len(rows)} are equal: --all shows them\n"
    return (text_table(table, heads) if table else "no difference\n") + rest


def _cells(row: Difference) -> list[str]:
    cells = [row.label, _value(row.values[0], row.unit)]
    for value, ratio in zip(row.values[1:], row.ratios, strict=True):
        cells += [_value(value, row.unit), "" if ratio is None else f"{ratio:.3g}x"]
    return [*cells, row.name]


def _value(value: Any, unit: str) -> str:  # noqa: ANN401  any JSON value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return format_quantity(value, unit)
    if isinstance(value, dict):
        return ", ".join(f"{name} {share:.4g}" for name, share in value.items())
    return "-" if value is None else str(value)


def text_table(table: list[list[str]], heads: list[str]) -> str:
    """Return rows below their heads, the first and the last column set left."""
    rows = [heads, *table]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    last = len(heads) - 1
    lines = []
    for row in rows:
        cells = (
            cell.ljust(size) if column in {0, last} else cell.rjust(size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def markdown_table(table: list[list[str]], heads: list[str]) -> str:
    """Return rows below their heads as a table of Markdown."""
    rule = ["---", *("---:" for _ in heads[2:]), "---"]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in (heads, rule, *table)
    )


def _csv(rows: Sequence[Difference], names: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_shown(["kind", "name", "unit", *names, *(f"{name} / {names[0]}" for name in names[1:])]))
    for row in rows:
        writer.writerow(_shown([row.kind, row.name, row.unit, *row.values, *row.ratios]))
    return text.getvalue()


def _shown(cells: Sequence[Any]) -> list[Any]:
    return [cell(each) if isinstance(each, str) else each for each in cells]


def _json(rows: Sequence[Difference], names: Sequence[str]) -> str:
    document = {
        "schema": "comparison-v1",
        "compared": list(names),
        "differences": [
            {**row._asdict(), "differs": row.differs, "ratios": [None if r is None else number(r) for r in row.ratios]}
            for row in rows
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
