"""A finding was accepted until a day that has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.rule import Rule
from planner.wording import wording

if TYPE_CHECKING:
    from planner.finding import Finding
    from planner.rules.policy import Ignore

RULE = Rule(
    "expired-suppression",
    Severity.WARNING,
    Basis.STANDARD,
    ("product: its policy of accepted findings",),
    origin="policy",
)


def finding(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance whose last day has passed, or is no day."""
    parts = {"rule": ignore.rule, "until": ignore.until}
    message = (
        wording("{rule} was accepted until {until}, which has passed; its findings count again", **parts)
        if ignore.last_day
        else wording("{rule} was accepted until {until}, which is no day; its findings count", **parts)
    )
    return RULE.at(ignore.span, message, wording("Correct the setting, or agree on a new day."), subject=ignore.rule)
