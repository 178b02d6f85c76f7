"""One mistake, one finding: a rule keeps silent where another says more of the same place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from planner.rules.registry import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.finding import Finding


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
