"""The rules by name, in the order the documentation shows them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

from planner.catalogue.pages import PAGES, page, stated
from planner.rules.rule import Check, Rule
from planner.wording import wording

LIKENESS = 0.5
LONGEST = 100


class Registered(NamedTuple):
    """A rule; the module of its check is imported when that is asked for, and its page read likewise."""

    rule: Rule

    @property
    def check(self) -> Check:
        """What the rule says of a site. Raises ImportError for a rule that the readers or the policy report."""
        module = import_module(f"planner.rules.checks.{self.rule.module}")
        check: Check = getattr(module, self.rule.name.replace("-", "_"))
        return check

    @property
    def documentation(self) -> str:
        """The rule's page, `planner/rules/pages/<name>.md`."""
        return page(self.rule.name)


class UnknownRuleError(LookupError):
    """A name that is no rule's; the message suggests the nearest."""


@cache
def rules() -> dict[str, Registered]:
    """Return every rule by name, in documentation order."""
    return {name: Registered(Rule._make(stated(name))) for name in sorted(path.stem for path in PAGES.glob("*.md"))}


def rule(name: str) -> Registered:
    """Return one rule. Raises UnknownRuleError naming the nearest name."""
    if (found := rules().get(name)) is not None:
        return found
    raise UnknownRuleError(f"no rule is named {name}{suggestion(name)}")


def suggestion(name: str) -> str:
    """Return the words that point from an unknown name to the nearest one."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    close = get_close_matches(name[:LONGEST], rules(), cutoff=LIKENESS)
    return wording("; did you mean {name}?", name=close[0]) if close else wording("; `plan rules` lists them")
