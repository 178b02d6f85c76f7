"""Sentences shown to people, kept so that another language can say them again.

A `Wording` is its English text: whoever prints, compares, hashes, sorts or pickles it needs to know no more.
Beside the text it remembers the template and what was filled in; a renderer in another language translates
the template, and fills in the values, which may be wordings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import TypeAlias, cast

Value: TypeAlias = "str | int | float"
"""What a template is filled with: names and numbers as they are shown, or wordings."""


class Wording(str):
    """An English text made by `wording`; `template` is what is translated, `values` what is filled in."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Value]

    def __str__(self) -> str:
        """Return the wording itself, so that the text of an exception is still one."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Return what makes the wording anew: a third of the time its parts and its text would take."""
        return filled, (self.template, self.values)


def wording(template: str, /, **values: Value) -> Wording:
    """Return the text of a template with `{name}` places filled in; values are no formats.

    The template stands in the code as a literal: catalogues are checked against what is found there.
    """
    return filled(template, values)


_translated = [True]


def untranslated() -> None:
    """Have this process make plain texts from now on: what it says another one prints as it is."""
    _translated[0] = False


def filled(template: str, values: Mapping[str, Value]) -> Wording:
    """Return the text of a template that came from data, `{name}` places filled in."""
    text = template.format_map(values) if values else template
    if not _translated[0]:
        return cast("Wording", text)
    said = Wording(text)
    said.template, said.values = template, values
    return said


def term(text: str) -> Wording:
    """Return a label that came from data, such as `schemas/*.json`, as a wording: it is its own template."""
    return filled(text, {})


def counted(number: float, noun: str) -> str:
    """Return a number with its noun: `1 error`, `2 errors`, `3 info`."""
    return f"{number:,} {noun}" if number == 1 or noun == "info" else f"{number:,} {noun}s"


def additions(parts: Iterable[str]) -> str:
    """Return what belongs together: `a and b and c`; a single one as it is. Raises TypeError for none."""
    return reduce(lambda one, other: wording("{one} and {other}", one=one, other=other), parts)


def listing(parts: Iterable[str]) -> str:
    """Return a list: `a, b, c`; a single part as it is. Raises TypeError for none."""
    return reduce(lambda one, other: wording("{one}, {other}", one=one, other=other), parts)


def alternatives(names: Iterable[str]) -> str:
    """Return names of which any will do: `a or b or c`; a single name as it is. Raises TypeError for none."""
    return reduce(lambda one, other: wording("{one} or {other}", one=one, other=other), names)


_UNIT = re.compile(
    r"(?<=\d) (?=(?:%|/[a-z]+|[kMGTPE]?(?:B|bit)(?:/[a-z]+)?|ms|s|min|h|d|x|days|years)(?![\w/]))"
    "| (?=\N{EN DASH} )"
)


def joined(text: str) -> str:
    """Return text that breaks neither between a number and its unit nor before the dash of a range."""
    return _UNIT.sub("\N{NO-BREAK SPACE}", text)


def folded(text: str, width: int, first: str = "", others: str = "  ") -> list[str]:
    """Return the lines of a text on a terminal, numbers beside their units."""
    if len(first) + len(text) <= width and text.isprintable() and text.rstrip() == text != "":
        return [first + text]
    from textwrap import TextWrapper  # noqa: PLC0415  for text that people read alone

    wrapper = TextWrapper(width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapper.wrap(joined(text))]


_OBEYED = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|\r(?!\n)"
)
"""Characters that terminals, editors and browsers obey instead of showing them: controls, marks of direction."""

_FORMULA = re.compile(r"[=@\t\r]|[+-](?!(?:[0-9]+(?:[.,][0-9]+)?)?\Z)")


def neutral(text: str) -> str:
    """Return text in which nothing is obeyed: in JSON such characters are escaped, elsewhere replaced."""
    if text.startswith(("{", "[")):
        return _cleaned(text, lambda found: f"\\u{ord(found[0]):04x}")
    return _cleaned(text, "\N{REPLACEMENT CHARACTER}")


_PLAIN = bytes(range(0x20, 0x7F)) + b"\n\t"


def _cleaned(text: str, instead: str | Callable[[re.Match[str]], str]) -> str:
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    if "\r" in text:  # it may be part of a line's end
        return re.sub(_OBEYED, instead, text)
    return "\n".join([line if line.isprintable() else re.sub(_OBEYED, instead, line) for line in text.split("\n")])


_ENDS = 500


def clipped(line: str) -> str:
    """Return a line of at most 1,000 characters and a mark: of a longer one the middle is left out."""
    return line if len(line) <= 2 * _ENDS else f"{line[:_ENDS]} ... {line[-_ENDS:]}"


def legible(text: str) -> str:
    """Return a message as it may be shown anywhere: nothing in it is obeyed, no line of it is long.

    What needs no change comes back itself, a wording as a wording.
    """
    if len(text) <= 2 * _ENDS and text.isascii() and (text.isprintable() or not text.encode().translate(None, _PLAIN)):
        return text
    shown = re.sub(_OBEYED, "\N{REPLACEMENT CHARACTER}", "\n".join(map(clipped, text.split("\n"))))
    return text if shown == text else shown


def printable(text: str) -> str:
    """Return text without the control characters a terminal would obey; tabs become blanks."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"


def cell(text: str) -> str:
    """Return the text of a CSV cell that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{text}" if _FORMULA.match(text) else text
