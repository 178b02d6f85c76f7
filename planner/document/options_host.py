"""Option files of a host with what they include, and which option each written name means to a server.

`!include` reads one file, `!includedir` the *.cnf files of a folder in byte order; both stay below a given
root that stands for `/` of the server. A missing file is passed over, a missing folder ends the file that
names it; a fatal error in an included file ends that file alone. Ten levels are read. Source:
mysys/my_default.c.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS
from planner.catalogue.releases import ServerOption, Version, is_parsed, options_beginning, server_option
from planner.document.bundle import Root
from planner.document.model import Document, Entry, Scalar
from planner.document.mysql import ServerVersion, server_groups, server_version
from planner.document.options import (
    Fatal,
    Header,
    Include,
    Option,
    Setting,
    Statement,
    located,
    option_name,
    statements,
    underscored,
)
from planner.document.reader import file_bytes, line_count, parse
from planner.document.text import RefusedError, decode, escape, fault
from planner.finding import Finding, Span
from planner.wording import wording

DEEPEST = 10
MOST_LINES = 100_000
"""Lines of one reading; a folder whose files include it would otherwise be read 10 times to itself."""

OPTION_FILES = ("etc/my.cnf", "etc/mysql/my.cnf")
"""Option files a server reads below a root, in its order."""

_EXTENSION = ".cnf"


class OptionFiles(NamedTuple):
    """An option file and all it includes: the options in reading order, whatever their group."""

    options: tuple[Option, ...]
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def read_option_files(path: str | Path, root: str | Path | Root | None = None) -> OptionFiles:
    """Return an option file with its includes below `root`; without a root includes are not followed."""
    reading = _Reading(Root.of(root) if root is not None else None)
    reading.take(Path(path), 0)
    return OptionFiles(tuple(reading.options), tuple(reading.documents.values()), tuple(reading.findings))


def read_host_options(root: str | Path | Root) -> OptionFiles:
    """Return the option files a server reads below a root, with their includes; empty where it has none."""
    top = Root.of(root)
    read = [read_option_files(file, top) for name in OPTION_FILES if (file := top.file(name))]
    return OptionFiles(
        tuple(option for each in read for option in each.options),
        tuple(document for each in read for document in each.documents),
        tuple(finding for each in read for finding in each.findings),
    )


def unfollowed(document: Document) -> Iterator[Finding]:
    """Yield a finding for each include of an option file that was read alone, without a root."""
    if "!" not in document.text or not document.readable:
        return
    for statement in _said(document.text.encode(), document.path):
        if isinstance(statement, Include):
            yield _unfollowed(statement)


def _unfollowed(include: Include) -> Finding:
    message = wording("{path} is not followed: no root was given", path=include.target)
    return fault("include-not-followed", include.span, message)


@dataclass
class _Reading:
    """The state of one reading."""

    root: Root | None
    options: list[Option] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    findings: dict[Finding, None] = field(default_factory=dict)
    said: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    lines: int = 0

    def take(self, path: Path, level: int) -> None:
        """Read one file; where it is refused, only what stood before the refusal counts, as in the server."""
        shown = str(path)
        if shown not in self.documents:
            self._read(path, shown)
        self.lines += line_count(self.documents[shown].text)
        self.open.append(shown)
        self._take(self.said.get(shown, ()), level)
        self.open.pop()

    def _read(self, path: Path, shown: str) -> None:
        try:
            data = (self.root.content if self.root else file_bytes)(path, shown)
        except RefusedError as error:
            document = Document(shown, "option-file", "", None, (error.finding,))
        else:
            document = parse(data, shown, "option-file")
            # Of a file refused for its length nothing counts; of another what stands before the refusal.
            self.said[shown] = tuple(_said(data, shown)) if document.text else ()
        self.documents[shown] = document
        self.findings.update(dict.fromkeys(document.findings))

    def _take(self, said: tuple[Statement, ...], level: int) -> None:
        group = ""
        for statement in said:
            match statement:
                case Header():
                    group = statement.group.lower()
                case Setting():
                    self.options.append(located(group, statement))
                case Include() if not self._include(statement, level):
                    return
                case _:
                    pass

    def _include(self, include: Include, level: int) -> bool:
        """Read what a directive names; return whether the reader goes on with the file."""
        if self.root is None:
            self.findings[_unfollowed(include)] = None
        elif level >= DEEPEST:
            self._note(
                "missing-include", include, wording("is passed over: it stands over {most} levels deep", most=DEEPEST)
            )
        elif include.is_folder:
            return self._folder(self.root, include, level)
        else:
            self._file(self.root, PurePosixPath(include.target), include, level)
        return True

    def _folder(self, root: Root, include: Include, level: int) -> bool:
        folder = PurePosixPath(include.target)
        real = root.real(folder)
        if real is None or not root.is_folder(root.place(real)):
            self._note("missing-include-folder", include, wording("is no folder below the root: the file is refused"))
            return False
        if (refused := root.refused(folder)) is not None:
            self.documents[refused.path] = refused
            self.findings.update(dict.fromkeys(refused.findings))
        for name in root.names(folder):
            if name.endswith(_EXTENSION):
                self._file(root, folder / name, include, level)
        return True

    def _file(self, root: Root, path: PurePosixPath, include: Include, level: int) -> None:
        place = root.file(path)
        if place is None:
            what = wording("does not exist below the root; the server passes over it")
            self._note("missing-include", include, what, path)
            return
        shown = str(place)
        if shown in self.open:
            what = wording("includes itself; the server stops after ten levels")
            self._note("missing-include", include, what, path)
        if self.lines > MOST_LINES:
            most = f"{MOST_LINES:,}"
            what = wording("is not read: what stands before it has more than {most} lines", most=most)
            self._note("too-many-values", include, what, path)
        else:
            self.take(place, level + 1)

    def _note(self, rule: str, include: Include, state: str, path: PurePosixPath | None = None) -> None:
        """Note the state of what a directive names, or of one file in the folder it names."""
        named = include.target if path is None or not include.is_folder else str(path)
        self.findings[fault(rule, include.span, wording("{path} {what}", path=named, what=state))] = None


def _said(data: bytes, path: str) -> Iterator[Statement]:
    """Yield the statements of a file up to what its reader refuses."""
    try:
        decoded = decode(data, path, "option-file")
    except RefusedError:
        return
    for statement in statements(decoded, path):
        if isinstance(statement, Fatal):
            return
        yield statement


# Options under the names a server knows them by: abbreviations completed, `set-variable` taken apart.
#
# MariaDB, and MySQL before 5.7, take the unambiguous beginning of an option's name; MySQL before 5.5 takes
# `set-variable = name=value`. Source: mysys/my_getopt.c of these versions; the names are in
# `schemas/mysql-options.tsv`.

SET_VARIABLE = "set_variable"
_PREFIXES, _OFF = "getopt_prefix_matching", frozenset({"0", "off", "false"})


@cache
def _families() -> dict[str, dict[str, Any]]:
    text = (SCHEMAS / "mysql-option-parsing.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text)["families"]
    return loaded


@lru_cache(1 << 16)
def full_name(name: str, version: ServerVersion | None = None) -> str | None:
    """Return the option that `name` is or abbreviates in servers of `version`.

    None where no option, or more than one, begins so. Without a version MySQL's names come first.
    """
    wanted = (False, True) if version is None else (version.is_mariadb,)
    name = name.lower()
    exact = Version(version.numbers, version.is_mariadb) if version else None
    rows = [server_option(name, mariadb=mariadb) for mariadb in wanted]
    known = [row for row in rows if row is not None and (row.settable == "i" or is_parsed(row, exact))]
    if known:
        switch = _is_switch(known[0]) and version is not None and abbreviates(version)
        return _before_switch(name, exact, mariadb=wanted[0]) if switch else name
    return next(filter(None, (_meant(name, exact, mariadb=mariadb) for mariadb in wanted)), None)


def _is_switch(option: ServerOption) -> bool:
    """Tell whether an option switches a plugin."""
    return "|FORCE|" in option.values


def _before_switch(name: str, version: Version | None, *, mariadb: bool) -> str:
    """Return the one option that begins with the whole name of another plugin's switch, and takes it; else the name."""
    begun = options_beginning(name, mariadb=mariadb)
    found = list(islice((each for each in begun if is_parsed(each, version) and not _is_switch(each)), 2))
    return found[0].name.lower() if len(found) == 1 else name


