"""Grids of scenarios as CSV, JSON or Parquet, written chunk by chunk."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Protocol

from planner.sizing.constants import tiers
from planner.sizing.numbers import number
from planner.wording import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.sizing.grid import Chunk

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
    made: dict[str, list[Any]] = {name: [_text(value) for value in values] for name, values in chunk.inputs.items()}
    for name, cases in chunk.figures.items():
        for case, values in zip(_CASES, cases, strict=True) if ranged else (("typical", cases[1]),):
            header = name if case == "typical" else f"{name}.{case}"
            made["hardware.tier" + header.removeprefix(TIER) if name == TIER else header] = _column(name, values)
    return made


def _column(name: str, values: Any) -> list[Any]:  # noqa: ANN401  an array
    if name == TIER:
        names = [tier["name"] for tier in tiers()]
        return [names[int(index)] for index in values]
    return [number(value) for value in values.tolist()]


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
        writer.writerows(zip(*map(_cells, table.values()), strict=True))
        sink.write(text.getvalue().encode())
        yield chunk.size


def _cells(column: list[Any]) -> list[Any]:
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
