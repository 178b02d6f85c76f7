"""Options under the names a server knows them by: abbreviations completed, `set-variable` taken apart.

MariaDB, and MySQL before 5.7, take the unambiguous beginning of an option's name; MySQL before 5.5 takes
`set-variable = name=value`. Source: mysys/my_getopt.c of these versions; the names are in
`schemas/mysql-option-names.json`.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.paths import SCHEMAS
from planner.document.budget import escape
from planner.document.model import Entry, Scalar
from planner.document.option_file import Option
from planner.document.option_names import option_name, underscored
from planner.document.server_version import server_version
from planner.finding import Span

if TYPE_CHECKING:
    from planner.document.server_version import ServerVersion

SET_VARIABLE = "set_variable"


@cache
def _families() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((SCHEMAS / "mysql-option-names.json").read_text(encoding="utf-8"))[
        "families"
    ]
    return {name: {**family, "known": frozenset(family["names"])} for name, family in loaded.items()}


@lru_cache(1 << 16)
def full_name(name: str, version: ServerVersion | None = None) -> str | None:
    """Return the option that `name` is or abbreviates in any server of the family of `version`.

    None where no option, or more than one, begins so. Without a version MySQL's names come first.
    """
    known = _families()
    wanted = ("mysql", "mariadb") if version is None else ("mariadb" if version.is_mariadb else "mysql",)
    if any(name in known[family]["known"] for family in wanted):
        return name
    return next(filter(None, (_meant(name, known[family]) for family in wanted)), None)


def _meant(name: str, family: dict[str, Any]) -> str | None:
    # MariaDB looks at a few options before all others, so their beginnings are never ambiguous.
    for names in (family.get("read_first", []), family["names"]):
        at = bisect_left(names, name)
        found = [option for option in names[at : at + 2] if name and option.startswith(name)]
        if len(found) == 1:
            return str(found[0])
    return None


def abbreviates(version: ServerVersion | None) -> bool:
    """Tell whether a server of this version takes abbreviated names; one of an unknown version may."""
    return _is_up_to(version, "abbreviates_until")


def sets_variables(version: ServerVersion | None) -> bool:
    """Tell whether a server of this version knows `set-variable`; one of an unknown version may."""
    return _is_up_to(version, "set_variable_until")


def completed(option: Option, version: ServerVersion | None = None) -> Option:
    """Return an option under the name and with the value a server of `version` takes it for."""
    if option.name == SET_VARIABLE and sets_variables(version):
        option = _taken_apart(option)
    return _completed(option, version) if abbreviates(version) else option


def _is_up_to(version: ServerVersion | None, key: str) -> bool:
    if version is None:
        return True
    last = _families()["mariadb" if version.is_mariadb else "mysql"].get(key)
    limit = server_version(last) if last else None
    return limit is not None and version.numbers[: len(limit.numbers)] <= limit.numbers


def _completed(option: Option, version: ServerVersion | None) -> Option:
    """Return the option under its full name: a beginning with its prefix counts before one without."""
    own = full_name(option.name, version)
    if own == option.name:
        return option
    written = underscored(option.entry.key.text)
    whole = full_name(written, version) if written != option.name else None
    if whole is not None:
        return _renamed(option, whole, _written_value(option))
    value = option.entry.node.value if isinstance(option.entry.node, Scalar) else None
    return option if own is None else _renamed(option, own, value)


def _written_value(option: Option) -> str | None:
    """Return the value as the file has it, without what a prefix such as `skip-` makes of it."""
    node = option.entry.node
    return node.text if isinstance(node, Scalar) and node.span != option.entry.key.span else None


def _renamed(option: Option, name: str, value: object) -> Option:
    entry, pointer = option.entry, f"/{escape(option.group)}/{escape(name)}"
    if not isinstance(entry.node, Scalar):
        return option
    node = entry.node._replace(value=None if value is None else str(value), pointer=pointer)
    return Option(option.group, Entry(name, entry.key._replace(pointer=pointer), node))


def _taken_apart(option: Option) -> Option:
    """Return the variable a `set-variable = name=value` sets, each part at its own place."""
    node = option.entry.node
    if not isinstance(node, Scalar) or "=" not in node.text or node.quoted:
        return option
    written, _, value = node.text.partition("=")
    name = option_name(written.strip())
    pointer = f"/{escape(option.group)}/{escape(name.name)}"
    key = Scalar(written.strip(), written.strip(), _piece(node.span, written), pointer)
    place = _piece(node.span, value, len(written) + 1)
    return Option(option.group, Entry(name.name, key, Scalar(name.seen(value.strip()), value.strip(), place, pointer)))


def _piece(span: Span, text: str, offset: int = 0) -> Span:
    """Return the place of a part of a value, without the blanks around it."""
    start = span.column + offset + len(text) - len(text.lstrip())
    return Span(span.path, span.line, start, span.line, start + len(text.strip()))
