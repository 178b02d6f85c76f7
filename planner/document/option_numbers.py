"""Numbers of option files: decimal digits and one letter, as the server reads them.

Only the first letter after the digits counts, so `512MB` is 512M. T, P and E are known from MySQL 8.0.14 on
and in MariaDB. Source: mysys/my_getopt.c; the letters' versions from the MySQL 8.0 manual, "Program Option
Modifiers".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.server_version import ServerVersion


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
