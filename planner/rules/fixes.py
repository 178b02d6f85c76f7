"""Safe corrections: the edits findings carry, applied to a text without touching anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.document.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.finding import Edit, Finding


def edits(findings: Iterable[Finding]) -> dict[str, list[Edit]]:
    """Return the edits of findings that are not suppressed, by path, each once."""
    found: dict[str, list[Edit]] = {}
    for finding in findings:
        if finding.fix is not None and finding.suppressed is None:
            group = found.setdefault(finding.fix.span.path, [])
            if finding.fix not in group:
                group.append(finding.fix)
    return found


def apply(text: str, changes: Iterable[Edit]) -> str:
    """Return the text with the changes made, in the line ends it has.

    Of changes that overlap only the first in the text is made. What is left out is found again by another
    validation of the result.
    """
    lines, newline = Lines(text), "\r\n" if "\r\n" in text else "\n"
    pieces: list[str] = []
    done = 0
    for start, end, replacement in sorted(_range(change, lines) for change in changes):
        if start >= done:
            pieces += (text[done:start], replacement.replace("\n", newline))
            done = end
    return "".join((*pieces, text[done:]))


def _range(change: Edit, lines: Lines) -> tuple[int, int, str]:
    span = change.span
    start = lines.offset(span.line, span.column)
    return start, max(start, lines.offset(span.end_line, span.end_column)), change.replacement
