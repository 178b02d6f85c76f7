"""What differs between databases: connecting, types, and inserts that pass over rows already there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from planner.cdr.export.files import AnyRow, ExportError, arrow_schema, arrow_table, driver
from planner.cdr.export.rows import export_data, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.cdr.export.database import Address
    from planner.cdr.export.rows import Column, Row, RowMaker


KEY_CHARACTERS = 32
CONNECT_S = 10


class Dialect(Protocol):
    """One kind of database; connections follow the DB API (PEP 249) and commit on demand."""

    mark: str
    upsert: str

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection. Raises ExportError naming the extra to install, or the address."""

    def sql_type(self, column: Column) -> str:
        """Return the type of a column."""

    def create(self, table: str, columns: Sequence[str]) -> str:
        """Return the statement that creates a table where it is missing."""

    def refuses(self, row: Row) -> bool:
        """Tell whether a row holds more text than a column can."""

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  the same
        """Return the rows as `insert` takes them."""

    def insert(self, cursor: Any, table: str, packed: Any) -> None:  # noqa: ANN401  the same
        """Insert packed rows, passing over those whose key is there."""


def unreachable(address: Address, error: Exception) -> ExportError:
    """Return the error of a database that does not answer, without its password."""
    return ExportError(f"{address.shown}: {str(error).strip()}")


class Standard(AnyRow):
    """What databases with ordinary inserts share."""

    mark = "%s"
    upsert = ""

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker
        self._instants = [at for at, column in enumerate(maker.columns) if column.type == "instant"]
        self._zone = ""

    def create(self, table: str, columns: Sequence[str]) -> str:
        """Return the statement that creates a table where it is missing."""
        return f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)})"

    def pack(self, rows: list[Row]) -> Any:  # noqa: ANN401  each kind has its own
        """Return the rows as bound values."""
        return [self._bound(row) for row in rows]

    def insert(self, cursor: Any, table: str, packed: Any) -> None:  # noqa: ANN401  drivers are optional and untyped
        """Insert packed rows, passing over those whose key is there."""
        names = ", ".join(column.name for column in self._maker.columns)
        marks = ", ".join([self.mark] * len(self._maker.columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) {self.upsert}"  # noqa: S608  names are ours or checked, values are bound
        cursor.executemany(statement, packed)

    def _bound(self, row: Row) -> list[Any]:
        values: list[Any] = list(row)
        for at in self._instants:
            values[at] = text_of(values[at]) + self._zone
        return values


# DuckDB files as targets.


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


# MySQL and MariaDB as targets.


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


# PostgreSQL as a target.


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


# The databases `plan cdr export` can write to.

DIALECTS: dict[str, type[MySQL | PostgreSQL | DuckDB]] = {"mysql": MySQL, "postgresql": PostgreSQL, "duckdb": DuckDB}
