"""Runs rules over one deployment: what they find, what they leave to a rule that says more, what was undecided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from planner.deployment.model import UndecidableError
from planner.finding import Finding, Skip
from planner.rules.registry import Registered, rules
from planner.rules.rule import Check, Rule
from planner.rules.site import Site

PLANS = 1000
"""Plans that are kept: the files of a run declare much the same."""


class Plan(NamedTuple):
    """What to run over deployments that declare the same parameters, and what that rules out."""

    checks: tuple[tuple[Rule, Check], ...]
    skipped: tuple[Skip, ...]


class Agenda:
    """The selected rules that have a check, arranged by what a deployment declares."""

    def __init__(self, selected: Iterable[Registered]) -> None:
        self._rules = tuple(each for each in selected if each.rule.origin == "check")
        self._order = {each.rule.name: number for number, each in enumerate(self._rules)}
        needs = [_alternatives(need) for each in self._rules for need in each.rule.needs]
        self._looked_at = frozenset(name for names in needs for name in names)
        self._plans: dict[frozenset[str], Plan] = {}

    def run(self, site: Site) -> tuple[list[Finding], tuple[Skip, ...]]:
        """Return what the rules say about a deployment, and which could not decide."""
        plan = self._plan(self._looked_at.intersection(site.usable))
        findings: list[Finding] = []
        undecided: list[Skip] = []
        for rule, check in plan.checks:
            try:
                findings.extend(check(site, rule))
            except UndecidableError as reason:
                undecided.append(Skip(rule.name, str(reason)))
            except (ArithmeticError, ValueError) as reason:
                # Nothing at all, or more than arithmetic holds: there is no share to compare (math: ValueError).
                undecided.append(Skip(rule.name, f"the declared values cannot be compared: {reason}"))
        return findings, self._merged(plan.skipped, undecided) if undecided else plan.skipped

    def _plan(self, declared: frozenset[str]) -> Plan:
        if (plan := self._plans.get(declared)) is None:
            if len(self._plans) >= PLANS:
                self._plans.clear()
            plan = self._plans[declared] = self._arranged(declared)
        return plan

    def _arranged(self, declared: frozenset[str]) -> Plan:
        missing = {each.rule.name: _undeclared(each.rule.needs, declared) for each in self._rules}
        checks = ((each.rule, each.check) for each in self._rules if not missing[each.rule.name])
        return Plan(tuple(checks), tuple(Skip(name, reason) for name, reason in missing.items() if reason))

    def _merged(self, skipped: tuple[Skip, ...], undecided: list[Skip]) -> tuple[Skip, ...]:
        return tuple(sorted((*skipped, *undecided), key=lambda each: self._order[each.rule]))


def _undeclared(needs: Iterable[str], declared: frozenset[str]) -> str:
    """Return in words which need is not declared; empty where all are."""
    missing = (need for need in needs if declared.isdisjoint(_alternatives(need)))
    return next((f"{need.replace('|', ' or ')} is not declared" for need in missing), "")


@cache
def _alternatives(need: str) -> tuple[str, ...]:
    return tuple(need.split("|"))


# One mistake, one finding: a rule keeps silent where another says more of the same place.


def unrepeated(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without those whose rule yields to that of another one of the same place."""
    found = list(findings)
    if yields().keys().isdisjoint(each.rule for each in found):
        return found
    said = {(each.rule, each.span.path, each.pointer or _start(each)) for each in found}
    return [each for each in found if said.isdisjoint(_stronger(each))]


@cache
def yields() -> Mapping[str, frozenset[str]]:
    """Return the rules that yield, each with those it yields to."""
    return {name: frozenset(each.rule.yields_to) for name, each in rules().items() if each.rule.yields_to}


def _stronger(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Yield what would silence a finding: a stronger rule at the same pointer, or one that has none there.

    Key and value of one setting share the pointer; values of no file share a span.
    """
    for rule in yields().get(finding.rule, ()):
        yield from ((rule, finding.span.path, place) for place in (finding.pointer, _start(finding)) if place)


def _start(finding: Finding) -> str:
    return f"{finding.span.line}:{finding.span.column}"
