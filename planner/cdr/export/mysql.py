"""MySQL and MariaDB as targets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cdr.export.columns import export_data
from planner.cdr.export.dialect import CONNECT_S, KEY_CHARACTERS, Standard, unreachable
from planner.cdr.export.drivers import driver
from planner.cdr.export.sink import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.cdr.export.address import Address
    from planner.cdr.export.columns import Column, Row


class MySQL(Standard):
    """MySQL and MariaDB, by PyMySQL."""

    # Unlike INSERT IGNORE this passes over nothing but the same key.
    upsert = "ON DUPLICATE KEY UPDATE record_key = record_key"
    _types = {"integer": "BIGINT", "number": "DOUBLE", "instant": "DATETIME", "text": "TEXT"}  # noqa: RUF012  never changed

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection in strict mode. Raises ExportError."""
        pymysql = driver("pymysql", "MySQL", "mysql")
        socket = address.option("unix_socket")
        if socket and not Path(socket).exists():
            raise ExportError(f"{address.shown}: no server listens at {socket}")
        where = {"unix_socket": socket} if socket else {}
        try:
            return pymysql.connect(
                host=address.host or None, port=address.port or 3306, user=address.user or None,
                password=address.password, database=address.database, charset="utf8mb4",
                autocommit=False, connect_timeout=CONNECT_S, sql_mode="STRICT_ALL_TABLES", **where,
            )  # fmt: skip
        except (pymysql.MySQLError, OSError) as error:
            raise unreachable(address, error) from error

    def sql_type(self, column: Column) -> str:
        """Return the type of a column."""
        if column.form == "key":
            return f"CHAR({KEY_CHARACTERS}) CHARACTER SET ascii NOT NULL PRIMARY KEY"
        return self._types[column.type]

    def create(self, table: str, columns: Sequence[str]) -> str:
        """Return the statement; the engine must be one with transactions."""
        return f"{super().create(table, columns)} ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"

    def refuses(self, row: Row) -> bool:
        """Tell whether a text exceeds a TEXT column."""
        most = export_data()["limits"]["mysql_text_bytes"]["value"]
        return any(isinstance(v, str) and len(v) * 4 > most and len(v.encode()) > most for v in row)
