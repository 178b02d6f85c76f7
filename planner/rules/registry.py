"""The rules by name: an explicit list, in the order the documentation shows them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.rules.rule import Check, Rule


class Registered(NamedTuple):
    """A rule with its check (None where the readers or the policy report it) and its documentation."""

    rule: Rule
    check: Check | None
    documentation: str


class UnknownRuleError(LookupError):
    """A name that is no rule's; the message suggests the nearest."""


@cache
def rules() -> dict[str, Registered]:
    """Return every rule by name, in documentation order."""
    from planner.rules.checks import MODULES

    return {
        module.RULE.name: Registered(module.RULE, getattr(module, "check", None), module.__doc__ or "")
        for module in MODULES
    }


def rule(name: str) -> Registered:
    """Return one rule. Raises UnknownRuleError naming the nearest name."""
    if (found := rules().get(name)) is not None:
        return found
    close = get_close_matches(name, rules(), 1, 0.5)
    hint = f"; did you mean {close[0]}?" if close else "; `plan rules` lists them"
    raise UnknownRuleError(f"no rule is named {name}{hint}")
