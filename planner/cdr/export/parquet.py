"""Records as a Parquet file, typed and compressed; needs pyarrow."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from planner.cdr.export.drivers import driver
from planner.cdr.export.sink import AnyRow, FileSink, partial_path

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from planner.cdr.export.columns import Row
    from planner.cdr.export.reading import FileReader
    from planner.cdr.export.rows import RowMaker
    from planner.cdr.export.stretch import Batch

# Rows of a group: large enough to compress, small enough for memory.
GROUP_ROWS = 65_536


def arrow_schema(maker: RowMaker) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return the Arrow schema of a layout. Raises UsageError where pyarrow is missing."""
    pa = driver("pyarrow", "Parquet", "parquet")
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        # Parquet knows no coarser unit.
        "instant": pa.timestamp("ms", tz="UTC" if maker.zone else None),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.meaning}) for column in maker.columns
    ]
    about = {"server_timezone": str(maker.zone) if maker.zone else "unknown: times are local"}
    return pa.schema(fields, metadata=about)


def arrow_table(schema: Any, rows: list[Row]) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return rows as an Arrow table of a schema."""
    pa = driver("pyarrow", "Parquet", "parquet")
    values = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array(column, pa.int64()).cast(pa.timestamp("s", tz=field.type.tz)).cast(field.type)
        if pa.types.is_timestamp(field.type)
        else pa.array(column, field.type)
        for column, field in zip(values, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


class ArrowForm(AnyRow):
    """Rows as Arrow tables."""

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker

    @cached_property
    def schema(self) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """The tables' schema. Raises UsageError where pyarrow is missing."""
        return arrow_schema(self._maker)

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  the same
        """Return the rows as a table."""
        return arrow_table(self.schema, rows)


class ParquetSink(FileSink):
    """Writes one Parquet file; it takes its name when it is whole."""

    def __init__(self, path: Path, maker: RowMaker) -> None:
        form = ArrowForm(maker)
        super().__init__(form)
        self._path, self._arrow = path, form
        self._waiting: list[Any] = []
        self._writer: Any = None

    def __enter__(self) -> Self:
        """Open the file under another name. Raises UsageError, OSError."""
        schema = self._arrow.schema
        pq = driver("pyarrow.parquet", "Parquet", "parquet")
        self._writer = pq.ParquetWriter(partial_path(self._path), schema, compression="zstd", store_schema=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or remove it."""
        partial = partial_path(self._path)
        try:
            if kind is None:
                self._flush()
            self._writer.close()
            if kind is None:
                partial.replace(self._path)
        finally:
            partial.unlink(missing_ok=True)

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:  # noqa: ARG002  part of the interface
        """Keep rows until a group is full."""
        self._waiting.append(batch.payload)
        if sum(table.num_rows for table in self._waiting) >= GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        pa = driver("pyarrow", "Parquet", "parquet")
        tables, self._waiting = self._waiting, []
        if any(table.num_rows for table in tables):
            self._writer.write_table(pa.concat_tables(tables))
