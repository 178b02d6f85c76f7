"""Findings as the `findings-v1` document: `schemas/findings-v1.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.finding import Finding, Known, Skip, Undecided, Validation
from planner.output.findings import indented

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
    return indented(document) + "\n"


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
    made = as_json(finding)
    return {**made, "baseline": state} if validation.compared else made


def as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding with the fields of the contract, in plain JSON types."""
    fix, made = finding.fix, finding.to_dict()
    made["fix"] = {**fix.span._asdict(), "replacement": fix.replacement} if fix else None
    return made
