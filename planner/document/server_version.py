"""Versions of MySQL and MariaDB servers, and the groups of an option file each of them reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_FIRST_MARIADB = 10
_NEXT_MYSQL = 26  # MariaDB counts 10, 11, 12...; no MySQL of these numbers exists
_GALERA_SINCE = (10, 1)
_MARIADBD_SINCE = (10, 4)


@dataclass(frozen=True, slots=True, order=True)
class ServerVersion:
    """A version such as 5.7.30, 8.4 or 10.11.6 (MariaDB)."""

    numbers: tuple[int, ...]
    is_mariadb: bool = False

    @property
    def base(self) -> str:
        """The release series: 5.7."""
        return ".".join(str(number) for number in self.numbers[:2])

    def reaches(self, numbers: tuple[int, ...]) -> bool:
        """Tell whether this version, or the newest of the series it names, is `numbers` or a later one."""
        return self.numbers >= numbers[: len(self.numbers)]


def server_version(text: str) -> ServerVersion | None:
    """Return the version in a text such as `5.7`, `8.0.36-log` or `10.11.6-MariaDB`; None without one."""
    found = _NUMBERS.search(text)
    if found is None:
        return None
    numbers = tuple(int(part[:9]) for part in found[0].split("."))
    is_mariadb = "maria" in text.lower() or _FIRST_MARIADB <= numbers[0] < _NEXT_MYSQL
    return ServerVersion(numbers, is_mariadb)


def server_groups(version: ServerVersion | None) -> tuple[str, ...]:
    """Return the groups the server reads, in lower case; for None those that any server reads."""
    if version is None:
        return ("mysqld", "server", "mariadb", "mariadbd")
    groups = ["mysqld", "server", f"mysqld-{version.base}"]
    if version.is_mariadb:
        groups += ["mariadb", f"mariadb-{version.base}", "client-server"]
        groups += ["galera"] if version.reaches(_GALERA_SINCE) else []
        groups += ["mariadbd", f"mariadbd-{version.base}"] if version.reaches(_MARIADBD_SINCE) else []
    return tuple(groups)
