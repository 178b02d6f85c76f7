"""Configuration check: every finding in one table, then the risks that were accepted, with their reasons."""

from planner.finding import Finding, Severity
from planner.report.blocks import Block, Cell, Section, Table
from planner.report.evidence import Draft, as_cell
from planner.report.sections import decision
from planner.report.sections.actions import BASES, SEVERITIES, count, owner, place, sentence
from planner.version import rule_page

MOST_FINDINGS = 60
MOST_MISSING = 12


def write(draft: Draft) -> Section | None:
    """Return the section; None where no configuration was checked."""
    evidence, say = draft.evidence, draft.say
    if not evidence.findings and not evidence.deployment.documents:
        return None
    blocks: list[Block] = []
    if evidence.open_findings:
        blocks.append(_findings(draft, evidence.open_findings))
    if evidence.accepted:
        blocks.append(_accepted(draft, evidence.accepted))
    blocks += _missing(draft)
    return Section("checks", say("Configuration check"), _lead(draft), tuple(blocks))


def _lead(draft: Draft) -> str:
    say, found = draft.say, draft.evidence.open_findings
    if not found:
        return say.sentences(decision.checks(draft), say("They found nothing."))
    told = say(
        "They found {errors}, {warnings}, {notes}.",
        errors=say.plural("{n} error", "{n} errors", count(found, Severity.ERROR)),
        warnings=say.plural("{n} warning", "{n} warnings", count(found, Severity.WARNING)),
        notes=say.plural("{n} note", "{n} notes", count(found, Severity.INFO)),
    )
    return say.sentences(decision.checks(draft), told)


def _missing(draft: Draft) -> list[Table]:
    """Return what to declare so that the checks that were skipped can run."""
    say, lacking = draft.say, draft.evidence.checks.missing
    if not lacking:
        return []
    rows: list[list[Cell | str]] = [[Cell(name, "code"), say.number(times)] for name, times in lacking[:MOST_MISSING]]
    titles = [say("Not declared"), say("Checks that wait for it")]
    return [draft.table(say("What to declare for the checks that could not run"), titles, rows)]


def _findings(draft: Draft, found: tuple[Finding, ...]) -> Table:
    say = draft.say
    titles = [say("Finding"), say("Severity"), say("Who"), say("Place")]
    rows = [_row(draft, each) for each in found[:MOST_FINDINGS]]
    full = draft.table(say("Everything the check found"), titles, rows, len(titles))
    note = say("The first {shown} of {all}.", shown=len(rows), all=len(found)) if len(found) > len(rows) else ""
    return Table(full.caption, full.columns, tuple(tuple(map(as_cell, row)) for row in rows), note)


def _row(draft: Draft, finding: Finding) -> list[Cell | str]:
    say = draft.say
    message = draft.label(finding.message)
    severity = Cell(say(SEVERITIES[finding.severity]), "severity", str(finding.severity))
    return [
        message._replace(text=sentence(message.text), detail=finding.rule, link=rule_page(finding.rule)),
        severity._replace(detail=say(BASES[finding.basis])),
        Cell(say(owner(finding)[0]), detail=say(owner(finding)[1])),
        Cell(place(finding) or "\N{EN DASH}", "code"),
    ]


def _accepted(draft: Draft, found: tuple[Finding, ...]) -> Table:
    say = draft.say
    titles = [say("Accepted risk"), say("Severity"), say("Reason"), say("Until")]
    rows: list[list[Cell | str]] = [
        [
            draft.label(each.message)._replace(detail=each.rule),
            Cell(say(SEVERITIES[each.severity]), "severity", str(each.severity)),
            each.suppressed.reason if each.suppressed else "",
            (each.suppressed.until if each.suppressed else None) or say("without end"),
        ]
        for each in found
    ]
    return draft.table(say("Risks accepted by the operator"), titles, rows, len(titles) - 1)
