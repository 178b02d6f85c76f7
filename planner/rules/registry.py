"""The rules by name: an explicit list, in the order the documentation shows them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.rules.rule import Check, Rule


LIKENESS = 0.5
LONGEST = 100


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
    from planner.rules.checks import MODULES  # noqa: PLC0415  rules themselves name this module

    return {
        module.RULE.name: Registered(module.RULE, getattr(module, "check", None), module.__doc__ or "")
        for module in MODULES
    }


def rule(name: str) -> Registered:
    """Return one rule. Raises UnknownRuleError naming the nearest name."""
    if (found := rules().get(name)) is not None:
        return found
    raise UnknownRuleError(f"no rule is named {name}{suggestion(name)}")


def suggestion(name: str) -> str:
    """Return the words that point from an unknown name to the nearest one."""
    close = get_close_matches(name[:LONGEST], rules(), 1, LIKENESS)
    return f"; did you mean {close[0]}?" if close else "; `plan rules` lists them"
