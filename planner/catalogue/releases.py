"""What servers, clients and kernels of each version know: versions and how they compare, options, keys."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, total_ordering
from itertools import islice
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS, schema
from planner.wording import wording

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
        # MariaDB tells old clients that it is 5.5.5.
        match = _DIGITS.search(text[:80].removeprefix("5.5.5-"))
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


_SYSTEM = re.compile(
    r"\s*(?:(?P<ubuntu>ubuntu)|(?P<debian>debian)|(?:el|ol|rhel|centos|red hat|rocky|alma|oracle|scientific))"
    r"[^0-9]*(?P<number>[0-9]+(?:\.[0-9]+)?)",
    re.IGNORECASE,
)


def kernel_of(kernel: str, system: str = "") -> Version | None:
    """Return a kernel's version as it is written, `CentOS 7` and `el7` as what they bring; or else the system's."""
    return _brought(kernel) or Version.read(kernel) or _brought(system)


def _brought(system: str) -> Version | None:
    found = _SYSTEM.match(system)
    if found is None:
        return None
    family, number = found["ubuntu"] or found["debian"] or "el", found["number"]
    kernels = schema("sysctl")["x-kernels"][family.lower()]
    return Version.read(kernels.get(number) or kernels.get(number.partition(".")[0], ""))


def in_force(entries: list[dict[str, Any]], version: Version) -> dict[str, Any] | None:
    """Return the last of `entries`, sorted by their `from`, that a version has reached."""
    reached = [entry for entry in entries if version.reaches(entry["from"])]
    return reached[-1] if reached else None


# Options of MySQL and MariaDB servers: when each came, was deprecated, ignored and refused.
#
# The data is `schemas/mysql-options.tsv`, a line for each family and name. It is read when an option file is
# checked, and a line is taken apart when its name is asked for.

SOURCE = "database-server-options"
"""Where the data comes from, a key of `schemas/sources.json`."""

_OLDEST = {False: "5.0", True: "5.5"}


class ServerOption(NamedTuple):
    """One name in one family, as the data has it; versions are texts, empty where there is none.

    `settable`: `o` an option, `i` accepted and ignored, `v` and `r` variables that only `SET` or nobody sets,
    `c` of the command line alone. `after`: what a server does once the option has `gone`, `r` refuse to start,
    `w` warn and ignore it. `kind`: `i` integer, `d` double, `b` switch, `e` one of `values`, `s` several of them,
    `f` switches such as `name=on`, `n` a whole name of `values`, `t` text, of which `values` are some. `argument`:
    `r` a value must stand behind the name, `n` none may. `minimum` and `maximum` are as those of kernel keys. Up to
    `text_until` a value is compared with `values` as it stands, later by name, beginning or number. `absent`: the
    releases that lacked it between two that have it, `10.3.1-10.3.13` from the first to before the second.
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
    text_until: str = ""
    absent: str = ""

    def gaps(self) -> Iterator[tuple[str, str]]:
        """Yield where releases lacked the option: the first that did, and the first that has it again."""
        return ((first, back) for first, _, back in (span.partition("-") for span in self.absent.split(",") if span))

    def left(self, version: Version) -> str:
        """Return the release that took the option from servers of a version; empty where they have it."""
        away = (first for first, back in self.gaps() if version.reaches(first) and not version.reaches(back))
        return next(away, self.gone if self.gone and version.reaches(self.gone) else "")

    def standing(self, version: Version) -> str:
        """Return what a server of this family and version makes of the name in its option file.

        One of `taken`, `deprecated`, `ignored`, `not yet`, `gone`, `variable` (no option of a file), `elsewhere` (of a
        plugin or a platform).
        """
        came = not self.came or version.reaches(self.came)
        left = self.left(version)
        cases = (
            (self.settable in "vrc", "variable"),
            (not came, "not yet"),
            (left and left == self.gone and self.after == "w", "ignored"),
            (left, "gone"),
            (self.settable == "i", "ignored"),
            (bool(self.part(version)), "elsewhere"),
            (bool(self.deprecated) and version.reaches(self.deprecated), "deprecated"),
        )
        return next((name for holds, name in cases if holds), "taken")

    def part(self, version: Version | None = None) -> str:
        """Return the plugin, component or platform an option is of; `5.1:innodb_plugin` is one of that series alone."""
        series, _, name = self.platform.rpartition(":")
        only = Version.read(series) if series else None
        component, dot, _ = self.name.partition(".")
        own = self.plugin or (f"component_{component}" if dot else "")
        return own or ("" if only and version and version.numbers[:2] != only.numbers else name)

    def limits(self, version: Version) -> tuple[int | None, int | None]:
        """Return the least and the greatest number servers of a version take; they start with the nearest."""
        return _bound(self.minimum, version), _bound(self.maximum, version)

    def choices(self, version: Version | None = None) -> tuple[str, ...]:
        """Return the values of an enumeration or a set that servers of a version (None: of any) know."""
        return tuple(word for word, first, last in _spans(self.values) if _within(version, first, last))

    def choice(self, text: str, version: Version | None = None) -> str:
        """Return the value of an enumeration that servers of a version take a text for; empty for none."""
        words = self.choices(version)
        if self.kind in "fnt":
            return self._named(text.casefold(), words)
        exact = [word for word in words if word == text]
        if exact or (self.text_until and version is not None and _within(version, "", self.text_until)):
            return exact[0] if exact else ""
        if not text and self.kind == "e":
            text = "0"  # nothing is read as that
        if text.removeprefix("+").isdecimal():
            return words[int(text)] if int(text) < len(words) else ""
        name = text.casefold()
        begun = [word for word in words if name and word.casefold().startswith(name)]
        whole = [word for word in begun if word.casefold() == name]
        return next(iter(whole or begun), "") if whole or len(begun) == 1 else ""

    def _named(self, text: str, words: tuple[str, ...]) -> str:
        # utf8 is utf8mb3 under its first name; MariaDB makes uca1400 of the words of any set of Unicode.
        name = re.sub(r"^utf8(?=_|$)", "utf8mb3", text)
        name = re.sub(r"^(?:utf8mb3|ucs2|utf16|utf32)(?=_uca1400)", "utf8mb4", name)
        found = next((word for word in words if word.casefold() in (text, name)), "")
        unknown = self.kind == "t" and not any(word.casefold() in (text, name) for word in self.choices())
        return found or (text if unknown else "")


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
    """Return an option's life in words: `from 5.0 or before on; deprecated since 5.1.29; refused from 5.6 on`."""
    parts = [
        wording("from {came} on", came=option.came)
        if option.came
        else wording("from {oldest} or before on", oldest=_OLDEST[option.family == "a"]),
        wording("a variable, no option: refused in a file") if option.settable in "vr" else "",
        wording("an option of the command line alone") if option.settable == "c" else "",
        wording("accepted and ignored") if option.settable == "i" else "",
        wording("deprecated since {version}", version=option.deprecated) if option.deprecated else "",
        *(wording("refused from {first} to before {back}", first=first, back=back) for first, back in option.gaps()),
        wording("warned of and ignored from {version} on", version=option.gone) if option.after == "w" else "",
        wording("refused from {version} on", version=option.gone) if option.gone and option.after != "w" else "",
        wording("only with {part}", part=option.plugin or option.platform or option.part()) if option.part() else "",
        wording("instead: {name}", name=option.instead) if option.instead else "",
    ]
    return "; ".join(filter(None, parts))


