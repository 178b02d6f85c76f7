"""Versions of the programs a deployment names, and how they compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Any

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
# MariaDB numbered on from 10.0 where MySQL went from 5.7 to 8.0.
_FIRST_MARIADB = 10


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A version as numbers, `2.1.9.07` as (2, 1, 9, 7); `mariadb` tells MariaDB from MySQL.

    In an order missing places count as 0; asked what it `reaches`, a version without its last places is the
    newest of its series, as `5.6` on a running server is.
    """

    numbers: tuple[int, ...]
    mariadb: bool = False

    @classmethod
    @lru_cache(maxsize=1024)
    def read(cls, text: str) -> Version | None:
        """Return the first version in a text such as `mariadb-10.11` or `5.0.96-log`; None without one."""
        match = _DIGITS.search(text[:80])
        if match is None:
            return None
        numbers = tuple(int(part[:9]) for part in match[0].split("."))
        return cls(numbers, "mariadb" in text.lower() or _FIRST_MARIADB <= numbers[0] < _FIRST_MARIADB * 2)

    def _places(self, count: int) -> tuple[int, ...]:
        return self.numbers + (0,) * (count - len(self.numbers))

    def __lt__(self, other: Version) -> bool:
        count = max(len(self.numbers), len(other.numbers))
        return self._places(count) < other._places(count)

    def reaches(self, text: str) -> bool:
        """Tell whether this version, or the newest of the series it names, is `text` or a later one."""
        other = Version.read(text)
        return other is not None and self.numbers >= other.numbers[: len(self.numbers)]


def in_force(entries: list[dict[str, Any]], version: Version) -> dict[str, Any] | None:
    """Return the last of `entries`, sorted by their `from`, that a version has reached."""
    reached = [entry for entry in entries if version.reaches(entry["from"])]
    return reached[-1] if reached else None
