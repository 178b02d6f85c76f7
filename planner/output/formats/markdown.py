"""Findings as Markdown: the comment on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.finding import Finding, Severity, Validation
from planner.output.formats.text import Painter, summary, worst_first
from planner.wording import printable

ICONS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~@!&])")


def render(validation: Validation) -> str:
    """Return a heading, a table of what counts, worst first, and what was suppressed behind a fold."""
    return "\n".join(_lines(validation)) + "\n"


def _lines(validation: Validation) -> Iterator[str]:
    yield "## plan validate"
    yield ""
    yield from (f"{line}  " for line in summary(validation, Painter(color=False)))
    if validation.active:
        yield from ("", "| | place | finding | rule |", "| --- | --- | --- | --- |")
        yield from (_row(each) for each in worst_first(validation.active))
    if validation.suppressed:
        yield from ("", "<details><summary>Suppressed</summary>", "")
        yield from (
            f"- {_place(each)} `{each.rule}`: {escaped(each.message)} ({escaped(each.suppressed.reason)})"
            for each in validation.suppressed
            if each.suppressed
        )
        yield from ("", "</details>")


def _row(finding: Finding) -> str:
    icon = ICONS[finding.severity]
    text = escaped(finding.message) + (f"<br>{escaped(finding.help)}" if finding.help else "")
    return f"| {icon} {finding.severity.value} | {_place(finding)} | {text} | `{finding.rule}` |"


def _place(finding: Finding) -> str:
    # A backtick inside code cannot be escaped, and a bar would end the cell.
    path = printable(finding.span.path).replace("`", "'").replace("|", "\\|")
    return f"`{path}:{finding.span.line}:{finding.span.column}`"


def escaped(text: str) -> str:
    """Return text in which nothing is Markdown or HTML, in one line."""
    return (
        _SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))
        .replace("\\<", "&lt;")
        .replace("\\>", "&gt;")
        .replace("\\&", "&amp;")
    )
