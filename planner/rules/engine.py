"""Runs rules over one deployment: what they find, and which could not be decided."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from planner.rules.site import UndecidableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.finding import Finding
    from planner.rules.registry import Registered
    from planner.rules.rule import Rule
    from planner.rules.site import Site


class Skipped(NamedTuple):
    """A rule that said nothing because it could not decide, and why."""

    rule: str
    path: str
    reason: str


def run(site: Site, rules: Iterable[Registered]) -> tuple[list[Finding], list[Skipped]]:
    """Return what the rules say about a deployment, beside what reading it already showed."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    path = site.deployment.path
    declared = {name for name, each in site.deployment.values.items() if each.value is not None}
    for registered in rules:
        rule = registered.rule
        if rule.origin != "check":
            continue
        if (missing := undeclared(rule, declared)) is not None:
            skipped.append(Skipped(rule.name, path, missing))
            continue
        try:
            findings.extend(registered.findings(site))
        except UndecidableError as reason:
            skipped.append(Skipped(rule.name, path, str(reason)))
        except ArithmeticError as reason:
            # Nothing at all, or more than arithmetic holds: there is no share to compare.
            skipped.append(Skipped(rule.name, path, f"the declared values cannot be compared: {reason}"))
    return findings, skipped


def undeclared(rule: Rule, declared: set[str]) -> str | None:
    """Return in words which need is not declared; None where all are."""
    for alternatives, reason in _needs(rule.needs):
        if declared.isdisjoint(alternatives):
            return reason
    return None


@cache
def _needs(needs: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return each need's alternatives, and what to say where none of them is declared."""
    return tuple((tuple(need.split("|")), f"{need.replace('|', ' or ')} is not declared") for need in needs)
