"""Databases as targets: addresses, dialects, tables, and exports that go on where they ended."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from logging import CRITICAL, getLogger
from pathlib import Path
from random import uniform
from time import sleep
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qs, unquote

from planner.cdr.export.files import (
    AnyRow,
    ExportError,
    FileIdentities,
    Form,
    UsageError,
    arrow_schema,
    arrow_table,
    driver,
    numbered,
)
from planner.cdr.export.reading import Batch, FileReader, Position
from planner.cdr.export.rows import Column, Row, RowMaker, export_data, text_of
from planner.cdr.sources import shown

Result = TypeVar("Result")

KEY = "CHAR(32)"
CONNECT_S = 10


def unreachable(address: Address, error: Exception) -> ExportError:
    """Return the error of a database that does not answer, without its password."""
    return ExportError(f"{address.shown}: {_in_one_line(error)}")


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class Standard(AnyRow):
    """What databases with ordinary inserts share; connections follow the DB API (PEP 249) and commit on demand."""

    mark = "%s"
    upsert = ""
    alone, shared = " FOR UPDATE", " FOR SHARE"
    types: Mapping[str, str]

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker
        self._instants = [at for at, column in enumerate(maker.columns) if column.type == "instant"]
        self._zone = ""

    def sql_type(self, column: Column) -> str:
        """Return the type of a column; an instant with a zone has another where the database knows zones."""
        kind = "key" if column.form == "key" else column.type
        return self.types.get(f"zoned {kind}" if self._maker.zone else kind, self.types[kind])

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
    alone = shared = ""
    types = {  # noqa: RUF012  never changed
        "key": "VARCHAR PRIMARY KEY", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR",
        "instant": "TIMESTAMP", "zoned instant": "TIMESTAMPTZ",
    }  # fmt: skip

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection. Raises ExportError."""
        duckdb = driver("duckdb", "DuckDB", "duckdb")
        driver("pyarrow", "DuckDB", "duckdb")
        try:
            return duckdb.connect(address.database)
        except duckdb.IOException as error:
            held = " (another program has it open: run again when that has ended)" if "lock" in str(error) else ""
            raise ExportError(f"{unreachable(address, error)}{held}") from error
        except duckdb.Error as error:
            raise unreachable(address, error) from error

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
    shared = " LOCK IN SHARE MODE"
    types = {  # noqa: RUF012  never changed
        "key": f"{KEY} CHARACTER SET ascii NOT NULL PRIMARY KEY",
        "integer": "BIGINT", "number": "DOUBLE", "text": "TEXT", "instant": "DATETIME",
    }  # fmt: skip

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
    types = {  # noqa: RUF012  never changed
        "key": f"{KEY} PRIMARY KEY", "integer": "BIGINT", "number": "DOUBLE PRECISION", "text": "TEXT",
        "instant": "TIMESTAMP", "zoned instant": "TIMESTAMPTZ",
    }  # fmt: skip

    def __init__(self, maker: RowMaker) -> None:
        super().__init__(maker)
        self._zone = "+00" if maker.zone else ""

    def connect(self, address: Address) -> Any:  # noqa: ANN401  drivers are optional and untyped
        """Return a connection. Raises ExportError."""
        psycopg = driver("psycopg", "PostgreSQL", "postgresql")
        given = {"host": address.host, "port": address.port, "user": address.user, "password": address.password}
        chosen: dict[str, Any] = {name: value for name, value in given.items() if value}
        chosen = {"connect_timeout": CONNECT_S, **chosen, **dict(address.options), "dbname": address.database}
        # A connection that is lost is our error to tell, once.
        getLogger("psycopg").setLevel(CRITICAL)
        try:
            # All of it is told to the server's own library: the driver's options would change what it does.
            return psycopg.connect(driver("psycopg.conninfo", "PostgreSQL", "postgresql").make_conninfo(**chosen))
        except (psycopg.Error, ValueError) as error:
            raise unreachable(address, error) from error