def _meant(name: str, version: Version | None, *, mariadb: bool) -> str | None:
    """Return the option that servers take a beginning for, in the order in which they look; None for none or several.

    MariaDB looks at a few options before all others, plugins see what the server itself does not know, and names that
    are only ignored come last.
    """
    found = _begun(name, version, mariadb=mariadb)
    return found[0].name.lower() if len(found) == 1 else None


def several(name: str, version: ServerVersion) -> tuple[str, ...]:
    """Return the options a name may abbreviate where there is more than one: servers refuse it, even as `loose_`."""
    if not abbreviates(version) or full_name(name, version) is not None:
        return ()
    found = _begun(name, Version(version.numbers, version.is_mariadb), mariadb=version.is_mariadb)
    return tuple(each.name for each in found) if len(found) > 1 else ()


def _begun(name: str, version: Version | None, *, mariadb: bool) -> list[ServerOption]:
    if not name:
        return []
    first = _families()["mariadb" if mariadb else "mysql"].get("read_first", ())
    begun = list(options_beginning(name, mariadb=mariadb))
    parsed = [each for each in begun if is_parsed(each, version)]
    # Each plugin knows its own switch alone, so nothing is ambiguous: the first that is asked takes it.
    turns = (
        [each for each in parsed if each.name in first],
        [each for each in parsed if not _is_switch(each)],
        [each for each in parsed if _is_switch(each)][:1],
        [each for each in begun if version is not None and each.standing(version) == "ignored"],
    )
    return next(filter(None, turns), [])