@lru_cache(64)
def option_names(version: Version | None, *, mariadb: bool) -> tuple[str, ...]:
    """Return the names a server's own option parser knows, sorted, in small letters; of any version for None."""
    names = _lines()["a" if mariadb else "m"]
    known = (server_option(name, mariadb=mariadb) for name in names)
    return tuple(sorted(each.name.lower() for each in known if each is not None and is_parsed(each, version)))


@cache
def _sorted_names(*, mariadb: bool) -> list[str]:
    return sorted(_lines()["a" if mariadb else "m"])


def options_beginning(text: str, *, mariadb: bool) -> Iterator[ServerOption]:
    """Yield what is known of the names of one family that begin with a text, in order."""
    names = _sorted_names(mariadb=mariadb)
    for name in islice(names, bisect_left(names, text), None):
        if not name.startswith(text):
            return
        if (option := server_option(name, mariadb=mariadb)) is not None:
            yield option


def similar_options(text: str, version: Version | None, *, mariadb: bool) -> list[str]:
    """Return the names a server's own option parser knows that are about as long and begin or end as a text does."""
    near = (
        name
        for name in _sorted_names(mariadb=mariadb)
        if abs(len(name) - len(text)) <= _SLIPS and (name[:_SAME] == text[:_SAME] or name[-_SAME:] == text[-_SAME:])
    )
    known = ((name, server_option(name, mariadb=mariadb)) for name in near)
    return [name for name, option in known if option is not None and is_parsed(option, version)]


