"""MySQL and MariaDB option files (my.cnf) as located nodes: a mapping of groups, each a mapping of options.

Names are canonical (lower case, underscores, prefixes resolved: `skip-innodb` is `innodb` with the value
"0"); the key's text is the name as written. Values are text, as the server gets them before it knows their
type; an option without `=` has the value None. A repeated group or option stands as often as in the file;
the last is in force.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.document.budget import escape
from planner.document.faults import RefusedError, fault
from planner.document.model import Entry, Mapping, Scalar
from planner.document.option_grammar import Fatal, Header, Include, Setting, statements
from planner.document.option_names import option_name
from planner.finding import Finding, Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded
    from planner.document.model import Document

# What a server reads, whatever its version; a name with other signs is that of no option.
_SERVERS = re.compile(r"(?:mysqld|server|mariadbd?)(?:-[0-9.]+)? *|client-server *|galera *")
_NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


@lru_cache(64)
def _is_servers(group: str) -> bool:
    return _SERVERS.fullmatch(group) is not None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a file, with the group it stands in (lower case)."""

    group: str
    entry: Entry

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.entry.name

    @property
    def value(self) -> str | None:
        """The text the server gets; None where the option stands without `=`."""
        value = self.entry.node.value if isinstance(self.entry.node, Scalar) else None
        return None if value is None else str(value)

    @property
    def span(self) -> Span:
        """The place of the value, or of the name where there is none."""
        return self.entry.node.span


@dataclass(slots=True)
class _Group:
    """A group whose end has not come yet."""

    header: Header
    entries: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.header.group.lower()

    def entry(self) -> Entry:
        pointer = f"/{escape(self.name)}"
        key = Scalar(self.header.group, self.header.group, self.header.span, pointer)
        last = self.entries[-1].node.span if self.entries else self.header.span
        first = self.header.span
        span = Span(first.path, first.line, first.column, last.end_line, last.end_column)
        return Entry(self.name, key, Mapping(tuple(self.entries), span, pointer))


def read_options(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the groups of an option file; raises `RefusedError` where its reader refuses the whole file."""
    groups: list[_Group] = []
    findings: list[Finding] = []
    for statement in statements(decoded, path):
        match statement:
            case Header():
                groups.append(_Group(statement))
            case Setting():
                option = located(groups[-1].name, statement)
                groups[-1].entries.append(option.entry)
                findings.extend(spelling(option))
            case Fatal():
                raise RefusedError(statement.finding)
            case Finding():
                findings.append(statement)
            case Include():
                pass
    entries = tuple(group.entry() for group in groups)
    end = entries[-1].node.span if entries else Span(path, 1, 1, 1, 1)
    return Mapping(entries, Span(path, 1, 1, end.end_line, end.end_column), ""), tuple(findings)


def options(document: Document) -> Iterator[Option]:
    """Yield the options of an option file in order; none where the document could not be read."""
    if isinstance(document.root, Mapping):
        for group in document.root.entries:
            if isinstance(group.node, Mapping):
                yield from (Option(group.name, entry) for entry in group.node.entries)


def located(group: str, setting: Setting) -> Option:
    """Return one statement of a file as a located option."""
    name = option_name(setting.key)
    pointer = f"/{escape(group)}/{escape(name.name)}"
    key = Scalar(setting.key, setting.key, setting.key_span, pointer)
    node = Scalar(name.seen(setting.value), setting.value or "", setting.value_span, pointer, setting.quoted)
    return Option(group, Entry(name.name, key, node))


def spelling(option: Option) -> Iterator[Finding]:
    """Yield names no server takes, or MySQL does not for their capitals; other groups are free."""
    written, span = option.entry.key.text, option.entry.key.span
    if not _is_servers(option.group):
        return
    if not written:
        yield fault("syntax-error", option.span, wording("a value without the name of an option in front of the ="))
    elif not _NAME.fullmatch(written) and not option_name(written).is_loose:
        message = wording("{written} can be no option's name; the server refuses to start", written=repr(written))
        yield fault("syntax-error", span, message, hint=wording("Write name = value, or begin a comment with #."))
    elif written != written.lower():
        message = wording("MySQL does not know the option {name}: names are written in small letters", name=written)
        yield fault("option-in-capitals", span, message, hint=wording("Write {name}.", name=written.lower()))
