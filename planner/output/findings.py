"""Renders findings for people and for other tools: one list of findings, one pure function per format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.rules.validation import Validation

FORMATS = {
    "text": "planner.output.formats.text",
    "json": "planner.output.formats.versioned_json",
    "sarif": "planner.output.formats.sarif",
    "junit": "planner.output.formats.junit",
    "gitlab": "planner.output.formats.gitlab",
    "github": "planner.output.formats.github",
    "markdown": "planner.output.formats.markdown",
}


def render(
    validation: Validation, format: str = "text", *, color: bool = False, verbose: bool = False
) -> str:
    """Return the validation in one of `FORMATS`, ending in a line feed where it is not empty.

    `color` and `verbose` (list skipped rules and suppressed findings) concern the text format. Raises KeyError for
    an unknown format.
    """
    module = import_module(FORMATS[format])
    if format == "text":
        return str(module.render(validation, color=color, verbose=verbose))
    return str(module.render(validation))


def printable(text: str) -> str:
    """Return text without the control characters a terminal would obey; tabs become blanks."""
    return "".join(
        " " if each == "\t" else each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text
    )