# The databases `plan cdr export` can write to.

DIALECTS: dict[str, type[MySQL | PostgreSQL | DuckDB]] = {"mysql": MySQL, "postgresql": PostgreSQL, "duckdb": DuckDB}


# Database addresses: `mysql://user@host/database`, `postgresql://...`, `duckdb:///file`.

PASSWORD_VARIABLE = "PLAN_DATABASE_PASSWORD"  # noqa: S105  the name of a variable, not a secret
KINDS = {"mysql": "mysql", "mariadb": "mysql", "postgresql": "postgresql", "postgres": "postgresql", "duckdb": "duckdb"}
EXAMPLES = "mysql://user@host/database, postgresql://user@host/database or duckdb:///path/file.duckdb"
# A password may hold what parts an address: it reaches to the last @ behind which a host and a database follow.
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z]+)://(?:(?P<user>[^:@/?#]*)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:@/?#]*)(?::(?P<port>[0-9]{1,5}))?(?:/(?P<database>[^?#@]*))?(?:\?(?P<query>[^@#]*))?"
)
_TABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,50}")


@dataclass(frozen=True, slots=True)
class Address:
    """One database. `options` are the parameters after `?`; the password is never shown."""

    kind: str
    host: str
    port: int | None
    user: str
    database: str
    table: str
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The address for messages, without its password."""
        where = f"{self.user}@{self.host}" if self.user else self.host
        return f"{self.kind}://{where}{f':{self.port}' if self.port else ''}/{self.database}"

    def option(self, name: str) -> str | None:
        """Return a parameter of the address."""
        return dict(self.options).get(name)


def read_address(text: str, table: str) -> Address:
    """Return the database an address names; nothing is assumed about its host. Raises UsageError."""
    if not _TABLE.fullmatch(table):
        raise UsageError(f"--table {table!r}: a table's name has letters, digits and _, at most 51 of them")
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        raise UsageError(f"--to is no address of a database; write {EXAMPLES}")
    kind = KINDS.get(parts["scheme"])
    if kind is None:
        raise UsageError(f"--to: {parts['scheme']} is no database plan can write; write {EXAMPLES}")
    options = tuple((name, values[-1]) for name, values in parse_qs(parts["query"] or "").items())
    # duckdb:///relative and duckdb:////absolute, as other programs write it.
    database, host, user = (unquote(parts[name] or "") for name in ("database", "host", "user"))
    port = int(parts["port"]) if parts["port"] else None
    password = unquote(parts["password"] or "") or os.environ.get(PASSWORD_VARIABLE, "")
    address = Address(kind, host, port, user, database, table, password, options)
    _check(address)
    return address


def _check(address: Address) -> None:
    if not address.database:
        raise UsageError(f"--to names no database; write {EXAMPLES}")
    if address.kind == "duckdb":
        if address.host:
            raise UsageError("--to: DuckDB is a file; write duckdb:///relative/file or duckdb:////absolute/file")
        return
    sockets = ("unix_socket", "host")
    if not address.host and not any(address.option(name) for name in sockets):
        raise UsageError(f"--to names no host, and none is assumed; write {EXAMPLES}")


# Records into a database table: every record once, however often its file is exported.
#
# Beside the table of records stands `<table>_files`: how far each file was read. Both change in one
# transaction, so a crash loses nothing and repeats nothing; the key of each record guards the table where that
# memory is lost.

STATE = {
    "file_id": KEY, "first_record": KEY, "path": "TEXT", "bytes_done": "BIGINT", "lines_done": "BIGINT",
    "prefix": KEY, "tail": KEY,
}  # fmt: skip


class DatabaseSink:
    """Writes into one table; `restart` reads all files again and leaves it to the keys to add none twice."""

    def __init__(self, address: Address, maker: RowMaker, *, restart: bool = False) -> None:
        self._address, self._maker, self._restart = address, maker, restart
        self._dialect = DIALECTS[address.kind](maker)
        self.form: Form = self._dialect
        self._table, self._files, self._about = (f"{address.table}{part}" for part in ("", "_files", "_about"))
        self._identities = FileIdentities()
        self._tails: dict[str, str] = {}
        self._connection: Any = None
        self._kind = {"times": "UTC" if maker.zone else "local", "people": "masked" if maker.masked else "plain"}

    def __enter__(self) -> Self:
        """Connect, and create the tables where they are missing. Raises ExportError."""
        self._connection = self._dialect.connect(self._address)
        columns = [f"{column.name} {self._dialect.sql_type(column)}" for column in self._maker.columns]
        state = [f"{name} {kind}" for name, kind in STATE.items()]
        statements = [
            self._dialect.create(self._table, columns),
            self._dialect.create(self._files, [*state, "PRIMARY KEY (file_id, bytes_done)"]),
            self._dialect.create(self._about, ["name VARCHAR(32) PRIMARY KEY", "value VARCHAR(128)"]),
        ]
        try:
            self._done(lambda cursor: [cursor.execute(statement) for statement in statements])
            self._agree()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _agree(self) -> None:
        """Note what the rows of the table are like, or refuse rows of another kind. Raises UsageError."""
        mark = self._dialect.mark

        def note(cursor: Any) -> None:  # noqa: ANN401  drivers are optional and untyped
            # Locked before the table is seen to be empty: another export may be about to fill it.
            found = self._noted(cursor, self._dialect.alone)
            cursor.execute(f"SELECT 1 FROM {self._table} LIMIT 1")  # noqa: S608  names are ours or checked
            if not cursor.fetchall():
                cursor.execute(f"DELETE FROM {self._about}")  # noqa: S608  the same
                found = {}
            self._check(found)
            for each in self._kind.items() - found.items():
                cursor.execute(f"INSERT INTO {self._about} VALUES ({mark}, {mark})", each)  # noqa: S608  the same

        self._done(note)

    def _noted(self, cursor: Any, lock: str) -> dict[str, str]:  # noqa: ANN401  the same
        cursor.execute(f"SELECT name, value FROM {self._about}{lock}")  # noqa: S608  names are ours or checked
        return dict(cursor.fetchall())

    def _check(self, found: dict[str, str]) -> None:
        for name, value in self._kind.items():
            if found.get(name, value) != value:
                raise UsageError(
                    f"{self._address.shown}: {self._table} holds {found[name]} {name}, this export writes "
                    f"{value} ones; export as before, or into another --table"
                )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection; all that is whole is committed already."""
        # One that broke has said so.
        with suppress(Exception):
            self._connection.close()

    def begin(self, reader: FileReader) -> tuple[str, Position]:
        """Return a file's identity and how far it is exported. Raises UnreadableError, ExportError."""
        if self._restart:
            return self._identities.of(reader), Position()
        known = self._known(reader.first_record)
        reached = reader.matches([position for _, position in known])
        if reached is None:
            files = {name for name, _ in known}
            return numbered(reader.first_record, len(files)), Position()
        file_id = next(name for name, position in known if position is reached)
        self._tails[file_id] = reached.tail
        return file_id, reached

    def _known(self, first: str) -> list[tuple[str, Position]]:
        """Return the points up to which files that begin with a record were read.

        All points are kept, not the last alone: a shorter copy of a file must be known again.
        """
        names = "file_id, bytes_done, lines_done, prefix, tail"
        with transaction(self._connection, self._address) as cursor:
            cursor.execute(
                f"SELECT {names} FROM {self._files} WHERE first_record = {self._dialect.mark}",  # noqa: S608  names are ours or checked, values are bound
                (first,),
            )
            found = cursor.fetchall()
        return [(row[0], Position(row[1], row[2], row[3].strip(), row[4].strip())) for row in found]

    def write(self, file_id: str, reader: FileReader, batch: Batch) -> None:
        """Insert a batch and remember the position after it, in one transaction. Raises ExportError."""
        tail = self._tails.pop(file_id, "")

        def insert(cursor: Any) -> None:  # noqa: ANN401  drivers are optional and untyped
            found = self._noted(cursor, self._dialect.shared)
            self._check(found)
            if self._kind.keys() - found.keys():
                # Another export, which began on the empty table, has put its own note there meanwhile.
                raise ConflictError(f"{self._address.shown}: what rows are like was noted anew by another export")
            if tail:
                self._drop_tail(cursor, tail)
            if batch.rows:
                self._dialect.insert(cursor, self._table, batch.payload)
            at = batch.position
            done = (at.bytes, at.lines, at.prefix, at.tail)
            self._remember(cursor, (file_id, reader.first_record, shown(reader.path), *done))

        self._done(insert)

    def _drop_tail(self, cursor: Any, tail: str) -> None:  # noqa: ANN401  drivers are optional and untyped
        """Forget a last line that had no end when it was read: now it stands in this batch, longer or not."""
        mark = self._dialect.mark
        cursor.execute(f"DELETE FROM {self._table} WHERE record_key = {mark}", (tail,))  # noqa: S608  names are ours or checked, values are bound
        cursor.execute(f"UPDATE {self._files} SET tail = '' WHERE tail = {mark}", (tail,))  # noqa: S608  names are ours or checked, values are bound

    def _remember(self, cursor: Any, state: tuple[object, ...]) -> None:  # noqa: ANN401  drivers are optional and untyped
        mark = self._dialect.mark
        where = f"file_id = {mark} AND bytes_done = {mark}"
        cursor.execute(f"DELETE FROM {self._files} WHERE {where}", (state[0], state[3]))  # noqa: S608  names are ours or checked, values are bound
        marks = ", ".join([mark] * len(STATE))
        cursor.execute(f"INSERT INTO {self._files} VALUES ({marks})", state)  # noqa: S608  names are ours or checked, values are bound

    def _done(self, work: Callable[[Any], Result]) -> Result:
        """Return what a transaction's work gives; one that met another export's is undone and done again."""
        for left in reversed(range(_TRIES)):
            try:
                with transaction(self._connection, self._address) as cursor:
                    return work(cursor)
            except ConflictError:
                if not left:
                    raise
                sleep(uniform(0, _PAUSE_S))  # noqa: S311  no secret
        raise AssertionError  # the last try returns or raises


