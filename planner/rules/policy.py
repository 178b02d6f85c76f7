"""What a policy makes of findings: severities, accepted ones, and a baseline of what is known already."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Mapping as PlainMapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from planner.deployment import Deployment
from planner.document.json import SavedError, parse
from planner.document.model import Document, Mapping, Node, Scalar, Sequence, walk
from planner.document.text import split_lines
from planner.finding import Basis, Finding, Known, Severity, Skip, Span, Suppression
from planner.rules.engine import Agenda, unrepeated
from planner.rules.registry import rule, rules, suggestion
from planner.wording import filled, wording

COMMENTED = frozenset({"yaml", "toml", "sysctl", "option-file"})
"""Formats that have comments."""

_COMMENT = re.compile(r"[#;]\s*plan:\s*ignore\b(?:\[(?P<rules>[^\]\r\n]*)\])?(?P<rest>[^\r\n]*)", re.IGNORECASE)
# Whatever stands behind `until:` is meant as a day, and without the colon what has the looks of one.
_UNTIL = re.compile(r"(?:^|\s)\(?until(?::\s*|\s+(?=\d+[-./]))(?P<date>[^\s(),]+?)[),.:]*(?=\s|$)", re.IGNORECASE)
_LEAST = "plan:"


class Ignore(NamedTuple):
    """One accepted rule: where it is said, why, until when, and which lines it covers.

    `lines` is None where it covers the whole deployment (`policy.ignore`), else the 1-based lines of
    `span.path` on which a finding may start. `paths`, patterns as in `.gitignore` from the folder of `span.path` on,
    limits one of a project file; empty, it covers every file.
    """

    rule: str
    reason: str
    until: str
    span: Span
    lines: frozenset[int] | None
    paths: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The day of `until`; None for a text that is none."""
        try:
            return date.fromisoformat(self.until)
        except ValueError:
            return None


def ignores(documents: Iterable[Document]) -> Iterator[Ignore]:
    """Yield every suppression the documents hold, in file order; entries without a rule are the loader's."""
    for document in documents:
        if _LEAST in document.text.lower() and document.format in COMMENTED:
            yield from _inline(document)
        if isinstance(document.root, Mapping):
            yield from _declared(document.root)


def _declared(root: Mapping) -> Iterator[Ignore]:
    policy = root.get("policy")
    entries = policy.get("ignore") if isinstance(policy, Mapping) else None
    for item in entries.items if isinstance(entries, Sequence) else ():
        if isinstance(item, Mapping):
            rule = item.get("rule")
            if rule is not None:
                yield Ignore(_text(rule), _text(item.get("reason")), _text(item.get("until")), rule.span, None)


def _text(node: Node | None) -> str:
    return str(node.value).strip() if isinstance(node, Scalar) and node.value is not None else ""


def _inline(document: Document) -> Iterator[Ignore]:
    lines = split_lines(document.text)
    for number, line in enumerate(lines, 1):
        for match in _COMMENT.finditer(line):
            alone = not line[: match.start()].strip()
            if not (alone or _is_comment(document, match, number)):
                continue
            span = Span.at(document.path, number, match.start() + 1, len(match.group().rstrip()))
            covered = frozenset(_next_line(lines, number) if alone else (number,))
            yield from _named(match, span, covered)


def _named(match: re.Match[str], span: Span, covered: frozenset[int]) -> Iterator[Ignore]:
    until = _UNTIL.search(match["rest"])
    reason = _UNTIL.sub(" ", match["rest"], count=1).strip(" \t-:,")
    for name in (match["rules"] or "").split(","):
        yield Ignore(name.strip(), reason, until["date"] if until else "", span, covered)


def _is_comment(document: Document, match: re.Match[str], number: int) -> bool:
    """Tell whether text behind something is a comment: not in sysctl.conf, and not inside a value."""
    if document.format == "sysctl" or document.root is None:
        return False
    column = match.start() + 1
    return not any(_covers(node.span, number, column) for node in walk(document.root) if isinstance(node, Scalar))


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)


def _next_line(lines: list[str], number: int) -> Iterator[int]:
    """Return the line a comment of its own speaks of: the next that is neither blank nor a comment, if there is one."""
    following = ((at, text.strip()) for at, text in enumerate(lines[number:], number + 1))
    return islice((at for at, text in following if text and not text.startswith(("#", ";"))), 1)


# Marks accepted findings, and says what is wrong with the acceptances themselves.

FATAL = frozenset({"unreadable-file", "syntax-error", "file-too-large"})
"""Rules no selection or policy hides: nothing else can be said of such a file."""


def marked(finding: Finding, accepted: Iterable[Ignore], today: date) -> tuple[Finding, Ignore | None]:
    """Return the finding, suppressed where a suppression in force covers it, and that suppression."""
    for ignore in accepted:
        if ignore.rule == finding.rule and _in_force(ignore, today) and _accepts(ignore, finding):
            return finding._replace(suppressed=Suppression(ignore.reason, ignore.until or None)), ignore
    return finding, None