_SLIPS, _SAME = len("_size"), 3


def is_parsed(option: ServerOption, version: Version | None) -> bool:
    """Tell whether the server's own option parser knows an option; of any version for None."""
    if option.settable not in "oi" or option.plugin or "." in option.name:
        return False
    # Names that are only ignored are looked at last, among themselves.
    return version is None or option.standing(version) in {"taken", "deprecated"}


# Client programs of MySQL and MariaDB: which groups of an option file each reads, and which options it knows.


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


def read_groups() -> frozenset[str]:
    """Return every group that a client program, or mysqld_safe, reads."""
    return frozenset(_data()["others"]["groups"]).union(*(each.groups for each in (*programs(), wrapper())))


def rescue_options() -> dict[str, str]:
    """Return the options of an emergency, each with what a server that keeps it does."""
    options: dict[str, str] = _data()["rescue"]["options"]
    return options


# Keys of /proc/sys by kernel: which kernels have one, who may write it, and how `all` and an interface combine.
#
# The data is `schemas/sysctl-keys.tsv`, read when kernel settings are checked. `*` in a key stands for one part: an
# interface, a protocol.

KERNEL_KEYS_SOURCE = "linux-sysctl-tables"

KERNELS = ("2.6.32", "3.10", "3.10", "4.18", "4.18", "5.14", "6.1", "6.12")
"""The kernels of the data's columns: EL6, 3.10, EL7, 4.18, EL8, 5.14, 6.1 and 6.12."""

_WHOLE = frozenset({"kernel", "vm", "fs", "user", "debug"})
"""First parts below which the data has every key of these kernels, modules apart."""

_SYSFS = ("block", "bus", "class", "devices", "firmware", "module", "power", "kernel.mm")
"""Folders of /sys, where `sysctl` does not reach (the kernel's Documentation/filesystems/sysfs.rst)."""


class KernelKey(NamedTuple):
    """One key: `kernels` has a 1 for each of KERNELS that has it, `n` where only a newer one has.

    `access`: `r` read-only, `w` write-only, `r:4.18` read-only before that kernel. `combines`: `max`, `or`, `and` of
    `all` and the interface; empty where one of the two alone counts. `unit`: `text` where the value is no number.
    `minimum`, `maximum`: of every kernel, or `0@3.10;1@4.18`, each from a kernel on and none before. `words`: those
    that came with a later kernel, as `bbr:4.9`.
    """

    key: str
    kernels: str = ""
    access: str = ""
    module: str = ""
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    combines: str = ""
    renamed: str = ""
    words: str = ""

    def came(self, word: str) -> str:
        """Return the kernel a word such as `bbr` came with; empty for one that is older than all, or not known."""
        return dict(each.split(":") for each in self.words.split("|") if each).get(word, "") if self.words else ""

    def exists(self, kernel: Version | None) -> bool:
        """Tell whether a kernel (None: any known one, or a newer) has the key."""
        if kernel is None or "1" not in self.kernels:
            return "1" in self.kernels or "n" in self.kernels
        at = max((at for at, text in enumerate(KERNELS) if kernel.reaches(text)), default=0)
        # Two columns of one version are the kernel's own release and a distribution's.
        alike = [here for here, text in zip(self.kernels, KERNELS, strict=True) if text == KERNELS[at]]
        return "1" in alike or "n" in alike

    def known_to(self) -> str:
        """Return the kernels that have the key, oldest first."""
        pairs = zip(self.kernels, KERNELS, strict=False)
        known = ", ".join(dict.fromkeys(text for here, text in pairs if here == "1"))
        return known or (wording("newer than 6.12") if "n" in self.kernels else wording("older than 2.6.32"))

    def limits(self, kernel: Version) -> tuple[int | None, int | None]:
        """Return the least and the greatest value a kernel takes, None for no limit."""
        return _bound(self.minimum, kernel), _bound(self.maximum, kernel)

    def ranges(self, after: Version | None = None) -> Iterator[tuple[Version, tuple[int | None, int | None]]]:
        """Yield the limits of each kernel that has the key, or of those after one, where they differ from before."""
        before: tuple[int | None, int | None] | None = None
        for kernel in self._having():
            found = self.limits(kernel)
            if found != before and (after is None or after < kernel):
                yield kernel, found
            before = found

    def _having(self) -> list[Version]:
        named = dict.fromkeys(text for here, text in zip(self.kernels, KERNELS, strict=False) if here == "1")
        return [version for text in named if (version := Version.read(text))]

    def read_only(self, kernel: Version | None) -> bool:
        """Tell whether a write is refused; of an unknown kernel what EL7's does."""
        until = self.access.partition(":")[2]
        return self.access[:1] == "r" and not (until and kernel is not None and kernel.reaches(until))