_TRIES, _PAUSE_S = 20, 0.2
_CONFLICTS = {"40001", "40P01", "23505", "42P07", "1213", "1205", "1062", "1050"}
"""What PostgreSQL (SQLSTATE) and MySQL say of two that write or create the same in the same moment."""


class ConflictError(ExportError):
    """A transaction that met another one, and was undone."""


@contextmanager
def transaction(connection: Any, address: Address) -> Iterator[Any]:  # noqa: ANN401  drivers are optional and untyped
    """Yield a cursor whose work is committed as a whole or undone. Raises ExportError, with what the database says."""
    cursor: Any = None
    owner: Any = None
    try:
        cursor = owner = connection.cursor()
        if address.kind == "duckdb":
            cursor.begin()
        else:
            owner = connection
        yield cursor
        owner.commit()
    except BaseException as error:
        # A server that is gone undoes by itself, and can be told nothing.
        with suppress(Exception):
            owner.rollback()
        if isinstance(error, Exception) and not isinstance(error, ExportError):
            raise _failed(address, error) from error
        raise
    finally:
        with suppress(Exception):
            cursor.close()


def _failed(address: Address, error: Exception) -> ExportError:
    said = f"{address.shown}: {_in_one_line(error)}"
    met = _CONFLICTS.intersection(map(str, (getattr(error, "sqlstate", ""), *error.args[:1])))
    return (ConflictError if met else ExportError)(f"{said}; what is committed stays, run again for the rest")
