"""What to do: errors first, each with its place in the configuration and the rule that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.catalogue.data import SEPARATOR
from planner.finding import Finding, Severity
from planner.report.blocks import Action, Actions, Section
from planner.report.language import cited, mark
from planner.report.sections import next_steps

if TYPE_CHECKING:
    from planner.report.evidence import Draft

MOST_ACTIONS = 12
MOST_WIDE = 160
"""Characters of a line of a file: two printed lines."""
_SET = re.compile(r"\b([A-Za-z_][\w.]+)\s*[:=]")
"""A setting that an advice names."""
SEVERITIES = {"error": mark("error"), "warning": mark("warning"), "info": mark("info")}
BASES = {
    "documented": mark("documented"),
    "standard": mark("standard"),
    "measured": mark("measured"),
    "advice": mark("advice"),
    "assumption": mark("assumption"),
}


def write(draft: Draft) -> Section:
    """Return the section: every report has one."""
    wanted = [each for each in draft.evidence.open_findings if each.severity.at_least(Severity.WARNING)]
    if not wanted:
        return next_steps.write(draft)
    items = tuple(action(draft, each) for each in wanted[:MOST_ACTIONS])
    say = draft.say
    more = len(wanted) - len(items)
    note = (
        say.plural(
            "{n} more is listed in the configuration check.", "{n} more are listed in the configuration check.", more
        )
        if more
        else ""
    )
    return Section("actions", say("What to do"), _lead(draft, wanted), (Actions(items, note),))


def _lead(draft: Draft, wanted: list[Finding]) -> str:
    say = draft.say
    errors = sum(each.severity is Severity.ERROR for each in wanted)
    warnings = len(wanted) - errors
    failing = say.plural(
        "{n} error must be fixed before this deployment carries the planned traffic.",
        "{n} errors must be fixed before this deployment carries the planned traffic.",
        errors,
    )
    doubtful = say.plural("{n} warning deserves a decision.", "{n} warnings deserve a decision.", warnings)
    return say.sentences(failing if errors else "", doubtful if warnings else "")


def action(draft: Draft, finding: Finding, anchor: str = "") -> Action:
    """Return a finding as something to do."""
    message, advice = draft.label(finding.message), draft.label(finding.help)
    return Action(
        severity=str(finding.severity),
        message=message,
        help=advice,
        place=place(finding),
        excerpt=excerpt(draft, finding),
        rule=finding.rule,
        basis=str(finding.basis),
        source=cited(draft.say, finding.source.split(SEPARATOR)),
        anchor=anchor,
        effect=effect(draft, finding),
    )


def effect(draft: Draft, finding: Finding) -> str:
    """Return what following a finding's advice changes, where the sizing knows."""
    say, found = draft.say, draft.evidence.effects.get(finding.fingerprint, ())
    said = [
        say(
            mark("{label} goes from {now} to {after}"),
            label=draft.subject(each.label).partition(",")[0],
            now=say.quantity(each.now, each.unit),
            after=say.quantity(each.after, each.unit),
        )
        for each in found
    ]
    return say(mark("Effect: {listed}."), listed=say(mark("; ")).join(said)) if said else ""


def place(finding: Finding) -> str:
    """Return `file:line:column`; empty for a finding about no file."""
    span = finding.span
    return "" if not span.path or span.path.startswith("<") else f"{span.path}:{span.line}:{span.column}"


def excerpt(draft: Draft, finding: Finding) -> str:
    """Return the lines of the user's file a finding speaks of and its advice edits, cut to a width that prints."""
    texts = (
        each.text
        for each in draft.evidence.deployment.documents
        if draft.evidence.shown(each.path) == finding.span.path
    )
    lines = next(texts, "").splitlines()
    wanted = dict.fromkeys([finding.span.line, _edited(draft, finding)])
    shown = [lines[number - 1].strip() for number in wanted if 0 < number <= len(lines)]
    return "\n".join(
        line if len(line) <= MOST_WIDE else line[: MOST_WIDE - 1] + "\N{HORIZONTAL ELLIPSIS}" for line in shown
    )


def _edited(draft: Draft, finding: Finding) -> int:
    """Return the line of the setting that the advice names, where it stands in the same file; else the finding's."""
    named = set(_SET.findall(str(finding.help)))
    for declared in draft.evidence.deployment.values.values():
        span = declared.span
        if span and declared.name.rpartition(".")[2] in named and draft.evidence.shown(span.path) == finding.span.path:
            return span.line
    return finding.span.line


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(each.severity is severity for each in findings)
