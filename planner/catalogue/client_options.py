"""Client programs of MySQL and MariaDB: which groups of an option file each reads, and which options it knows."""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS


class Program(NamedTuple):
    """A program, the groups it reads and, sorted, its options."""

    name: str
    groups: frozenset[str]
    options: tuple[str, ...]

    def knows(self, option: str) -> bool:
        """Tell whether a name is an option's, or the beginning of one alone."""
        at = bisect_left(self.options, option)
        found = [each for each in self.options[at : at + 2] if each.startswith(option)]
        return option in found[:1] or len(found) == 1


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / "mysql-programs.json").read_text(encoding="utf-8"))
    return loaded


def _program(name: str, row: dict[str, Any]) -> Program:
    return Program(name, frozenset(row["groups"]), tuple(row["options"].split()))


@cache
def programs() -> tuple[Program, ...]:
    """Return the client programs; each refuses to start at an option it does not know."""
    return tuple(_program(name, row) for name, row in _data()["programs"].items())


@cache
def wrapper() -> Program:
    """Return mysqld_safe, which passes over what it does not know in its own groups."""
    return _program("mysqld_safe", _data()["wrapper"])


def rescue_options() -> dict[str, str]:
    """Return the options of an emergency, each with what a server that keeps it does."""
    options: dict[str, str] = _data()["rescue"]["options"]
    return options
