"""Findings for people: the place, the source line with a caret, help, and the corrected line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from planner.document.text import split_lines
from planner.finding import Finding, Severity, Span, Validation
from planner.output.findings import Style
from planner.rules.fixes import apply
from planner.wording import counted, printable

WIDEST = 110
"""Columns of a source line that are shown; a longer one is cut around the place."""

LONGEST = 1000
"""Characters of a message that are shown."""

_COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1", "dim": "2", "bold": "1", "fix": "32"}
_CONTROLS = re.compile(r"\s+")


class Painter:
    """Puts colour around words, or nothing."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def __call__(self, colour: str, text: str) -> str:
        """Return text in a colour, one of `_COLOURS`."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self._color else text


MANY = 20
"""Findings from which on the summary stands above them, too."""


def render(validation: Validation, style: Style = Style()) -> str:  # noqa: B008  a constant
    """Return the findings that count, worst first, and the summary; of many it stands above them, too."""
    paint = Painter(color=style.color)
    lines = {path: split_lines(text) for path, text in validation.sources.items()}
    found = worst_first(validation.active)
    blocks = [_brief(each, paint) if style.concise else "\n".join(_block(each, lines, paint)) for each in found]
    if style.verbose:
        blocks += [_listed(validation, paint)] if (validation.suppressed or validation.skips) else []
    if not style.quiet:
        address = ["plan explain RULE says why a rule is one"] if found and not style.concise else []
        closing = "\n".join((*summary(validation, paint), *address))
        blocks = [*([closing] if len(blocks) > MANY else []), *blocks, closing]
    return "".join(f"{block}\n" for block in blocks) if style.concise else "\n\n".join(blocks) + "\n" * bool(blocks)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by severity, then place."""
    return sorted(findings, key=lambda each: each.severity.rank)


def _brief(finding: Finding, paint: Painter) -> str:
    where = f"{printable(finding.span.path)}:{finding.span.line}:{finding.span.column}"
    severity = finding.severity.value
    return f"{where}: {paint(severity, severity)}: {_line(finding.message)} [{finding.rule}]"


def _block(finding: Finding, lines: Mapping[str, list[str]], paint: Painter) -> Iterator[str]:
    span, severity = finding.span, finding.severity.value
    where = paint("bold", f"{printable(span.path)}:{span.line}:{span.column}")
    rule = paint("dim", f"[{finding.rule}]")
    yield f"{where}: {paint(severity, severity)}: {_line(finding.message)} {rule}"
    yield from _excerpt(span, lines, paint, severity)
    for related in finding.related:
        place = f"{printable(related.span.path)}:{related.span.line}:{related.span.column}"
        yield f"  {paint('dim', 'see')} {place}: {_line(related.message)}"
        yield from _excerpt(related.span, lines, paint, "dim")
    if finding.help:
        yield f"  {paint('bold', 'help')}: {_line(finding.help)}"
    yield from _corrected(finding, lines, paint)


def _line(text: str) -> str:
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    if text.isprintable() and "  " not in text:
        return text
    return printable(_CONTROLS.sub(" ", text))


def _excerpt(span: Span, lines: Mapping[str, list[str]], paint: Painter, colour: str) -> Iterator[str]:
    source = lines.get(span.path, [])
    if not 0 < span.line <= len(source) or not source[span.line - 1].strip():
        return
    text = source[span.line - 1]
    first = min(span.column - 1, len(text))
    last = min(span.end_column - 1, len(text)) if span.end_line == span.line else len(text)
    begin, end = _window(len(text), first)
    before, marked = text[begin:first], text[first : min(max(last, first + 1), end)]
    shown = ("..." if begin else "") + printable(text[begin:end]) + ("..." if end < len(text) else "")
    margin = " " * len(str(span.line))
    yield f" {paint('dim', f'{span.line} |')} {shown}"
    pad = " " * (_width(before) + (3 if begin else 0))
    yield f" {paint('dim', f'{margin} |')} {pad}{paint(colour, '^' * max(_width(marked), 1))}"


def _window(length: int, first: int) -> tuple[int, int]:
    """Return the part of a line to show: all of it, or `WIDEST` columns with the place in the first half."""
    begin = 0 if length <= WIDEST else max(0, first - WIDEST // 2)
    return begin, min(length, begin + WIDEST)


def _width(text: str) -> int:
    """Return the columns text takes on a terminal: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def _corrected(finding: Finding, lines: Mapping[str, list[str]], paint: Painter) -> Iterator[str]:
    """Yield the lines an edit leaves behind, as `--fix` would write them."""
    if finding.fix is None or (source := lines.get(finding.fix.span.path)) is None:
        return
    fixed = split_lines(apply("\n".join(source), [finding.fix]))
    span = finding.fix.span
    left = fixed[span.line - 1 : len(fixed) - (len(source) - span.end_line)]
    for text in left or ["(the line is removed)"]:
        yield f"  {paint('bold', 'fix')}: {paint('fix', _line(text.strip()))}"


def _listed(validation: Validation, paint: Painter) -> str:
    rows = [
        f"{printable(each.span.path)}:{each.span.line}:{each.span.column}: {paint('dim', 'suppressed')}: "
        f"{_line(each.message)} [{each.rule}] ({_line(each.suppressed.reason if each.suppressed else '')})"
        for each in validation.suppressed
    ]
    rows += [
        f"{printable(each.path or '-')}: {paint('dim', 'skipped')}: {each.rule}: {_line(each.reason)}"
        for each in validation.skipped
    ]
    return "\n".join(rows)


def summary(validation: Validation, paint: Painter) -> Iterator[str]:
    """Yield the closing lines: what was found in how many files, and what was left aside."""
    counts = [
        paint(severity.value, counted(validation.count(severity), severity.value))
        for severity in Severity
        if validation.count(severity)
    ]
    yield f"{', '.join(counts) or 'no findings'} in {counted(len(validation.files), 'file')}"
    aside = [counted(len(validation.suppressed), "suppressed finding")] if validation.suppressed else []
    if validation.compared:
        gone = sum(each.times for each in validation.gone)
        aside.append(f"{len(validation.known)} known to the baseline, {gone} gone from it")
    if validation.skips:
        aside.append(f"{counted(validation.skips, 'check')} skipped for want of declared values (-v lists them)")
    if aside:
        yield "; ".join(aside)