def judged(
    accepted: Collection[Ignore], used: Collection[Ignore], today: date, ran: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield what is wrong with the suppressions; `ran` tells whether a rule was looked at in this run."""
    if not accepted:
        return
    for ignore in accepted:
        if ignore.rule not in rules():
            yield _unknown(ignore.rule, ignore.span)
        elif not ignore.reason:
            yield _told("suppression-without-reason", ignore)
        elif _expired(ignore, today):
            if ignore.last_day:
                yield _told("expired-suppression", ignore)
            elif ignore.lines:
                # That a day in `policy.ignore` is none the loader has said.
                parts = {"rule": ignore.rule, "until": ignore.until}
                no_day = wording("{rule} was accepted until {until}, which is no day; its findings count", **parts)
                yield _told("expired-suppression", ignore, no_day)
        elif ignore not in used and ran(ignore.rule):
            refused = wording("a finding of {rule} cannot be suppressed", rule=ignore.rule)
            yield _told("unused-suppression", ignore, refused if ignore.rule in FATAL else "")


def misnamed(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield names in `policy.severity` that are no rule's."""
    for document in documents:
        policy = document.root.get("policy") if isinstance(document.root, Mapping) else None
        levels = policy.get("severity") if isinstance(policy, Mapping) else None
        for entry in levels.entries if isinstance(levels, Mapping) else ():
            if entry.name not in rules():
                yield _unknown(entry.name, entry.key.span)


def _told(name: str, ignore: Ignore, message: str = "") -> Finding:
    """Return what a rule about suppressions says of one, in its page's words or with another message."""
    said, values = rule(name).rule, {"rule": ignore.rule, "until": ignore.until}
    return said.at(ignore.span, message or filled(said.message, values), filled(said.help, {}), subject=ignore.rule)


def _unknown(name: str, span: Span) -> Finding:
    """Return the finding about a name that is no rule's; it suggests the nearest."""
    said = rule("unknown-rule").rule
    if not name:
        return said.at(span, wording("no rule is named here"), wording("Write # plan: ignore[RULE] REASON."))
    values = {"name": name, "suggestion": suggestion(name)}
    return said.at(span, filled(said.message, values), filled(said.help, {}), subject=name)


def _accepts(ignore: Ignore, finding: Finding) -> bool:
    if finding.rule in FATAL:
        return False
    if ignore.lines is None:
        return not ignore.paths or _within(ignore, finding.span.path)
    return ignore.span.path == finding.span.path and finding.span.line in ignore.lines


def _within(ignore: Ignore, path: str) -> bool:
    from planner.rules.discovery import covers  # noqa: PLC0415  only project files limit paths

    return covers(ignore.paths, path, os.path.dirname(os.path.abspath(ignore.span.path)))  # noqa: PTH100, PTH120


def _in_force(ignore: Ignore, today: date) -> bool:
    return bool(ignore.reason) and not _expired(ignore, today)


def _expired(ignore: Ignore, today: date) -> bool:
    """Tell whether a suppression's last day has passed; a date nobody can read has, too."""
    return bool(ignore.until) and (ignore.last_day is None or ignore.last_day < today)


# What the user makes of findings: selection, severities, accepted ones. Rules know nothing of it.

LEVELS = {level.value: level for level in Severity}


@dataclass(frozen=True)
class Policy:
    """What one run selects and accepts.

    `select` None means every rule. `fail_on` None leaves the threshold to each deployment (`error` by
    default). `accepted` is what a project file accepts beside the deployments' own suppressions. `today` decides
    which suppressions have expired. Raises UnknownRuleError for names that are no
    rule's.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: PlainMapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity | None = None
    min_basis: Basis = Basis.ASSUMPTION
    min_severity: Severity = Severity.INFO
    accepted: tuple[Ignore, ...] = ()
    today: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        for name in (*(self.select or ()), *self.ignore, *self.severity):
            rule(name)

    def wants(self, name: str) -> bool:
        """Tell whether findings of a rule are wanted."""
        return name in FATAL or ((self.select is None or name in self.select) and name not in self.ignore)

    @cached_property
    def agenda(self) -> Agenda:
        """The rules whose checks are to run."""
        return Agenda(each for name, each in rules().items() if self.wants(name))

    def over(self, deployment: Deployment) -> Policy:
        """Return this policy with a deployment's own severities and threshold below what this run says."""
        said, threshold = deployment.value("policy.severity"), deployment.value("policy.fail_on")
        if said is threshold is None:
            return self._alone
        levels = said.items() if isinstance(said, PlainMapping) else ()
        own = {name: LEVELS[str(level)] for name, level in levels if name in rules() and str(level) in LEVELS}
        least = self.fail_on or LEVELS.get(str(threshold), Severity.ERROR)
        return replace(self, severity={**own, **self.severity}, fail_on=least)

    @cached_property
    def _alone(self) -> Policy:
        """This policy over a deployment that has none of its own."""
        return replace(self, fail_on=self.fail_on or Severity.ERROR)

    def apply(self, deployment: Deployment, findings: Iterable[Finding], skipped: Iterable[Skip]) -> list[Finding]:
        """Return what is left of a deployment's findings, suppressed ones marked, with the policy's own."""
        accepted = list(ignores(deployment.documents))
        left = self._wanted(unrepeated(filter(self._keeps, findings)))
        if not accepted and not self.accepted:
            return [*left, *self._wanted(filter(self._keeps, misnamed(deployment.documents)))]
        undecided = {each.rule for each in skipped}
        kept = [marked(each, (*accepted, *self.accepted), self.today) for each in left]
        used = {ignore for _, ignore in kept if ignore is not None}
        own = [
            *judged(accepted, used, self.today, lambda name: self.wants(name) and name not in undecided),
            # Whether one of the project file is of use, no single deployment can tell.
            *judged(self.accepted, used, self.today, lambda _: False),
            *misnamed(deployment.documents),
        ]
        return [each for each, _ in kept] + self._wanted(filter(self._keeps, own))

    def _wanted(self, findings: Iterable[Finding]) -> list[Finding]:
        levelled = map(self._levelled, findings)
        if self.min_severity is Severity.INFO:
            return list(levelled)
        return [each for each in levelled if each.severity.at_least(self.min_severity) or each.rule in FATAL]

    def _keeps(self, finding: Finding) -> bool:
        strong = finding.basis.rank <= self.min_basis.rank or finding.rule in FATAL
        return strong and self.wants(finding.rule)

    def _levelled(self, finding: Finding) -> Finding:
        level = self.severity.get(finding.rule)
        return finding if level is None else finding._replace(severity=level)


# Findings accepted wholesale: fingerprints that survive line moves, each with how often it may occur.

SCHEMA = "baseline-v1"


class BaselineError(ValueError):
    """A baseline file that cannot be used; the message says why."""


class Compared(NamedTuple):
    """Findings split by a baseline: those it does not hold, those it does, and what it holds that is gone."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[Known, ...]


def render_baseline(findings: Iterable[Finding]) -> str:
    """Return the baseline file that accepts these findings; suppressed ones need no acceptance."""
    wanted = [each for each in findings if each.suppressed is None]
    counts = Counter(each.fingerprint for each in wanted)
    first = {each.fingerprint: each for each in reversed(wanted)}
    entries = [
        {"fingerprint": key, "rule": each.rule, "path": each.span.path, "message": each.message, "count": counts[key]}
        for key, each in first.items()
    ]
    entries.sort(key=lambda entry: (entry["path"], entry["rule"], entry["fingerprint"]))
    return json.dumps({"schema": SCHEMA, "findings": entries}, indent=2, ensure_ascii=False) + "\n"


def parse_baseline(text: str | bytes) -> tuple[Known, ...]:
    """Return a baseline's entries. Raises BaselineError."""
    try:
        content = parse(text)
        said, listed = content["schema"], [_entry(item) for item in content["findings"]]
    except SavedError as error:
        raise BaselineError(f"it is no {SCHEMA} file as --write-baseline writes it: {error}") from error
    except BaselineError:
        raise
    except (KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"it is no {SCHEMA} file as --write-baseline writes it") from error
    if said != SCHEMA:
        raise BaselineError(f"its schema is {said!r}, not {SCHEMA!r}")
    return tuple(listed)


def _entry(item: dict[str, object]) -> Known:
    count = item.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BaselineError(f"count must be a positive whole number, not {count!r}")
    words = [item["fingerprint"], *(item.get(name, "") for name in ("rule", "path", "message"))]
    if not all(isinstance(word, str) for word in words):
        raise BaselineError("fingerprint, rule, path and message must be texts")
    fingerprint, rule, path, message = map(str, words)
    return Known(fingerprint, rule, path, message, count)


def compare(findings: Iterable[Finding], baseline: Iterable[Known]) -> Compared:
    """Split findings: of each fingerprint as many are known as the baseline counts, in file order.

    Suppressed findings pass as they are: they need no baseline, and do not use one up.
    """
    entries = tuple(baseline)
    if not entries:
        return Compared(tuple(findings), (), ())
    left = Counter({entry.fingerprint: entry.times for entry in entries})
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        accepted = finding.suppressed is None and left[finding.fingerprint] > 0
        left[finding.fingerprint] -= accepted
        (known if accepted else new).append(finding)
    gone = tuple(entry._replace(times=left[entry.fingerprint]) for entry in entries if left[entry.fingerprint] > 0)
    return Compared(tuple(new), tuple(known), gone)
