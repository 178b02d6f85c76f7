"""Marks accepted findings, and says what is wrong with the acceptances themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.document.model import Mapping
from planner.finding import Suppression
from planner.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from planner.document.model import Document
    from planner.finding import Finding
    from planner.rules.suppression import Ignore

FATAL = frozenset({"unreadable-file", "syntax-error", "file-too-large"})
"""Rules no selection or policy hides: nothing else can be said of such a file."""


def marked(finding: Finding, accepted: Iterable[Ignore], today: date) -> tuple[Finding, Ignore | None]:
    """Return the finding, suppressed where a suppression in force covers it, and that suppression."""
    for ignore in accepted:
        if ignore.rule == finding.rule and _in_force(ignore, today) and _covers(ignore, finding):
            return replace(finding, suppressed=Suppression(ignore.reason, ignore.until or None)), ignore
    return finding, None


def judged(
    accepted: Collection[Ignore], used: Collection[Ignore], today: date, ran: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield what is wrong with the suppressions; `ran` tells whether a rule was looked at in this run."""
    if not accepted:
        return
    from planner.rules.checks import (  # noqa: PLC0415  most files accept nothing
        expired_suppression,
        suppression_without_reason,
        unknown_rule,
        unused_suppression,
    )

    for ignore in accepted:
        if ignore.rule not in rules():
            yield unknown_rule.finding(ignore.rule, ignore.span)
        elif not ignore.reason:
            yield suppression_without_reason.finding(ignore)
        elif _expired(ignore, today):
            if ignore.last_day or ignore.lines:
                # That a day in `policy.ignore` is none the loader has said.
                yield expired_suppression.finding(ignore)
        elif ignore not in used and ran(ignore.rule):
            yield unused_suppression.finding(ignore)


def misnamed(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield names in `policy.severity` that are no rule's."""
    for document in documents:
        policy = document.root.get("policy") if isinstance(document.root, Mapping) else None
        levels = policy.get("severity") if isinstance(policy, Mapping) else None
        for entry in levels.entries if isinstance(levels, Mapping) else ():
            if entry.name not in rules():
                from planner.rules.checks import unknown_rule  # noqa: PLC0415  only mistakes need it

                yield unknown_rule.finding(entry.name, entry.key.span)


def _covers(ignore: Ignore, finding: Finding) -> bool:
    if ignore.lines is None:
        return finding.rule not in FATAL
    return ignore.span.path == finding.span.path and finding.span.line in ignore.lines


def _in_force(ignore: Ignore, today: date) -> bool:
    return bool(ignore.reason) and not _expired(ignore, today)


def _expired(ignore: Ignore, today: date) -> bool:
    """Tell whether a suppression's last day has passed; a date nobody can read has, too."""
    return bool(ignore.until) and (ignore.last_day is None or ignore.last_day < today)
