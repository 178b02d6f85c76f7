"""Options of MySQL and MariaDB servers: when each came, was deprecated, ignored and refused.

The data is `schemas/mysql-options.tsv`, a line for each family and name. It is read when an option file is
checked, and a line is taken apart when its name is asked for.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.catalogue.data import SCHEMAS
from planner.catalogue.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "database-server-options"
"""Where the data comes from, a key of `schemas/sources.json`."""

_OLDEST = {False: "5.0", True: "5.5"}


class ServerOption(NamedTuple):
    """One name in one family, as the data has it; versions are texts, empty where there is none.

    `settable`: `o` an option, `i` accepted and ignored, `v` and `r` variables that only `SET` or nobody sets,
    `c` of the command line alone. `after`: what a server does once the option has `gone`, `r` refuse to start,
    `w` warn and ignore it. `kind`: `i` integer, `d` double, `b` switch, `e` one of `values`, `s` several of them,
    `t` text, `f` switches such as `name=on`. `argument`: `r` a value must stand behind the name, `n` none may.
    """

    family: str
    name: str
    came: str = ""
    deprecated: str = ""
    gone: str = ""
    after: str = ""
    ignored: str = ""
    settable: str = "o"
    kind: str = ""
    minimum: str = ""
    maximum: str = ""
    default: str = ""
    plugin: str = ""
    platform: str = ""
    instead: str = ""
    values: str = ""
    argument: str = ""

    def standing(self, version: Version) -> str:
        """Return what a server of this family and version makes of the name in its option file.

        One of `taken`, `deprecated`, `ignored`, `not yet`, `gone`, `variable` (no option of a file), `elsewhere` (of a
        plugin or a platform).
        """
        came = not self.came or version.reaches(self.came)
        gone = bool(self.gone) and version.reaches(self.gone)
        cases = (
            (self.settable in "vrc", "variable"),
            (not came, "not yet"),
            (gone and self.after == "w", "ignored"),
            (gone, "gone"),
            (self.settable == "i", "ignored"),
            (bool(self.plugin or self.platform), "elsewhere"),
            (bool(self.deprecated) and version.reaches(self.deprecated), "deprecated"),
        )
        return next((name for holds, name in cases if holds), "taken")

    def choices(self, version: Version | None = None) -> tuple[str, ...]:
        """Return the values of an enumeration or a set that servers of a version (None: of any) know."""
        return tuple(word for word, first, last in _spans(self.values) if _within(version, first, last))


def _spans(values: str) -> Iterator[tuple[str, str, str]]:
    for each in filter(None, values.split("|")):
        word, _, span = each.rpartition(":")
        first, _, last = span.partition("-") if word else ("", "", "")
        yield word or each, first, last


def _within(version: Version | None, first: str, last: str) -> bool:
    if version is None:
        return True
    newest = Version.read(last) if last else None
    return (not first or version.reaches(first)) and (newest is None or version.numbers[:2] <= newest.numbers)


@cache
def _lines() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"a": {}, "m": {}}
    for line in (SCHEMAS / "mysql-options.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        family, name, _ = f"{line}\t".split("\t", 2)
        found[family][name.lower()] = line
    return found


@lru_cache(1 << 12)
def server_option(name: str, *, mariadb: bool) -> ServerOption | None:
    """Return what is known of a name, dashes as underscores, in one family; None where no server of it has it."""
    line = _lines()["a" if mariadb else "m"].get(name.lower())
    return ServerOption(*line.split("\t")) if line else None


def life(option: ServerOption) -> str:
    """Return an option's life in words: `5.0 to 5.5; deprecated since 5.1.29; refused from 5.6.7 on`."""
    oldest = f"{_OLDEST[option.family == 'a']} or before"
    parts = [f"from {option.came or oldest} on"]
    if option.settable in "vr":
        parts.append("a variable, no option: refused in a file")
    if option.settable == "i":
        parts.append("accepted and ignored")
    if option.deprecated:
        parts.append(f"deprecated since {option.deprecated}")
    if option.gone:
        does = "warned of and ignored" if option.after == "w" else "refused"
        parts.append(f"{does} from {option.gone} on")
    if option.plugin or option.platform:
        parts.append(f"only with {option.plugin or option.platform}")
    return "; ".join(parts) + (f"; instead: {option.instead}" if option.instead else "")


@lru_cache(64)
def option_names(version: Version | None, *, mariadb: bool) -> tuple[str, ...]:
    """Return the names a server's own option parser knows, sorted, in small letters; of any version for None."""
    names = _lines()["a" if mariadb else "m"]
    known = (server_option(name, mariadb=mariadb) for name in names)
    return tuple(sorted(each.name.lower() for each in known if each is not None and _parsed(each, version)))


def _parsed(option: ServerOption, version: Version | None) -> bool:
    if option.settable not in "oi" or option.plugin:
        return False
    # Names that are only ignored are looked up whole: no beginning of theirs is taken, or made ambiguous by them.
    return version is None or option.standing(version) in {"taken", "deprecated"}
