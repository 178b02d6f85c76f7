"""Since last time: what an earlier report said otherwise, and which findings are new, gone or still there."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from planner.report.blocks import Cell, Section, Table
from planner.report.evidence import Draft
from planner.report.gather import CERTAINTY
from planner.report.language import mark
from planner.report.sections import decision
from planner.report.sections.actions import SEVERITIES
from planner.sizing.comparison import COMPARED

MOST_FINDINGS = 30


def write(draft: Draft) -> Section | None:
    """Return the section; None where no earlier report was given."""
    previous = draft.evidence.previous
    if previous is None:
        return None
    say = draft.say
    moved = [row for row in (*_decision(draft, previous), *_figures(draft, previous)) if row[1] != row[2]]
    titles = [say("What"), say("Before"), say("Now")]
    tables = [draft.table(say("What changed in the plan"), titles, moved)] if moved else []
    findings, lead = _findings(draft, previous.get("findings", ()))
    since = say("Compared with the report of {date}.", date=_day(draft, previous))
    same = "" if moved else say("The plan is the same.")
    return Section("changes", say("Since last time"), say.sentences(since, same, lead), (*tables, *findings))


def _day(draft: Draft, previous: Mapping[str, Any]) -> str:
    """Return the earlier report's date as this one writes dates; what is no date stays as it is."""
    told = str(previous.get("date", ""))
    try:
        return draft.say.date(dt.date.fromisoformat(told))
    except ValueError:
        return told


def _decision(draft: Draft, previous: Mapping[str, Any]) -> Iterable[list[Cell | str]]:
    """Yield the parts of the decision, before and now."""
    say, made, old = draft.say, decision.plan(draft), previous.get("sizing", {}).get("plan") or {}
    if not old:
        return
    yield [
        say("Decision"),
        say(decision.STATUSES.get(old["status"], old["status"])),
        say(decision.STATUSES[made.status]),
    ]
    surely = (old.get("certainty"), made.certainty)
    yield [say(CERTAINTY), *("\N{EN DASH}" if each is None else decision.surely(draft, each) for each in surely)]
    for label, key in ((mark("Servers in all"), "total"), (mark("Servers that carry load"), "active")):
        yield [say(label), say.number(old["servers"][key]), say.number(getattr(made.servers, key))]
    for part in made.host.parts:
        before = old["host"].get(part.name, {}).get("value", 0)
        yield [
            say(decision.PARTS[part.name]),
            *(decision.part(draft, value, part.unit) for value in (before, part.value)),
        ]
    for row in old["resources"]:
        if now := made.row(row["name"]):
            yield [
                draft.label(now.label),
                *(say.quantity(value, now.unit) for value in (row["need"]["value"], now.need.typical)),
            ]


def _figures(draft: Draft, previous: Mapping[str, Any]) -> Iterable[list[Cell | str]]:
    old = previous.get("sizing", {}).get("figures", {})
    for name in COMPARED:
        now = draft.figure(name)
        if now and name in old:
            before = draft.say.quantity(old[name]["value"], now.unit)
            yield [draft.label(now.label), before, draft.shown(name)]


def _findings(draft: Draft, before: Iterable[Mapping[str, Any]]) -> tuple[list[Table], str]:
    """Return the findings that are new or gone, and how many stayed."""
    say, found = draft.say, {each.fingerprint: each for each in draft.evidence.open_findings}
    old = {each["fingerprint"]: each for each in before if each["suppressed"] is None}
    rows: list[list[Cell | str]] = [
        [draft.label(each.message)._replace(detail=each.rule), _severity(draft, str(each.severity)), say("new")]
        for key, each in found.items()
        if key not in old
    ]
    rows += [
        [draft.label(each["message"])._replace(detail=each["rule"]), _severity(draft, each["severity"]), say("gone")]
        for key, each in old.items()
        if key not in found
    ]
    new, stayed = sum(key not in old for key in found), sum(key in old for key in found)
    told = say(
        "Findings: {new} new, {gone} gone, {known} known.",
        new=say.number(new),
        gone=say.number(len(rows) - new),
        known=say.number(stayed),
    )
    titles = [say("Finding"), say("Severity"), say("Since last time")]
    return ([draft.table(say("Findings new and gone"), titles, rows[:MOST_FINDINGS], 9)] if rows else []), told


def _severity(draft: Draft, severity: str) -> Cell:
    return Cell(draft.say(SEVERITIES[severity]), "severity", severity)
