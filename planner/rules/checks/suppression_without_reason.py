"""A finding is suppressed without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Finding
    from planner.rules.policy import Ignore

RULE = Rule(
    "suppression-without-reason",
    Severity.ERROR,
    Basis.STANDARD,
    ("product: its policy of accepted findings",),
    origin="policy",
)


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance nobody gave a reason for."""
    message = wording("the suppression of {rule} gives no reason, so it suppresses nothing", rule=ignore.rule)
    advice = wording("Say why: `# plan: ignore[rule] reason`, or `reason:` beside `rule:`.")
    return RULE.at(ignore.span, message, advice, subject=ignore.rule)