def _bound(text: str, version: Version) -> int | None:
    """Return a limit that stands for all versions, or the last whose version is reached: `1@5.0;0@5.6`."""
    spans = [each.partition("@") for each in text.split(";")]
    reached = [value for value, _, since in spans if not since or version.reaches(since)]
    return int(reached[-1]) if reached and reached[-1] else None


@cache
def _kernel_keys_lines() -> dict[str, str]:
    lines = (SCHEMAS / "sysctl-keys.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {line.partition("\t")[0]: line for line in lines}


@cache
def _patterns() -> dict[tuple[int, str], list[tuple[list[str], str]]]:
    found: dict[tuple[int, str], list[tuple[list[str], str]]] = {}
    # Of two patterns the one with fewer stars says more.
    for key in sorted(filter(lambda each: "*" in each, _kernel_keys_lines()), key=lambda each: each.count("*")):
        parts = key.split(".")
        found.setdefault((len(parts), parts[-1]), []).append((parts, key))
    return found


@lru_cache(1 << 12)
def kernel_key(name: str) -> KernelKey | None:
    """Return what is known of a key, `net.ipv4.conf.eth0.rp_filter` as `net.ipv4.conf.*.rp_filter`; None for none."""
    lines, parts = _kernel_keys_lines(), name.split(".")
    last = next((each for each in (parts[-1], "*") if (len(parts), each) in _patterns()), "")
    fits = (key for own, key in _patterns().get((len(parts), last), ()) if _fits(own, parts))
    line = lines.get(name) or lines.get(next(fits, ""))
    return KernelKey(*line.split("\t")) if line else None


def _fits(pattern: list[str], parts: list[str]) -> bool:
    return all(one in {"*", other} for one, other in zip(pattern, parts, strict=True))


def foreign_part(name: str) -> str:
    """Return what a name begins with that no key of Linux does: `kern`, `net.inet`; empty for none."""
    parts = name.split(".")
    if parts[0] == "dev" and parts[2:] and parts[2].isdecimal():  # `dev.igb.0.fc` is FreeBSD's
        return ".".join(parts[:2])
    begins = (".".join(parts[:count]) for count in (1, 2 if parts[0] == "net" and len(parts) > len("ab") else 1))
    return next((each for each in begins if each not in _beginnings()), "")


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(".".join(key.split(".")[:count]) for key in _kernel_keys_lines() for count in (1, 2))


def sysfs_part(name: str) -> str:
    """Return the folder of /sys that a name stands for, such as `kernel.mm` of kernel.mm.ksm.run; empty for none."""
    return next((each for each in _SYSFS if name.startswith(f"{each}.")), "")


_LONGEST_KEY = 200


def is_charted(name: str) -> bool:
    """Tell whether the data has every key this one could be, so that a missing one does not exist.

    Of deeper folders, such as fs.inotify, modules may have more: there a missing key is a slip of one that exists.
    """
    parts = name.split(".")
    if parts[0] != "net":
        return parts[0] in _WHOLE and (len(parts) == len(("kernel", "panic")) or any(near_keys(name)))
    return parts[1:2] in (["core"], ["ipv4"], ["ipv6"], ["unix"], ["netfilter"])


def near_keys(name: str) -> tuple[str, ...]:
    """Return the existing key that differs from a name in one part, by a letter or two, or in what parts its words."""
    return _near_keys(name) if len(name) <= _LONGEST_KEY else ()


_PARTED = str.maketrans(".-", "__")


@lru_cache(1 << 10)
def _near_keys(name: str) -> tuple[str, ...]:
    from difflib import get_close_matches  # noqa: PLC0415  only slips need it

    parts, words = name.split("."), name.translate(_PARTED)
    if alike := [key for key in _kernel_keys_lines() if key.translate(_PARTED) == words]:
        return (alike[0],)
    same = (key for key in _kernel_keys_lines() if key.count(".") == name.count(".") and "*" not in key)
    likely = [key for key in same if sum(a != b for a, b in zip(key.split("."), parts, strict=True)) == 1]
    return tuple(get_close_matches(name, likely, 1, 0.9))
