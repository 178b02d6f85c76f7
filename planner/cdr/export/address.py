"""Database addresses: `mysql://user@host/database`, `postgresql://...`, `duckdb:///file`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from planner.cdr.export.sink import UsageError

PASSWORD_VARIABLE = "PLAN_DATABASE_PASSWORD"  # noqa: S105  the name of a variable, not a secret
KINDS = {"mysql": "mysql", "mariadb": "mysql", "postgresql": "postgresql", "postgres": "postgresql", "duckdb": "duckdb"}
EXAMPLES = "mysql://user@host/database, postgresql://user@host/database or duckdb:///path/file.duckdb"
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
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"--to: {error}; write {EXAMPLES}") from None
    kind = KINDS.get(parts.scheme)
    if kind is None:
        raise UsageError(f"--to: {parts.scheme or 'no scheme'} is no database plan can write; write {EXAMPLES}")
    options = tuple((name, values[-1]) for name, values in parse_qs(parts.query).items())
    # duckdb:///relative and duckdb:////absolute, as other programs write it.
    database = unquote(parts.path.removeprefix("/"))
    host = unquote(parts.hostname or "")
    password = unquote(parts.password or "") or os.environ.get(PASSWORD_VARIABLE, "")
    address = Address(kind, host, port, unquote(parts.username or ""), database, table, password, options)
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
