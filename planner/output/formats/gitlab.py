"""Findings as a GitLab code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from planner.finding import Finding, Severity

if TYPE_CHECKING:
    from planner.rules.validation import Validation

LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(validation: Validation) -> str:
    """Return the findings that count; an empty report is an empty list."""
    seen: Counter[str] = Counter()
    return json.dumps([_entry(each, seen) for each in validation.active], indent=2, ensure_ascii=False) + "\n"


def _entry(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    return {
        "description": finding.message,
        "content": {"body": finding.help},
        "check_name": finding.rule,
        "fingerprint": _unique(finding.fingerprint, seen),
        "severity": LEVELS[finding.severity],
        "location": {"path": finding.span.path, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
    }


def _unique(fingerprint: str, seen: Counter[str]) -> str:
    """Return a fingerprint no other entry has: GitLab keeps one entry of those that share it."""
    seen[fingerprint] += 1
    number = seen[fingerprint]
    return fingerprint if number == 1 else hashlib.sha256(f"{fingerprint} {number}".encode()).hexdigest()[:16]
