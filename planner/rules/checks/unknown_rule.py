"""A policy names a rule that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.registry import suggestion
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Finding, Span

RULE = Rule(
    "unknown-rule", Severity.ERROR, Basis.STANDARD, ("product: its policy of accepted findings",), origin="policy"
)


def finding(name: str, span: Span) -> Finding:
    """Return the finding about a name that is no rule's; it suggests the nearest."""
    if not name:
        return RULE.at(span, wording("no rule is named here"), wording("Write # plan: ignore[RULE] REASON."))
    message = wording("no rule is named {name}{suggestion}", name=name, suggestion=suggestion(name))
    return RULE.at(span, message, wording("Correct the rule's name."), subject=name)
