"""Sizings, scenarios and hosts side by side as text, Markdown, CSV or JSON: differences first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from planner.catalogue.display import format_quantity, shown
from planner.sizing.constants import tiers
from planner.sizing.numbers import EXACT, number
from planner.wording import cell, folded, wording

if TYPE_CHECKING:
    from planner.collect.hosts import Drift, Host
    from planner.deployment import Declared
    from planner.sizing.comparison import Difference
    from planner.sizing.grid import Chunk


def render(rows: Sequence[Difference], names: Sequence[str], form: str, *, every: bool, width: int = 0) -> str:
    """Return the rows that differ (all of them with `every`) as `text`, `markdown`, `csv` or `json`."""
    told = [row for row in rows if every or row.differs]
    equal = sum(not row.differs for row in rows)
    if form == "json":
        return _json(told, names)
    heads, table = tabled(told, names)
    if form == "csv":
        return _csv(told, names)
    if form == "markdown":
        return markdown_table(table, heads)
    rest = "" if every else f"\n{equal} of {len(rows)} are equal: --all shows them\n"
    return (text_table(table, heads, width) if table else "no difference\n") + rest


def tabled(rows: Sequence[Difference], names: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Return the heads and the rows of a table, as people read them."""
    return ["", names[0], *(cell for name in names[1:] for cell in (name, "ratio")), "name"], [*map(_cells, rows)]


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
    return "-" if value is None else shown(value) if value != "" else ""


def text_table(table: list[list[str]], heads: list[str], width: int = 0) -> str:
    """Return rows below their heads, the first and the last column set left.

    Where a terminal of `width` columns (0: any) is too narrow, heads break after a stroke, labels are folded, and the
    last cell stands below its row if it must.
    """
    tops, least = [[head] for head in heads], 0
    if width and _total(_widths(table, tops)) > width:
        tops, least = [head.replace("/", "/ ").split(" ") for head in heads], _LEAST_LABEL
    widths = _widths(table, tops)
    apart = bool(least) and width - _total(widths[1:]) - _GAP < least
    if least:
        widths[0] = min(widths[0], max(width - _total(widths[1 : len(widths) - apart]) - _GAP, least))
    height = max(map(len, tops))
    lines = [
        _aligned([([""] * (height - len(top)) + top)[line] for top in tops], widths, apart) for line in range(height)
    ]
    lines += [f"    {heads[-1]}"] if apart else []
    for row in table:
        first, *below = folded(row[0], widths[0]) or [""] if least else [row[0]]
        lines += [
            _aligned([first, *row[1:]], widths, apart),
            *below,
            *([f"    {row[-1]}"] if apart and row[-1] else []),
        ]
    return "\n".join(lines) + "\n"


_GAP = 2
_LEAST_LABEL = 24


def _widths(table: list[list[str]], tops: list[list[str]]) -> list[int]:
    return [max(map(len, (*top, *(row[column] for row in table)))) for column, top in enumerate(tops)]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _aligned(row: Sequence[str], widths: Sequence[int], apart: bool) -> str:  # noqa: FBT001  a private function
    last = len(row) - 1
    cells = [
        cell.ljust(size) if column in {0, last} else cell.rjust(size)
        for column, (cell, size) in enumerate(zip(row, widths, strict=True))
    ]
    return (" " * _GAP).join(cells[:last] if apart else cells).rstrip()


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def markdown_table(table: list[list[str]], heads: list[str]) -> str:
    """Return rows below their heads as a table of Markdown."""
    rule = ["---", *("---:" for _ in heads[2:]), "---"]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in (heads, rule, *table)
    )


def _csv(rows: Sequence[Difference], names: Sequence[str]) -> str:
    head = ["kind", "name", "unit", *names, *(f"{name} / {names[0]}" for name in names[1:])]
    return csv_text(map(_shown, [head, *([row.kind, row.name, row.unit, *row.values, *row.ratios] for row in rows)]))


def _shown(cells: Sequence[Any]) -> list[Any]:
    return [cell(each) if isinstance(each, str) else shown(each) if isinstance(each, bool) else each for each in cells]


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


# Grids of scenarios as CSV, JSON or Parquet, written chunk by chunk.

TIER = "hardware.tier_index"
_CASES = ("low", "typical", "high")


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> Any:  # noqa: ANN401  files return what they like
        """Take some bytes."""


def columns(chunk: Chunk, *, ranged: bool) -> dict[str, list[Any]]:
    """Return the columns of a chunk by header: inputs, then figures (with `.low` and `.high` where ranged).

    The tier chosen is given by its name, whole numbers as integers.
    """
    made: dict[str, list[Any]] = {
        name: list(map(_text, values)) if dict in set(map(type, values)) else values
        for name, values in chunk.inputs.items()
    }
    for name, cases in chunk.figures.items():
        for case, values in zip(_CASES, cases, strict=True) if ranged else (("typical", cases[1]),):
            header = name if case == "typical" else f"{name}.{case}"
            made["hardware.tier" + header.removeprefix(TIER) if name == TIER else header] = _column(name, values)
    return made


