"""What is wrong with accepted findings; the policy reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.finding import Finding, Span
from planner.rules.registry import declaration, suggestion
from planner.wording import wording

if TYPE_CHECKING:
    from planner.rules.policy import Ignore


EXPIRED_SUPPRESSION = declaration("expired-suppression")


def expired_suppression(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance whose last day has passed, or is no day."""
    parts = {"rule": ignore.rule, "until": ignore.until}
    message = (
        wording("{rule} was accepted until {until}, which has passed; its findings count again", **parts)
        if ignore.last_day
        else wording("{rule} was accepted until {until}, which is no day; its findings count", **parts)
    )
    return EXPIRED_SUPPRESSION.at(
        ignore.span, message, wording("Correct the setting, or agree on a new day."), subject=ignore.rule
    )


SUPPRESSION_WITHOUT_REASON = declaration("suppression-without-reason")


def suppression_without_reason(ignore: Ignore) -> Finding:
    """Return the finding about an acceptance nobody gave a reason for."""
    message = wording("the suppression of {rule} gives no reason, so it suppresses nothing", rule=ignore.rule)
    advice = wording("Say why: `# plan: ignore[rule] reason`, or `reason:` beside `rule:`.")
    return SUPPRESSION_WITHOUT_REASON.at(ignore.span, message, advice, subject=ignore.rule)


UNKNOWN_RULE = declaration("unknown-rule")


def unknown_rule(name: str, span: Span) -> Finding:
    """Return the finding about a name that is no rule's; it suggests the nearest."""
    if not name:
        return UNKNOWN_RULE.at(span, wording("no rule is named here"), wording("Write # plan: ignore[RULE] REASON."))
    message = wording("no rule is named {name}{suggestion}", name=name, suggestion=suggestion(name))
    return UNKNOWN_RULE.at(span, message, wording("Correct the rule's name."), subject=name)


UNUSED_SUPPRESSION = declaration("unused-suppression")


def unused_suppression(ignore: Ignore, *, possible: bool) -> Finding:
    """Return the finding about an acceptance that covers nothing, or what cannot be accepted."""
    message = (
        wording("no finding of {rule} is here to be suppressed", rule=ignore.rule)
        if possible
        else wording("a finding of {rule} cannot be suppressed", rule=ignore.rule)
    )
    return UNUSED_SUPPRESSION.at(ignore.span, message, wording("Remove the suppression."), subject=ignore.rule)
