"""Renders findings for people and for other tools: one list of findings, one pure function per format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.rules.validation import Validation

FORMATS = {
    "text": "planner.output.formats.text",
    "concise": "planner.output.formats.text",
    "json": "planner.output.formats.versioned_json",
    "sarif": "planner.output.formats.sarif",
    "junit": "planner.output.formats.junit",
    "gitlab": "planner.output.formats.gitlab",
    "github": "planner.output.formats.github",
    "markdown": "planner.output.formats.markdown",
}


def render(
    validation: Validation, name: str = "text", *, color: bool = False, verbose: bool = False, quiet: bool = False
) -> str:
    """Return the validation in the format `name`, one of `FORMATS`.

    `color`, `verbose` (list what was skipped and suppressed) and `quiet` (findings alone) concern text.
    Raises KeyError for an unknown format.
    """
    module = import_module(FORMATS[name])
    if name in ("text", "concise"):
        return str(module.render(validation, Style(name == "concise", color, verbose, quiet)))
    return str(module.render(validation))


class Style(NamedTuple):
    """How text shows findings."""

    concise: bool = False
    color: bool = False
    verbose: bool = False
    quiet: bool = False


def printable(text: str) -> str:
    """Return text without the control characters a terminal would obey; tabs become blanks."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
