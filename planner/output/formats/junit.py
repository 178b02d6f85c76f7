"""Findings as JUnit XML: a test suite per file, a test case per finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.finding import Finding
    from planner.rules.validation import Validation

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(validation: Validation) -> str:
    """Return a report in which failing findings fail, suppressed ones are skipped, the others pass with a note.

    A file without findings is one passing test case.
    """
    groups: dict[str, list[Finding]] = {path: [] for path in validation.files}
    for finding in validation.findings:
        groups.setdefault(finding.span.path, []).append(finding)
    failing = frozenset(validation.failing)
    body = "\n".join(_suite(path, findings, failing) for path, findings in groups.items())
    clean = sum(1 for findings in groups.values() if not findings)
    counts = _counts(list(validation.findings), failing, clean)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="plan validate" {counts}>\n{body}\n</testsuites>\n'


def _suite(path: str, findings: list[Finding], failing: frozenset[Finding]) -> str:
    name = _attribute(path)
    cases = "\n".join(_case(each, failing) for each in findings)
    cases = cases or f'    <testcase classname={name} name="no findings" time="0"/>'
    return f"  <testsuite name={name} {_counts(findings, failing, not findings)}>\n{cases}\n  </testsuite>"


def _counts(findings: list[Finding], failing: frozenset[Finding], clean: int) -> str:
    """Return the attributes that count: `clean` is how many test cases stand for files without findings."""
    failures = sum(1 for each in findings if each in failing)
    skipped = sum(1 for each in findings if each.suppressed)
    return f'tests="{len(findings) + clean}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'


def _case(finding: Finding, failing: frozenset[Finding]) -> str:
    span = finding.span
    name = _attribute(f"{finding.rule} at {span.line}:{span.column}")
    content = "".join(_content(finding, failing))
    return f'    <testcase classname={_attribute(span.path)} name={name} time="0">{content}</testcase>'


def _content(finding: Finding, failing: frozenset[Finding]) -> Iterator[str]:
    text = f"{finding.span.path}:{finding.span.line}:{finding.span.column}: {finding.message}\n{finding.help}".rstrip()
    if finding.suppressed:
        yield f"<skipped message={_attribute(finding.suppressed.reason)}/>"
    elif finding in failing:
        yield f"<failure message={_attribute(finding.message)} type={_attribute(finding.severity.value)}>{escape(_xml(text))}</failure>"
    else:
        yield f"<system-out>{escape(_xml(f'{finding.severity.value}: {text}'))}</system-out>"


def _attribute(text: str) -> str:
    return quoteattr(_xml(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _xml(text: str) -> str:
    """Return text without the characters XML 1.0 cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
