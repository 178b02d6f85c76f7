"""DuckDB files as targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cdr.export.dialect import Standard, unreachable
from planner.cdr.export.drivers import driver
from planner.cdr.export.parquet import arrow_schema, arrow_table

if TYPE_CHECKING:
    from planner.cdr.export.address import Address
    from planner.cdr.export.columns import Column, Row


class DuckDB(Standard):
    """DuckDB, with rows handed over as Arrow tables: single inserts would take a millisecond each."""

    mark = "?"
    _types = {"integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR"}  # noqa: RUF012  never changed

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection. Raises ExportError."""
        duckdb = driver("duckdb", "DuckDB", "duckdb")
        driver("pyarrow", "DuckDB", "duckdb")
        try:
            return duckdb.connect(address.database)
        except duckdb.Error as error:
            raise unreachable(address, error) from error

    def sql_type(self, column: Column) -> str:
        """Return the type of a column."""
        if column.form == "key":
            return "VARCHAR PRIMARY KEY"
        if column.type == "instant":
            return "TIMESTAMPTZ" if self._maker.zone else "TIMESTAMP"
        return self._types[column.type]

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  the same
        """Return the rows as an Arrow table."""
        return arrow_table(arrow_schema(self._maker), rows)

    def insert(self, cursor: Any, table: str, packed: Any) -> None:  # noqa: ANN401  the same
        """Insert packed rows, passing over those whose key is there."""
        cursor.register("plan_batch", packed)
        cursor.execute(f"INSERT INTO {table} SELECT * FROM plan_batch ON CONFLICT DO NOTHING")  # noqa: S608  names are ours or checked, values are bound
        cursor.unregister("plan_batch")
