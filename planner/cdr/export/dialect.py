"""What differs between databases: connecting, types, and inserts that pass over rows already there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from planner.cdr.export.instants import text_of
from planner.cdr.export.sink import AnyRow, ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.cdr.export.address import Address
    from planner.cdr.export.columns import Column, Row
    from planner.cdr.export.rows import RowMaker

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
