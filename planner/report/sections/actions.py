"""What to do: errors first, each with its place in the configuration and the rule that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.catalogue.data import SEPARATOR
from planner.finding import Finding, Severity
from planner.report.blocks import Action, Actions, Cell, Section, Table
from planner.report.evidence import Draft
from planner.report.gather import CERTAINTY, SETTING
from planner.report.language import cited, mark
from planner.report.sections import decision, next_steps
from planner.sizing.plan import Plan

MOST_ACTIONS = 12
MOST_WIDE = 160
"""Characters of a line of a file: two printed lines."""
_FIX = re.compile(r"`([^`]*[ =][^`]*)`|((?:[A-Za-z]+[._][\w.]*\s?[:=]\s?|[A-Za-z]+=)[\w/:-]+(?:[.,][\w/:-]+)*)")
"""A line to write, as an advice tells it: of a name with parts, which a word before a colon has not."""
_PLAIN = re.compile(r"[a-z]+ (?!=|is \b|= )")
"""A sentence that begins with a word, not with the name of a setting."""
AFTER = ("cdr.retained_bytes", "server.disk_used", "hardware.servers")
SEVERITIES = {"error": mark("error"), "warning": mark("warning"), "info": mark("info")}
_KERNEL = {"net", "kernel", "fs", "vm"}
_DECIDES = (mark("Planning"), mark("a decision"))
_BUYS = (mark("Hardware"), mark("a purchase, or another plan"))
OWNERS = {
    "softswitch": (mark("Softswitch"), mark("a setting")),
    "sysctl": (mark("Operating system"), mark("a setting")),
    "mysql": (mark("Database"), mark("a setting, and a restart where it is not dynamic")),
    "server": _BUYS,
    "topology": _BUYS,
    "": _DECIDES,
}
"""Who follows the advice and with which effort, by the part of the deployment it is about."""
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
    return Section("actions", say("What to do"), _lead(draft, wanted), (Actions(items, note), *_after(draft)))


def _after(draft: Draft) -> list[Table]:
    """Return the plan now and with the advice followed, where the model can compute it."""
    say, now, then = draft.say, draft.evidence.sizing, draft.evidence.fixed
    if then is None:
        return []
    rows = [row for row in _beside(draft, now.plan, then.plan) if row[1] != row[2]]
    rows += [
        [draft.label(figure.label), *(say.quantity(each.value(name), figure.unit) for each in (now, then))]
        for name in AFTER
        if (figure := now.figures.get(name)) and name in then.figures
    ]
    titles = [say("What"), say("Now"), say("After the fixes")]
    return [draft.table(say("The plan now and after the fixes"), titles, rows)]


def _beside(draft: Draft, now: Plan, then: Plan) -> list[list[Cell | str]]:
    say = draft.say
    both = (now, then)
    return [
        [say("Decision"), *(say(decision.STATUSES[each.status]) for each in both)],
        [say(CERTAINTY), *(decision.surely(draft, each.certainty or 0) for each in both)],
        [say("Suffices until"), *(decision.until(draft, each) for each in both)],
        [say("Servers in all"), *(say.number(each.servers.total) for each in both)],
    ]


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
    say = draft.say
    message, advice = draft.label(finding.message), draft.label(finding.help)
    return Action(
        severity=str(finding.severity),
        message=message._replace(text=sentence(message.text)),
        help=advice,
        place=place(finding),
        excerpt=excerpt(draft, finding),
        rule=finding.rule,
        basis=str(finding.basis),
        source=cited(draft.say, finding.source.split(SEPARATOR)),
        anchor=anchor,
        effect=effect(draft, finding),
        fix=fix(finding),
        owner=say("{who}: {effort}", who=say(owner(finding)[0]), effort=say(owner(finding)[1])),
    )


def fix(finding: Finding) -> str:
    """Return the line that a finding's advice says to write; nothing where it says none."""
    found = _FIX.search(str(finding.help))
    return "" if found is None else found[1] or found[2]


def owner(finding: Finding) -> tuple[str, str]:
    """Return who follows a finding's advice, and with which effort."""
    root = finding.pointer.strip("/").partition("/")[0]
    if root in OWNERS:
        return OWNERS[root]
    kernel = root.partition(".")[0] in _KERNEL
    return OWNERS["sysctl" if kernel else "mysql" if finding.span.path.endswith(".cnf") else ""]


def sentence(text: str) -> str:
    """Return a text with a capital letter where it begins with a word."""
    return text[:1].upper() + text[1:] if _PLAIN.match(text) else text


def effect(draft: Draft, finding: Finding) -> str:
    """Return what following a finding's advice changes, where the sizing knows."""
    say, found = draft.say, draft.evidence.effects.get(finding.fingerprint, ())
    said = [
        say(
            "{label} goes from {now} to {after}",
            label=draft.subject(each.label).partition(",")[0],
            now=say.quantity(each.now, each.unit),
            after=say.quantity(each.after, each.unit),
        )
        for each in found
    ]
    return say("Effect: {listed}.", listed=say("; ").join(said)) if said else ""


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
    named = set(SETTING.findall(str(finding.help)))
    for declared in draft.evidence.deployment.values.values():
        span = declared.span
        if span and declared.name.rpartition(".")[2] in named and draft.evidence.shown(span.path) == finding.span.path:
            return span.line
    return finding.span.line


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(each.severity is severity for each in findings)
