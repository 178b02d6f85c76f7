r"""The grammar of option files: groups, options, includes, as the server's own reader takes them apart.

`#` ends a line outside quotes, `;` only begins one; text after `]` is ignored; one pair of equal quotes
around a value is removed; `\b \t \n \r \s \\ \" \'` are escapes and every other backslash stays. Source:
mysys/my_default.c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from planner.document.decoding import byte_text
from planner.document.faults import fault
from planner.document.option_lines import LONGEST, SPACE, option_lines
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded
    from planner.document.option_lines import OptionLine
    from planner.finding import Finding, Span

_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "r": "\r", "s": " ", "\\": "\\", '"': '"', "'": "'"}
_INCLUDES = ("includedir", "include")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The beginning of a group; its name as written, with the blanks in front but not those behind."""

    group: str
    span: Span


@dataclass(frozen=True, slots=True)
class Setting:
    """One option; `value` is None where it has no `=`, otherwise without quotes and escapes."""

    key: str
    key_span: Span
    value: str | None
    value_span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Include:
    """A directive that reads a file, or the *.cnf files of a folder."""

    target: str
    is_folder: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Fatal:
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
