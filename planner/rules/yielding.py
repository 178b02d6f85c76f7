"""One mistake, one finding: a rule keeps silent where another says more of the same place."""

from __future__ import annotations

from functools import cache
from itertools import product
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
    said = {(each.rule, place) for each in found for place in _places(each)}
    return [each for each in found if said.isdisjoint(product(yields().get(each.rule, ()), _places(each)))]


@cache
def yields() -> Mapping[str, frozenset[str]]:
    """Return the rules that yield, each with those it yields to."""
    return {name: frozenset(each.rule.yields_to) for name, each in rules().items() if each.rule.yields_to}


def _places(finding: Finding) -> Iterator[tuple[str, object]]:
    """Yield what identifies a value: where it stands, and its pointer, which key and value share."""
    span = finding.span
    yield span.path, (span.line, span.column)
    if finding.pointer:
        yield span.path, finding.pointer
