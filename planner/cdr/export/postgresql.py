"""PostgreSQL as a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cdr.export.dialect import CONNECT_S, KEY_CHARACTERS, Standard, unreachable
from planner.cdr.export.drivers import driver

if TYPE_CHECKING:
    from planner.cdr.export.address import Address
    from planner.cdr.export.columns import Column
    from planner.cdr.export.rows import RowMaker


class PostgreSQL(Standard):
    """PostgreSQL, by psycopg."""

    upsert = "ON CONFLICT (record_key) DO NOTHING"
    _types = {"integer": "BIGINT", "number": "DOUBLE PRECISION", "text": "TEXT"}  # noqa: RUF012  never changed

    def __init__(self, maker: RowMaker) -> None:
        super().__init__(maker)
        self._zone = "+00" if maker.zone else ""

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection. Raises ExportError."""
        psycopg = driver("psycopg", "PostgreSQL", "postgresql")
        given = {"host": address.host, "port": address.port, "user": address.user, "password": address.password}
        chosen = {name: value for name, value in given.items() if value} | dict(address.options)
        try:
            return psycopg.connect(dbname=address.database, connect_timeout=CONNECT_S, **chosen)
        except psycopg.Error as error:
            raise unreachable(address, error) from error

    def sql_type(self, column: Column) -> str:
        """Return the type of a column."""
        if column.form == "key":
            return f"CHAR({KEY_CHARACTERS}) PRIMARY KEY"
        if column.type == "instant":
            return "TIMESTAMPTZ" if self._maker.zone else "TIMESTAMP"
        return self._types[column.type]
