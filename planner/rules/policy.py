"""What the user makes of findings: selection, severities, accepted ones. Rules know nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.finding import Basis, Severity, Suppression
from planner.rules.registry import UnknownRuleError, rule, rules
from planner.rules.suppression import ignores

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from planner.deployment import Deployment
    from planner.finding import Finding
    from planner.rules.registry import Registered
    from planner.rules.suppression import Ignore

FATAL = frozenset({"unreadable-file", "syntax-error", "file-too-large"})
"""Rules no selection hides: nothing else can be said of such a file."""


@dataclass(frozen=True)
class Policy:
    """What one run selects and accepts.

    `select` None means every rule. `fail_on` None leaves the threshold to each deployment (`error` by default).
    `today` decides which suppressions have expired. Raises UnknownRuleError for names that are no rule's.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity | None = None
    min_basis: Basis = Basis.ASSUMPTION
    today: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        for name in (*(self.select or ()), *self.ignore, *self.severity):
            rule(name)

    def wants(self, name: str) -> bool:
        """Tell whether findings of a rule are wanted."""
        return name in FATAL or ((self.select is None or name in self.select) and name not in self.ignore)

    def selected(self) -> list[Registered]:
        """Return the rules whose checks are to run."""
        return [each for name, each in rules().items() if self.wants(name)]

    def over(self, deployment: Deployment) -> Policy:
        """Return this policy with a deployment's own severities and threshold below what this run says."""
        levels = deployment.value("policy.severity")
        declared = {
            name: Severity(level)
            for name, level in (levels.items() if hasattr(levels, "items") else ())
            if name in rules() and level in set(Severity)
        }
        threshold = deployment.value("policy.fail_on")
        own = (
            Severity(threshold)
            if isinstance(threshold, str) and threshold in set(Severity)
            else Severity.ERROR
        )
        return replace(self, severity={**declared, **self.severity}, fail_on=self.fail_on or own)

    def apply(
        self, deployment: Deployment, findings: Iterable[Finding], undecided: Collection[str]
    ) -> list[Finding]:
        """Return what is left of a deployment's findings, suppressed ones marked, with the policy's own."""
        accepted = list(ignores(deployment.documents))
        wanted = [self._levelled(each) for each in findings if self._keeps(each)]
        marked = [_marked(each, accepted, self.today) for each in wanted]
        used = {ignore for _, ignore in marked if ignore is not None}
        own = _judged(accepted, used, self.today, lambda name: self.wants(name) and name not in undecided)
        return [each for each, _ in marked] + [self._levelled(each) for each in own if self._keeps(each)]

    def _keeps(self, finding: Finding) -> bool:
        strong = finding.basis.rank <= self.min_basis.rank or finding.rule in FATAL
        return strong and self.wants(finding.rule)

    def _levelled(self, finding: Finding) -> Finding:
        level = self.severity.get(finding.rule)
        return finding if level is None else replace(finding, severity=level)


def _marked(finding: Finding, accepted: Iterable[Ignore], today: date) -> tuple[Finding, Ignore | None]:
    """Return the finding, suppressed where one of the suppressions in force covers it, and that suppression."""
    for ignore in accepted:
        if ignore.rule == finding.rule and _in_force(ignore, today) and _covers(ignore, finding):
            return replace(finding, suppressed=Suppression(ignore.reason, ignore.until or None)), ignore
    return finding, None


def _covers(ignore: Ignore, finding: Finding) -> bool:
    if ignore.lines is None:
        return finding.rule not in FATAL
    return ignore.span.path == finding.span.path and finding.span.line in ignore.lines


def _in_force(ignore: Ignore, today: date) -> bool:
    return bool(ignore.reason) and not _expired(ignore, today)


def _expired(ignore: Ignore, today: date) -> bool:
    """Tell whether a suppression's last day has passed; a date nobody can read has, too."""
    if not ignore.until:
        return False
    try:
        return date.fromisoformat(ignore.until) < today
    except ValueError:
        return True


def _judged(accepted: Iterable[Ignore], used: set[Ignore], today: date, ran: object) -> Iterator[Finding]:
    """Yield what is wrong with the suppressions themselves."""
    from planner.rules.checks import (
        expired_suppression,
        suppression_without_reason,
        unknown_rule_suppressed,
        unused_suppression,
    )

    assert callable(ran)
    for ignore in accepted:
        if ignore.rule not in rules():
            yield unknown_rule_suppressed.finding(ignore)
        elif not ignore.reason:
            yield suppression_without_reason.finding(ignore)
        elif _expired(ignore, today):
            yield expired_suppression.finding(ignore)
        elif ignore not in used and ran(ignore.rule):
            yield unused_suppression.finding(ignore)


__all__ = ["FATAL", "Policy", "UnknownRuleError"]
