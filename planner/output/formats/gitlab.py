"""Findings as a GitLab code quality report."""

from __future__ import annotations

from typing import Any

from planner.finding import Finding, Severity, Validation
from planner.output.findings import identified, indented

LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(validation: Validation) -> str:
    """Return the findings that count; an empty report is an empty list."""
    entries = [_entry(each, identity) for each, identity in identified(validation.active)]
    return indented(entries) + "\n"


def _entry(finding: Finding, identity: str) -> dict[str, Any]:
    return {
        "description": finding.message,
        "content": {"body": finding.help},
        "check_name": finding.rule,
        "fingerprint": identity,
        "severity": LEVELS[finding.severity],
        "location": {"path": finding.span.path, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
    }
