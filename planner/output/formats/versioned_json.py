"""Findings as the `findings-v1` document: `schemas/findings-v1.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.finding import Finding, Span
    from planner.rules.engine import Skip
    from planner.rules.policy import Known
    from planner.rules.validation import Undecided, Validation

SCHEMA = "findings-v1"


def render(validation: Validation) -> str:
    """Return every finding, suppressed and known ones marked, and the summary with the skipped checks."""
    document = {
        "schema": SCHEMA,
        "findings": [
            *(_marked(each, validation, "new") for each in validation.findings),
            *(_marked(each, validation, "known") for each in validation.known),
        ],
        "summary": {
            **validation.summary(),
            "skipped": _grouped(validation.undecided),
            "gone": [as_entry(known) for known in validation.gone],
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_entry(known: Known) -> dict[str, Any]:
    """Return an entry of a baseline as baseline files have it."""
    facts = known._asdict()
    count = facts.pop("times")
    return {**facts, "count": count}


def _grouped(undecided: Iterable[Undecided]) -> list[dict[str, Any]]:
    """Return what was skipped, each file once: those that skip the same rules for the same reasons together."""
    groups: dict[tuple[Skip, ...], list[str]] = {}
    for each in undecided:
        groups.setdefault(each.rules, []).append(each.path)
    return [
        {"paths": paths, "rules": [{"rule": skip.rule, "reason": skip.reason} for skip in rules]}
        for rules, paths in groups.items()
    ]


def _marked(finding: Finding, validation: Validation, state: str) -> dict[str, Any]:
    return {**as_json(finding), "baseline": state} if validation.compared else as_json(finding)


def as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding with the fields of the contract, in plain JSON types."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "basis": finding.basis.value,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.span),
        "pointer": finding.pointer,
        "related": [{"message": each.message, **_place(each.span)} for each in finding.related],
        "source": finding.source,
        "fingerprint": finding.fingerprint,
        "suppressed": _suppression(finding),
        "fix": {**_place(finding.fix.span), "replacement": finding.fix.replacement} if finding.fix else None,
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _suppression(finding: Finding) -> dict[str, str | None] | None:
    if finding.suppressed is None:
        return None
    return {"reason": finding.suppressed.reason, "until": finding.suppressed.until}
