"""Runs rules over one deployment: what they find, and which could not be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.rules.site import Site, UndecidableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.finding import Finding
    from planner.rules.registry import Registered
    from planner.rules.rule import Rule


class Skipped(NamedTuple):
    """A rule that said nothing because it could not decide, and why."""

    rule: str
    path: str
    reason: str


def run(site: Site, rules: Iterable[Registered]) -> tuple[list[Finding], list[Skipped]]:
    """Return what the rules say about a deployment, beside what reading it already showed."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for registered in rules:
        if registered.check is None:
            continue
        if missing := undeclared(site, registered.rule):
            skipped.append(Skipped(registered.rule.name, site.deployment.path, f"{missing} is not declared"))
            continue
        try:
            findings.extend(registered.check(site))
        except UndecidableError as reason:
            skipped.append(Skipped(registered.rule.name, site.deployment.path, str(reason)))
    return findings, skipped


def undeclared(site: Site, rule: Rule) -> str:
    """Return the first need that is not declared, in words; empty where all are."""
    for need in rule.needs:
        if site.get(need) is None:
            return need.replace("|", " or ")
    return ""
