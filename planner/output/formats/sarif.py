"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from os import fsencode
from typing import Any
from urllib.parse import quote

from planner.catalogue.data import citations
from planner.finding import Finding, Severity, Span, Validation
from planner.output.findings import indented
from planner.rules.page import describe, reason, title
from planner.rules.registry import Registered, rules
from planner.version import __version__, rule_page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
ROOT = "ROOT"
"""Base of absolute paths: every URI in the document is relative."""


def render(validation: Validation) -> str:
    """Return one run with every finding; suppressed ones carry their reason, known ones their state."""
    shown = [*((each, "new") for each in validation.findings), *((each, "unchanged") for each in validation.known)]
    names = list(dict.fromkeys(each.rule for each, _ in shown))
    run = {
        "tool": {"driver": _driver(names)},
        "originalUriBaseIds": {ROOT: {"uri": "file:///"}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, names, state if validation.compared else "") for each, state in shown],
    }
    return indented({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _driver(names: list[str]) -> dict[str, Any]:
    return {
        "name": "plan",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rules()[name]) for name in names if name in rules()],
    }


def _rule(registered: Registered) -> dict[str, Any]:
    head = title(registered.documentation)
    return {
        "id": registered.rule.name,
        "name": "".join(word.capitalize() for word in registered.rule.name.split("-")),
        "shortDescription": {"text": f"{head}."},
        "fullDescription": {"text": f"{head}. {reason(registered.documentation)}"},
        "helpUri": rule_page(registered.rule.name),
        "help": {"text": f"{head}.", "markdown": describe(registered)},
        "defaultConfiguration": {"level": LEVELS[registered.rule.severity]},
        "properties": {"basis": registered.rule.basis.value, "sources": list(citations(registered.rule.source))},
    }


def _result(finding: Finding, names: list[str], state: str) -> dict[str, Any]:
    text = f"{finding.message}. {finding.help}".rstrip(" ") if finding.help else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        **(
            {"ruleIndex": [name for name in names if name in rules()].index(finding.rule)}
            if finding.rule in rules()
            else {}
        ),
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(finding.span)}],
        "partialFingerprints": {"plan/v1": finding.fingerprint},
        "properties": {"basis": finding.basis.value, "pointer": finding.pointer},
    }
    return result | _optional(finding, state)


def _optional(finding: Finding, state: str) -> dict[str, Any]:
    parts: dict[str, Any] = {"baselineState": state} if state else {}
    if finding.related:
        parts["relatedLocations"] = [
            {"physicalLocation": _physical(each.span), "message": {"text": each.message}} for each in finding.related
        ]
    if finding.suppressed:
        parts["suppressions"] = [{"kind": "inSource", "justification": finding.suppressed.reason}]
    if finding.fix:
        change = {
            "deletedRegion": _region(finding.fix.span, empty=True),
            "insertedContent": {"text": finding.fix.replacement},
        }
        artifact = {"artifactLocation": _artifact(finding.fix.span.path), "replacements": [change]}
        parts["fixes"] = [{"description": {"text": finding.help or finding.message}, "artifactChanges": [artifact]}]
    return parts


def _physical(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span.path), "region": _region(span)}


def _artifact(path: str) -> dict[str, str]:
    plain = path.replace("\\", "/")
    if plain.startswith("/"):
        return {"uri": quote(fsencode(plain.lstrip("/"))), "uriBaseId": ROOT}
    # Not the name of a file, such as <stdin>; and a first segment with a colon would read as a scheme.
    return {"uri": quote(fsencode(plain.strip("<>")), safe="/")}


def _region(span: Span, *, empty: bool = False) -> dict[str, int]:
    """Return the region of a span, at least one character wide unless it stands for an insertion."""
    least = span.column + (not empty)
    end = max(span.end_column, least) if span.end_line == span.line else max(span.end_column, 1)
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": end}