def abbreviates(version: ServerVersion | None) -> bool:
    """Tell whether a server of this version takes abbreviated names; one of an unknown version may."""
    return _is_up_to(version, "abbreviates_until")


def takes_capitals(version: ServerVersion | None) -> bool:
    """Tell whether a server of this version takes the names of options in capitals, too."""
    since = _families()["mariadb" if version.is_mariadb else "mysql"].get("any_case_since") if version else None
    first = server_version(since) if since else None
    return version is not None and first is not None and version.reaches(first.numbers)


def sets_variables(version: ServerVersion | None) -> bool:
    """Tell whether a server of this version knows `set-variable`; one of an unknown version may."""
    return _is_up_to(version, "set_variable_until")


def completed(option: Option, version: ServerVersion | None = None) -> Option:
    """Return an option under the name and with the value a server of `version` takes it for."""
    if option.name == SET_VARIABLE and sets_variables(version):
        option = _taken_apart(option)
    return _completed(option, version) if abbreviates(version) else option


def as_read(options: Iterable[Option], version: ServerVersion | None) -> Iterator[tuple[Option, Option]]:
    """Yield options as they are written, in reading order, each with what a server of `version` takes it for.

    Behind `getopt_prefix_matching = off` MariaDB takes names as they stand.
    """
    in_full = False
    for written in options:
        option = written if in_full else completed(written, version)
        if option.name == _PREFIXES:
            in_full = (option.value or "").lower() in _OFF
        yield written, option


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


# Which options a server of a given version gets from its files, and which one beats each other one.

_FIRST_WINS = frozenset({"user"})
_ADDED_UP = frozenset(
    {
        "binlog_do_db",
        "binlog_ignore_db",
        "ignore_db_dir",
        "ignore_db_dirs",
        "optimizer_switch",
        "performance_schema_instrument",
        "plugin_load_add",
        "replicate_do_db",
        "replicate_do_table",
        "replicate_ignore_db",
        "replicate_ignore_table",
        "replicate_rewrite_db",
        "replicate_wild_do_table",
        "replicate_wild_ignore_table",
        SET_VARIABLE,
    }
)


class ShadowedOption(NamedTuple):
    """An option that has no effect, and the one that beats it."""

    option: Option
    by: Option


class ServerOptions(NamedTuple):
    """What a server gets: one option per name, those it never sees, and those of groups it does not read.

    Names are those of the server: where it takes abbreviations they are completed.

    Of options that add up (`replicate_do_db`, `plugin_load_add`...) the last stands here and none is
    shadowed.
    """

    effective: Mapping[str, Option]
    shadowed: tuple[ShadowedOption, ...]
    unread: tuple[Option, ...]


def server_options(options: Iterable[Option], version: ServerVersion | None = None) -> ServerOptions:
    """Return what a server of `version` makes of options in reading order; the last of a name wins."""
    groups = frozenset(server_groups(version))
    effective: dict[str, Option] = {}
    shadowed: list[ShadowedOption] = []
    every = tuple(options)
    unread = tuple(each for each in every if each.group.rstrip(" ") not in groups)
    for _, option in as_read((each for each in every if each.group.rstrip(" ") in groups), version):
        known = effective.get(option.name)
        if known is not None and option.name in _FIRST_WINS:
            shadowed.append(ShadowedOption(option, known))
        else:
            if known is not None and option.name not in _ADDED_UP:
                shadowed.append(ShadowedOption(known, option))
            effective[option.name] = option
    return ServerOptions(effective, tuple(shadowed), unread)
