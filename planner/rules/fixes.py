"""Safe corrections: the edits findings carry, applied to a text without touching anything else."""

import re
from collections.abc import Iterable, Mapping

from planner.document.text import Lines
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


# Safe corrections of what the readers report: edits that change nothing in how the file is read.

_SIZE = re.compile(r"(\d+[KMGTPEkmgtpe])\S+")
_SWITCH = dict.fromkeys(("1", "yes", "true", "on", "y", "enable", "enabled"), "On") | dict.fromkeys(
    ("0", "no", "false", "off", "n", "disable", "disabled"), "Off"
)
UNSAFE = frozenset({"unknown-parameter"})
"""Rules whose suggestion is a guess: taken for granted, it would set a parameter nobody asked for."""

RULES = frozenset({"not-an-assignment", "odd-size-suffix", "odd-switch-spelling"}) | UNSAFE


def corrected(findings: Iterable[Finding], sources: Mapping[str, str]) -> list[Finding]:
    """Return the findings, those of `RULES` with an edit where one is safe; `sources` are texts by path."""
    return [_corrected(each, sources) if each.rule in RULES else each for each in findings]


def _corrected(finding: Finding, sources: Mapping[str, str]) -> Finding:
    if finding.rule in UNSAFE:
        return finding._replace(fix=None)
    replacement = _replacement(finding.rule, Lines(sources.get(finding.span.path, "")).slice(finding.span))
    if replacement is None or finding.fix is not None:
        return finding
    return finding._replace(fix=Edit(span=finding.span, replacement=replacement))


def _replacement(rule: str, text: str) -> str | None:
    """Return what `--fix` writes instead of the text a finding points at; None where nothing is safe."""
    if rule == "not-an-assignment":
        # The line has no effect; as a comment it has none either, and nothing is lost.
        return f"# {text}" if text and "\n" not in text and "=" not in text else None
    if rule == "odd-size-suffix":
        match = _SIZE.fullmatch(text)
        return match[1] if match else None
    return _SWITCH.get(text.strip("\"'").lower())
