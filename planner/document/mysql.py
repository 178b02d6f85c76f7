"""How servers of MySQL and MariaDB, and the kernel, read versions, groups and numbers."""

import re
from typing import NamedTuple

from planner.wording import wording

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_FIRST_MARIADB = 10
_NEXT_MYSQL = 26  # MariaDB counts 10, 11, 12...; no MySQL of these numbers exists
_GALERA_SINCE = (10, 1)
_MARIADBD_SINCE = (10, 4)


class ServerVersion(NamedTuple):
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


class OptionNumberProblem(NamedTuple):
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


# Numbers as the Linux kernel reads them from a write to /proc/sys.
#
# `0x` begins a hexadecimal number, a leading `0` an octal one; there is no suffix; blank, tab and line feed
# separate. The kernel looks at 21 characters of a number at most. Source: kernel/sysctl.c, `proc_get_long`,
# Linux 3.10 on.

_SEPARATORS = " \t\n"
_KERNEL_NUMBER = re.compile(r"-?(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))")
_LONGEST = 21


class KernelProblem(NamedTuple):
    """Why the kernel stops reading: `offset` into the text, and the numbers it had read until there."""

    message: str
    offset: int
    numbers: tuple[int, ...] = ()


def kernel_integers(text: str) -> tuple[int, ...] | KernelProblem:
    """Return the integers in a value, or where and why the kernel stops; an empty value is a problem too."""
    numbers: list[int] = []
    at = _skip(text, 0)
    while at < len(text):
        match = _KERNEL_NUMBER.match(text, at)
        end = match.end() if match else at
        problem = _problem(text, at, end)
        if match is None or problem:
            return KernelProblem(problem, end if match else at, tuple(numbers))
        numbers.append(_value(match))
        at = _skip(text, end)
    return tuple(numbers) if numbers else KernelProblem(wording("the value is empty"), 0)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SEPARATORS:
        at += 1
    return at


def _value(match: re.Match[str]) -> int:
    hexadecimal, octal, decimal = match.groups()
    base = 16 if hexadecimal else 10 if decimal else 8
    number = int(hexadecimal or decimal or octal or "0", base)
    return -number if match[0].startswith("-") else number


def _character(sign: str) -> str:
    return repr(sign) if sign.isascii() else f"{sign!r} (U+{ord(sign):04X})"


def _problem(text: str, start: int, end: int) -> str:
    """Return why the kernel does not take the word from `start` to `end` as a number; empty if it does."""
    if end == start:
        return wording("{character} begins no number", character=_character(text[start]))
    if end - start >= _LONGEST:
        return wording(
            "a number of {count} characters; the kernel reads at most {most}", count=end - start, most=_LONGEST - 1
        )
    if end < len(text) and text[end] not in _SEPARATORS:
        return wording(
            "{character} follows a number; the kernel knows no suffixes, signs or decimal points",
            character=_character(text[end]),
        )
    number = text[start:end].lstrip("-")
    if number.isdecimal() and not number.startswith("0") and int(number) >= 1 << _BITS:
        return wording("the number does not fit into 64 bits")
    return ""