def _column(name: str, values: Any) -> list[Any]:  # noqa: ANN401  an array
    if name == TIER:
        names = [tier["name"] for tier in tiers()]
        return [names[int(index)] for index in values]
    whole = (values == values.round()) & (abs(values) <= EXACT)
    return values.astype(int).tolist() if whole.all() else list(map(number, values.tolist()))


def _text(value: Any) -> Any:  # noqa: ANN401  an input's value
    if isinstance(value, dict):
        if len(value) == 1:
            return next(iter(value))
        return "+".join(f"{codec}={share * 100:g}" for codec, share in value.items())
    return value


def write_csv(chunks: Iterable[Chunk], sink: Sink, *, ranged: bool) -> Iterator[int]:
    """Write a header and a line per scenario; yield the number of scenarios of each chunk written."""
    for position, chunk in enumerate(chunks):
        table = columns(chunk, ranged=ranged)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if position == 0:
            writer.writerow(table)
        writer.writerows(zip(*map(_sweep_cells, table.values()), strict=True))
        sink.write(text.getvalue().encode())
        yield chunk.size


def _sweep_cells(column: list[Any]) -> list[Any]:
    return list(map(cell, column)) if column and isinstance(column[0], str) else column


def write_json(chunks: Iterable[Chunk], sink: Sink, *, ranged: bool) -> Iterator[int]:
    """Write `{"schema": "sweep-v1", "scenarios": [...]}`, a scenario a line; yield each chunk's size."""
    sink.write(b'{"schema": "sweep-v1", "scenarios": [\n')
    separator = ""
    for chunk in chunks:
        table = columns(chunk, ranged=ranged)
        rows = (json.dumps(dict(zip(table, row, strict=True))) for row in zip(*table.values(), strict=True))
        sink.write((separator + ",\n".join(rows)).encode())
        separator = ",\n"
        yield chunk.size
    sink.write(b"\n]}\n")


def write_parquet(chunks: Iterable[Chunk], sink: Any, *, ranged: bool) -> Iterator[int]:  # noqa: ANN401  a binary file
    """Write a Parquet file, a row group per chunk; yield each chunk's size.

    Raises ImportError without pyarrow.
    """
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  an optional library
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415  the same

    writer = None
    for chunk in chunks:
        table = pa.table({name: _uniform(values) for name, values in columns(chunk, ranged=ranged).items()})
        writer = writer or pq.ParquetWriter(sink, table.schema)
        writer.write_table(table)
        yield chunk.size
    if writer is not None:
        writer.close()


def _uniform(values: Sequence[Any]) -> list[Any]:
    # A column has one type in all chunks: numbers are floats.
    return [float(value) if isinstance(value, (int, float)) else value for value in values]


# Drift of hosts, and fleets of them, as text, Markdown, CSV or JSON.

_UNITS = {"server.ram": "B", "server.storage.size": "B", "server.nic": "bit/s"}
_HEADS = {
    "server.os": "system",
    "server.kernel": "kernel",
    "server.cpu_cores": "cores",
    "server.ram": "RAM",
    "server.storage.size": "disk",
    "server.storage.type": "kind",
    "server.nic": "link",
    "server.mysql_version": "database",
    "mysql.cdr_engine": "CDR tables",
}


def render_drift(hosts: Sequence[tuple[str, Sequence[Drift]]], form: str) -> str:
    """Return each host's drift: declared, in the files, live."""
    if form == "json":
        documents = [{"host": name, "drift": [_row(each) for each in rows]} for name, rows in hosts]
        return _hosts_json({"schema": "drift-v1", "hosts": documents})
    heads = ["host", "setting", "declared", "in the files", "live"]
    table = [
        [name, row.name, *(_hosts_said(each) for each in (row.declared, row.files, row.live))]
        for name, rows in hosts
        for row in rows
    ]
    if form == "csv":
        return csv_text([heads, *table])
    if form == "markdown":
        return markdown_table(table, heads)
    clean = [wording("{host}: no drift", host=name) for name, rows in hosts if not rows]
    return (text_table(table, heads) if table else "") + "".join(f"{each}\n" for each in clean)


def _row(row: Drift) -> dict[str, Any]:
    sides = {"declared": row.declared, "files": row.files, "live": row.live}
    return {"name": row.name, **{side: None if each is None else each.text for side, each in sides.items()}}


def _hosts_said(value: Declared | None) -> str:
    return "-" if value is None else " ".join(value.text.split()) or '""'


def render_fleet(hosts: Sequence[Host], form: str) -> str:
    """Return one row for each host."""
    if form == "json":
        return _hosts_json({"schema": "fleet-v1", "hosts": [each._asdict() for each in hosts]})
    heads = ["host", *_HEADS.values(), "errors", "warnings", "drift", "bundle"]
    table = [
        [
            str(each.facts.get("name", "")),
            *(_fact(name, each.facts.get(name)) for name in _HEADS),
            *map(str, (each.errors, each.warnings, each.drifted)),
            each.path,
        ]
        for each in hosts
    ]
    if form == "csv":
        return csv_text([heads, *table])
    return markdown_table(table, heads) if form == "markdown" else text_table(table, heads)


def _fact(name: str, value: Any) -> str:  # noqa: ANN401  a declared value
    return "-" if value is None else format_quantity(value, _UNITS[name]) if name in _UNITS else str(value)


def _hosts_json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
