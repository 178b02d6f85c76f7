"""What would be right where YAML does not parse: the slips people make, told from the lines around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.text import Lines

_WIDE_COLON = "\uff1a"
_TEMPLATES = ("{{", "{%", "<%", "${")


def yaml_hint(said: str, lines: Lines, number: int) -> str:
    """Return what would be right, given what the parser said of a line."""
    if "'\\t'" in said or "cannot start any token" in said:
        return _bad_start(_line(lines, number))
    if "mapping values are not allowed" in said:
        return _no_colon(lines, number) or wording("Quote a value that holds ': ', and align the keys of one mapping.")
    if "could not find expected ':'" in said:
        return _wide(_line(lines, number)) or wording("Write `key: value`, with a space after the colon.")
    return wording("Close the quote that opens here.") if "quoted scalar" in said else ""


def template_hint(line: str) -> str:
    """Return what to do with a line of a template; empty where it is none."""
    if any(mark in line for mark in _TEMPLATES):
        return wording("This is a template: validate what it renders to.")
    return ""


def _line(lines: Lines, number: int) -> str:
    found = lines.text.split("\n")[number - 1 : number]
    return found[0] if found else ""


def _bad_start(line: str) -> str:
    if line.lstrip(" ").startswith("\t"):
        return wording("Indent with spaces, not tabs.")
    return template_hint(line) or wording("Quote a value that begins with %, @ or `, and indent with spaces, not tabs.")


def _no_colon(lines: Lines, number: int) -> str:
    """Return a hint where the line above holds the beginning of a value that this one seems to go on with."""
    above = [(at, text) for at, text in enumerate(lines.text.split("\n")[: number - 1], 1) if _said(text)]
    if not above:
        return ""
    at, text = above[-1]
    shown = _said(text)
    if ": " in shown or shown.endswith(":"):
        return ""
    return _wide(shown) or wording(
        "Line {line}, `{text}`, has no colon and a space behind its key: write `key: value`.", line=at, text=shown[:60]
    )


def _said(text: str) -> str:
    return "" if text.lstrip().startswith("#") else text.strip()


def _wide(text: str) -> str:
    return (
        wording("Write the colon as `:`, not as the full-width `{character}`.", character=_WIDE_COLON)
        if _WIDE_COLON in text
        else ""
    )
