"""Versions of MySQL and MariaDB servers, and the groups of an option file each of them reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.wording import wording

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


# Numbers of option files: decimal digits and one letter, as the server reads them.
#
# Only the first letter after the digits counts, so `512MB` is 512M. T, P and E are known from MySQL 8.0.14 on
# and in MariaDB. Source: mysys/my_getopt.c; the letters' versions from the MySQL 8.0 manual, "Program Option
# Modifiers".

_NUMBER = re.compile(r"[\t\n\v\f\r ]*([-+]?)([0-9]*)(.?)", re.DOTALL)
_SMALL, _LARGE = "KMG", "KMGTPE"
_LARGE_SINCE = (8, 0, 14)
_BITS = 64
_TEN_BITS = 10


@dataclass(frozen=True, slots=True)
class OptionNumberProblem:
    """Why the server does not take a text as a number; `offset` is where."""

    message: str
    offset: int


def option_integer(text: str, version: ServerVersion | None = None) -> int | OptionNumberProblem:
    """Return the integer a server of `version` (None: the newest) reads, or why it refuses to start.

    An empty text is 0. What the server then makes of a number outside the option's range is not decided here.
    """
    match = _NUMBER.match(text)
    sign, digits, letter = match.groups() if match else ("", "", "")
    start = match.start(2) if match else 0
    if not digits and sign:
        sign, letter, start = "", sign, start - 1
    is_old = version is not None and not version.is_mariadb and not version.reaches(_LARGE_SINCE)
    letters = _SMALL if is_old else _LARGE
    if letter and letter.upper() not in letters:
        known = ", ".join(letters)
        return OptionNumberProblem(
            wording("{letter} is no suffix; {known} are", letter=repr(letter), known=known), start + len(digits)
        )
    if len(digits.lstrip("0")) > _BITS // 3 or int(digits or "0") >= 1 << _BITS:
        return OptionNumberProblem(wording("the number does not fit into 64 bits"), start)
    power = letters.index(letter.upper()) + 1 if letter else 0
    value = int(digits or "0") << (_TEN_BITS * power)
    return -value if sign == "-" else value
