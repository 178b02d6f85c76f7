"""Option files as the server's own reader sees them: lines, names, groups, and the values of options.

Source: mysys/my_default.c (MySQL 5.0 to 8.4 and MariaDB alike). The buffer takes 4,094 bytes at a time, so
a longer line continues as a line of its own. White space is white space of Latin-1: the byte 0xA0 counts,
although it is the second half of `à` and of a no-break space in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from planner.catalogue.releases import server_option
from planner.catalogue.units import quoted
from planner.document.model import Document, Entry, Mapping, Scalar
from planner.document.text import Decoded, RefusedError, byte_text, escape, fault
from planner.finding import Finding, Span
from planner.wording import wording

SPACE = "\t\n\v\f\r \xa0"
LONGEST = 4094
_CONTINUING = bytes(range(0x80, 0xC0))


class OptionLine(NamedTuple):
    """One line, a character for each byte; `before` counts the characters in front of it on its line.

    `ended` tells whether a line feed follows: an include on a line without one loses a character.
    """

    text: str
    path: str
    number: int
    before: int = 0
    ended: bool = True

    def span(self, start: int, end: int) -> Span:
        """Return the place, in characters, of the bytes from `start` up to `end`."""
        return Span(self.path, self.number, self._column(start), self.number, self._column(end))

    def shown(self, start: int, end: int) -> str:
        """Return the bytes from `start` up to `end` as text."""
        piece = self.text[start:end]
        return piece if piece.isascii() else byte_text(piece.encode("latin-1"))

    def _column(self, offset: int) -> int:
        front = self.text[:offset]
        return 1 + self.before + (offset if front.isascii() else len(byte_text(front.encode("latin-1"))))


def option_lines(decoded: Decoded, path: str) -> Iterator[OptionLine]:
    """Yield the lines the reader sees, in file order."""
    physical = decoded.data.decode("latin-1").split("\n")
    for number, text in enumerate(physical, 1):
        ended = number < len(physical)
        if len(text) <= LONGEST:
            whole, cut, _ = text.partition("\0")
            yield OptionLine(whole, path, number, ended=ended and not cut)
            continue
        before = 0
        for start in range(0, len(text), LONGEST):
            piece = text[start : start + LONGEST]
            seen, cut, _ = piece.partition("\0")
            last = ended and start + LONGEST >= len(text)
            yield OptionLine(seen, path, number, before, last and not cut)
            before += _characters(piece)


def _characters(piece: str) -> int:
    """Return how many characters begin in a piece, whose last one the next piece may end."""
    return len(piece.encode("latin-1").translate(None, _CONTINUING))


# Names of options: dashes and underscores are equal, prefixes change what an option does.
#
# Source: mysys/my_getopt.c. A prefix counts only where the whole name is not itself an option, so the options
# that merely begin like one are listed here.

_PREFIXES = ("skip", "disable", "enable", "maximum", "loose", "autoset")
_WHOLE = frozenset(
    {
        "disable_gtid_unsafe_statements",
        "enable_locking",
        "enable_named_pipe",
        "enable_pstack",
        "skip_bdb",
        "skip_character_set_client_handshake",
        "skip_concurrent_insert",
        "skip_external_locking",
        "skip_grant_tables",
        "skip_host_cache",
        "skip_locking",
        "skip_name_resolve",
        "skip_networking",
        "skip_new",
        "skip_parallel_replication",
        "skip_replica_start",
        "skip_replication",
        "skip_safemalloc",
        "skip_show_database",
        "skip_slave_start",
        "skip_stack_trace",
        "skip_symlink",
        "skip_sync_bdb_logs",
        "skip_thread_priority",
    }
)


class OptionName(NamedTuple):
    """What a written name stands for: the option, and the prefixes in front of it, outermost first."""

    name: str
    prefixes: tuple[str, ...] = ()

    @property
    def is_loose(self) -> bool:
        """Tell whether the server merely warns where it does not know the option."""
        return "loose" in self.prefixes

    def seen(self, value: str | None) -> str | None:
        """Return the value the option gets: the prefix next to the name decides, `skip_x=0` switches x on."""
        match self.prefixes[-1:]:
            case ("skip",) | ("disable",):
                return "1" if value == "0" else "0"
            case ("enable",):
                return "0" if value == "0" else "1"
        return value


def underscored(written: str) -> str:
    """Return a name in lower case, with underscores for dashes, which mean the same."""
    return written.lower().replace("-", "_")


def option_name(written: str) -> OptionName:
    """Return the option a written name stands for; `maximum_x` bounds x and stays a name of its own."""
    name = underscored(written)
    prefixes: list[str] = []
    while name not in _WHOLE:
        prefix, _, rest = name.partition("_")
        if prefix not in _PREFIXES or not rest:
            break
        prefixes.append(prefix)
        name = rest
    if prefixes[-1:] == ["maximum"]:
        return OptionName(f"maximum_{name}", tuple(prefixes[:-1]))
    return OptionName(name, tuple(prefixes))


# The grammar of option files: groups, options, includes, as the server's own reader takes them apart.
#
# `#` ends a line outside quotes, `;` only begins one; text after `]` is ignored; one pair of equal quotes
# around a value is removed; `\b \t \n \r \s \\ \" \'` are escapes and every other backslash stays. Source:
# mysys/my_default.c.

_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "r": "\r", "s": " ", "\\": "\\", '"': '"', "'": "'"}
_INCLUDES = ("includedir", "include")
_SHOWN = 60


class Header(NamedTuple):
    """The beginning of a group; its name as written, with the blanks in front but not those behind."""

    group: str
    span: Span


class Setting(NamedTuple):
    """One option; `value` is None where it has no `=`, otherwise without quotes and escapes."""

    key: str
    key_span: Span
    value: str | None
    value_span: Span
    quoted: bool = False


class Include(NamedTuple):
    """A directive that reads a file, or the *.cnf files of a folder."""

    target: str
    is_folder: bool
    span: Span


class Fatal(NamedTuple):
    """What makes the reader give up on this file."""

    finding: Finding


Statement: TypeAlias = "Header | Setting | Include | Fatal | Finding"


def statements(decoded: Decoded, path: str) -> Iterator[Statement]:
    """Yield what a file says in order, with findings for what the reader drops; a `Fatal` is the last."""
    in_group = False
    if decoded.bom:
        yield _marked(decoded, path)
        return
    for line in option_lines(decoded, path):
        statement = _statement(line, in_group=in_group)
        if statement is None:
            continue
        yield from _overlong(line)
        yield statement
        if isinstance(statement, Fatal):
            return
        in_group = in_group or isinstance(statement, Header)


def _statement(line: OptionLine, *, in_group: bool) -> Statement | None:
    text = line.text
    start = len(text) - len(text.lstrip(SPACE))
    match text[start : start + 1]:
        case "" | "#" | ";":
            return None
        case "!":
            return _directive(line, start)
        case "[":
            return _header(line, start)
    if not in_group:
        message = wording("the option {name} stands before any [group]", name=_brief(line, start))
        return Fatal(fault("option-outside-group", line.span(start, len(text.rstrip(SPACE))), message))
    return _setting(line, start)


def _header(line: OptionLine, start: int) -> Statement:
    end = line.text.find("]", start)
    if end < 0:
        message = wording("the group header {header} has no closing bracket", header=_brief(line, start))
        return Fatal(fault("bad-group-header", line.span(start, len(line.text.rstrip(SPACE))), message))
    name = line.text[start + 1 : end].rstrip(SPACE)
    return Header(line.shown(start + 1, start + 1 + len(name)), line.span(start, end + 1))


def _directive(line: OptionLine, start: int) -> Statement:
    text = line.text
    begin = start + 1 + len(text[start + 1 :]) - len(text[start + 1 :].lstrip(SPACE))
    for keyword in _INCLUDES:
        after = text[begin + len(keyword) :] + "\n" * line.ended
        if text.startswith(keyword, begin) and after[:1] and after[0] in SPACE:
            return _include(line, begin + len(keyword), keyword)
    message = wording("{directive} is no directive; the reader passes over the line", directive=_brief(line, start))
    return fault("ignored-line", line.span(start, len(text.rstrip(SPACE))), message)


def _include(line: OptionLine, at: int, keyword: str) -> Statement:
    # the reader cuts the last character, be it a line feed or not
    text = line.text if line.ended else line.text[:-1]
    end = len(text.rstrip(SPACE))
    begin = at + len(text[at:]) - len(text[at:].lstrip(SPACE))
    if end <= begin:
        message = wording("!{keyword} names nothing; the whole file is refused", keyword=keyword)
        return Fatal(fault("syntax-error", line.span(at - len(keyword), len(line.text)), message))
    return Include(line.shown(begin, end), keyword == "includedir", line.span(begin, end))


def _setting(line: OptionLine, start: int) -> Setting:
    text = line.text[: _comment(line.text, start)]
    equals = text.find("=", start)
    key_end = start + len(text[start : equals if equals >= 0 else None].rstrip(SPACE))
    key_span = line.span(start, key_end)
    key = line.shown(start, key_end)
    if equals < 0:
        return Setting(key, key_span, None, key_span)
    after = text[equals + 1 :]
    begin = equals + 1 + len(after) - len(after.lstrip(SPACE))
    end = max(begin, len(text.rstrip(SPACE)))
    quoted = end - begin > 1 and text[begin] in "\"'" and text[end - 1] == text[begin]
    value = _unescaped(text[begin + quoted : end - quoted])
    return Setting(key, key_span, value, line.span(begin, end), quoted)


def _comment(text: str, start: int) -> int:
    """Return where a trailing comment begins: at the first `#` outside quotes, or at the end of the line."""
    if "#" not in text:
        return len(text)
    quote, escaped = "", False
    for at in range(start, len(text)):
        character = text[at]
        if character in "\"'" and not escaped:
            quote = character if not quote else ("" if character == quote else quote)
        if character == "#" and not quote:
            return at
        escaped = bool(quote) and character == "\\" and not escaped
    return len(text)


def _unescaped(text: str) -> str:
    """Return a value with its escapes replaced; a backslash at its very end stays."""
    if "\\" in text:
        parts, at = [], 0
        while at < len(text):
            pair = text[at] == "\\" and at + 1 < len(text)
            parts.append(_ESCAPES.get(text[at + 1], text[at : at + 2]) if pair else text[at])
            at += 1 + pair
        text = "".join(parts)
    return text if text.isascii() else byte_text(text.encode("latin-1"))


def _brief(line: OptionLine, start: int) -> str:
    return repr(line.shown(start, len(line.text)).strip()[:_SHOWN])


def _marked(decoded: Decoded, path: str) -> Fatal:
    first = next(option_lines(decoded, path))
    message = wording(
        "the file begins with a byte-order mark, an option before any [group] to its reader: it is refused"
    )
    return Fatal(fault("byte-order-mark", first.span(0, len(first.text.rstrip("\r"))), message))


def _overlong(line: OptionLine) -> Iterator[Finding]:
    if line.before:
        message = wording("the line is longer than {most} bytes; the rest is read as a line of its own", most=LONGEST)
        yield fault("overlong-line", line.span(0, len(line.text)), message)


# MySQL and MariaDB option files (my.cnf) as located nodes: a mapping of groups, each a mapping of options.
#
# Names are canonical (lower case, underscores, prefixes resolved: `skip-innodb` is `innodb` with the value
# "0"); the key's text is the name as written. Values are text, as the server gets them before it knows their
# type; an option without `=` has the value None. A repeated group or option stands as often as in the file;
# the last is in force.

# What a server reads, whatever its version; a name with other signs is that of no option.
_SERVERS = re.compile(r"(?:mysqld|server|mariadbd?)(?:-[0-9.]+)? *|client-server *|galera *")
_NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


@lru_cache(64)
def _is_servers(group: str) -> bool:
    return _SERVERS.fullmatch(group) is not None


class Option(NamedTuple):
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


def _is_own(written: str) -> bool:
    """Tell whether a server itself writes a name with these capitals: wsrep_OSU_method."""
    names = (server_option(underscored(written), mariadb=each) for each in (True, False))
    return any(each is not None and each.name == written.replace("-", "_") for each in names)


def is_name(written: str) -> bool:
    """Tell whether a text has the signs of an option's name."""
    return _NAME.fullmatch(written) is not None


def spelling(option: Option) -> Iterator[Finding]:
    """Yield names no server takes, or MySQL does not for their capitals; other groups are free."""
    written, span = option.entry.key.text, option.entry.key.span
    if not _is_servers(option.group):
        return
    if not written:
        yield fault("syntax-error", option.span, wording("a value without the name of an option in front of the ="))
    elif not is_name(written) and not option_name(written).is_loose:
        message = wording("{written} can be no option's name; the server refuses to start", written=quoted(written))
        yield fault("syntax-error", span, message, hint=wording("Write name = value, or begin a comment with #."))
    elif written != written.lower() and not _is_own(written):
        message = wording("MySQL does not know the option {name}: names are written in small letters", name=written)
        yield fault("option-in-capitals", span, message, hint=wording("Write {name}.", name=written.lower()))
