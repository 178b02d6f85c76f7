"""The rules by name, in the order the documentation shows them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from planner.catalogue.pages import page
from planner.rules.declared import RULES
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from planner.finding import Finding
    from planner.rules.rule import Check, Rule
    from planner.rules.site import Site

LIKENESS = 0.5
LONGEST = 100


class Registered(NamedTuple):
    """A rule; its module, with the check, is imported when that is asked for, and its page read likewise."""

    rule: Rule

    @property
    def check(self) -> Check:
        """What the rule says of a site; rules that readers and policy report have a check that is silent."""
        if self.rule.origin == "reader":
            return _silent
        check: Check = getattr(_module(self.rule.name), "check", _silent)
        return check

    @property
    def documentation(self) -> str:
        """The rule's page, `planner/rules/pages/<name>.md`."""
        return page(self.rule.name)


def _module(name: str) -> ModuleType:
    return import_module(f"planner.rules.checks.{name.replace('-', '_')}")


def _silent(_: Site) -> Iterator[Finding]:
    return iter(())


class UnknownRuleError(LookupError):
    """A name that is no rule's; the message suggests the nearest."""


@cache
def rules() -> dict[str, Registered]:
    """Return every rule by name, in documentation order."""
    return {each.name: Registered(each) for each in RULES}


def rule(name: str) -> Registered:
    """Return one rule. Raises UnknownRuleError naming the nearest name."""
    if (found := rules().get(name)) is not None:
        return found
    raise UnknownRuleError(f"no rule is named {name}{suggestion(name)}")


def suggestion(name: str) -> str:
    """Return the words that point from an unknown name to the nearest one."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    close = get_close_matches(name[:LONGEST], rules(), 1, LIKENESS)
    return wording("; did you mean {name}?", name=close[0]) if close else wording("; `plan rules` lists them")
