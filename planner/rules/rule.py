"""What a rule is, and how to write one.

1. Its page, `planner/rules/pages/<name>.md`: the first line says what is wrong, the paragraphs why that matters to an
   operator and what to do, under `## Why it matters` and `## What to do`. Examples follow under `## Fires` and
   `## Silent`, as fenced blocks. The fence's first word is the format (`yaml`, `json`, `toml`, `sysctl`, `mysql`,
   `sysctl-dump`, `variables-dump`, `bundle`, `tree`); behind it stands what a firing example must report, place,
   severity and words of the message: `yaml 5:22 error "falls short of"`. The page is what `plan explain <name>` answers
   and `docs/rules/<name>.md` holds, and its examples are run as the rule's tests.
   The page begins with the rule's declaration, one `key: value` a line: `severity`, `basis`, `source`; `needs` names a
   parameter that must be declared (`a|b`: either will do), and where one is not, the engine skips the rule and counts
   it; `figure` names an estimate it compares with; `message` and `help` are what it says, with `{name}` places for
   values, and `beside` a parameter shown with it, `name: words`; `check` names the module of its check. Severity,
   basis and policy are separate: no rule looks at policy.
2. Its check, in the module of its subject, `planner/rules/checks/<subject>.py`: a generator named as the rule with
   underscores. It is given a `planner.rules.site.Site` and the rule as its page declares it, and yields
   `rule.found(site, place, name=value, ...)`: the page's words, filled in; or `rule.at(place, message, advice)` where
   it has several things to say. A value it reads may be unusable: the accessors of the site then end the check.
   A documented figure is read by `limit(name)` from `schemas/limits.json`. Texts are wordings, so that the report says
   them in other languages.

A rule that the readers and the loader apply while they read has no check: what they apply they take from its page
(`planner.catalogue.pages`). `make docs` writes what is made of both.

A name states the bad state in kebab-case, without an imperative: `unlimited-call-duration`. A value outside
a documented range is an error; advice and assumptions are never more than a warning.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from planner.catalogue.data import cited
from planner.catalogue.pages import Stated
from planner.deployment import Declared
from planner.finding import Basis, Edit, Finding, Related, Severity, Span
from planner.wording import Value, filled, term

if TYPE_CHECKING:
    from planner.rules.site import Site

Check: TypeAlias = "Callable[[Site, Rule], Iterator[Finding]]"
Findings: TypeAlias = "Iterator[Finding]"
"""What a check yields."""

NOWHERE = "<values>"
"""The path of values that came from no file."""


class Rule(Stated):
    """A rule as its page declares it, and the findings it makes."""

    __slots__ = ()

    def at(  # noqa: PLR0913  parts of a finding
        self,
        place: Declared | Span,
        message: str,
        advice: str = "",
        *,
        span: Span | None = None,
        severity: Severity | None = None,
        basis: Basis | None = None,
        pointer: str = "",
        related: tuple[Related, ...] = (),
        subject: str = "",
        fix: Edit | None = None,
    ) -> Finding:
        """Return a finding at a span or a declared value, or at the `span` of a part of it; the rest is the rule's."""
        if isinstance(place, Declared):
            pointer, subject = pointer or place.pointer, subject or place.name
        return Finding(
            self.name,
            severity or self.severity,
            basis or self.basis,
            message,
            span or located(place),
            advice,
            pointer,
            related,
            cited(self.source),
            subject,
            fix,
        )

    def found(  # noqa: PLR0913  parts of a finding, and what fills in its words
        self,
        site: "Site",
        place: Declared | Span | None = None,
        *,
        advice: str = "",
        span: Span | None = None,
        severity: Severity | None = None,
        basis: Basis | None = None,
        pointer: str = "",
        related: tuple[Related, ...] | None = None,
        subject: str = "",
        fix: Edit | None = None,
        **values: Value,
    ) -> Finding:
        """Return a finding in the words of the page, with what it names beside, at what it needs first or a `place`.

        The basis is no stronger than what the figures rest on that the page names.
        """
        return self.at(
            place or site[self.needs[0]],
            filled(self.message, values),
            advice or filled(self.help, values),
            span=span,
            severity=severity,
            basis=basis or (site.weakest(self.basis, *self.figures) if self.figures else self.basis),
            pointer=pointer,
            related=self._beside(site) if related is None else related,
            subject=subject,
            fix=fix,
        )

    def _beside(self, site: "Site") -> tuple[Related, ...]:
        return tuple(each for names, words in self.beside for each in beside(site.get(names), term(words)))


def located(place: Declared | Span) -> Span:
    """Return where a value stands; values of no file have the place `<values>`."""
    if isinstance(place, Span):
        return place
    return place.span or place.key_span or Span.at(NOWHERE, 1, 1)


def beside(declared: Declared | None, words: str) -> tuple[Related, ...]:
    """Return the place of a declared value as a related one; nothing for a value that came from no file."""
    if declared is None or (declared.span or declared.key_span) is None:
        return ()
    return (Related(words, located(declared)),)
