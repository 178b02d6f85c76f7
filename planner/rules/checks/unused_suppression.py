"""A suppression covers no finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Finding
    from planner.rules.policy import Ignore

RULE = Rule(
    "unused-suppression",
    Severity.WARNING,
    Basis.STANDARD,
    ("product: its policy of accepted findings",),
    origin="policy",
)


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance that covers nothing."""
    message = wording("no finding of {rule} is here to be suppressed", rule=ignore.rule)
    return RULE.at(ignore.span, message, wording("Remove the suppression."), subject=ignore.rule)
