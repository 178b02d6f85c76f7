"""What a rule is, and how to write one.

1. Its page, `planner/rules/pages/<name>.md`: the first line says what is wrong, the paragraphs why that matters to an
   operator and what to do, under `## Why it matters` and `## What to do`. Examples follow under `## Fires` and
   `## Silent`, as fenced blocks. The fence's first word is the format (`yaml`, `json`, `toml`, `sysctl`, `mysql`,
   `sysctl-dump`, `variables-dump`, `bundle`, `tree`); behind it stands what a firing example must report, place,
   severity and words of the message: `yaml 5:22 error "falls short of"`. The page is what `plan explain <name>` answers
   and `docs/rules/<name>.md` holds, and its examples are run as the rule's tests.
   The page begins with the rule's declaration, one `key: value` a line: `severity`, `basis`, `source`; `needs` names a
   parameter that must be declared (`a|b`: either will do), and where one is not, the engine skips the rule and counts
   it; `figure` names an estimate it compares with; `check` names the module of its check. Severity, basis and policy
   are separate: no rule looks at policy.
2. Its check, in the module of its subject, `planner/rules/checks/<subject>.py`: a generator named as the rule with
   underscores. It is given a `planner.rules.site.Site` and the rule as its page declares it, and yields
   `rule.at(place, message, advice)`. A value it reads may be unusable: the accessors of the site then end the check.
   A documented figure is read by `limit(name)` from `schemas/limits.json`. Texts are wordings, so that the report says
   them in other languages.

A rule that the readers and the loader apply while they read has no check: what they apply they take from its page
(`planner.catalogue.pages`). `make docs` writes what is made of both.

A name states the bad state in kebab-case, without an imperative: `unlimited-call-duration`. A value outside
a documented range is an error; advice and assumptions are never more than a warning.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.catalogue.data import cited
from planner.deployment import Declared
from planner.finding import Basis, Edit, Finding, Related, Severity, Span

if TYPE_CHECKING:
    from planner.rules.site import Site

    Check: TypeAlias = "Callable[[Site, Rule], Iterator[Finding]]"

Findings: TypeAlias = "Iterator[Finding]"
"""What a check yields."""

TRAFFIC = "traffic.cps|traffic.concurrent_calls|traffic.daily_minutes"
"""The need of every rule that compares with a figure of the sizing: some statement of the load."""

NOWHERE = "<values>"
"""The path of values that came from no file."""


class Rule(NamedTuple):
    """A rule's declaration.

    `needs` and `figures` are dotted names; `source` holds references (`planner.catalogue.data`);
    `fixable` tells that findings may carry an edit `--fix` applies; `origin` is `reader` where no `check`
    exists because reading the file already tells, `policy` where the policy reports it. `yields_to` names
    the rules that say more: where one of them reports the same value, this one keeps silent. `module` holds its check.
    """

    name: str
    severity: Severity
    basis: Basis
    source: tuple[str, ...]
    needs: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    fixable: bool = False
    origin: str = "check"
    yields_to: tuple[str, ...] = ()
    module: str = ""

    def at(  # noqa: PLR0913  parts of a finding
        self,
        place: Declared | Span,
        message: str,
        advice: str = "",
        *,
        severity: Severity | None = None,
        basis: Basis | None = None,
        pointer: str = "",
        related: tuple[Related, ...] = (),
        subject: str = "",
        fix: Edit | None = None,
    ) -> Finding:
        """Return a finding of this rule at a declared value or a span; the rest is the rule's, and the place's."""
        if isinstance(place, Declared):
            pointer, subject = pointer or place.pointer, subject or place.name
        return Finding(
            self.name,
            severity or self.severity,
            basis or self.basis,
            message,
            located(place),
            advice,
            pointer,
            related,
            cited(self.source),
            subject,
            fix,
        )


def located(place: Declared | Span) -> Span:
    """Return where a value stands; values of no file have the place `<values>`."""
    if isinstance(place, Span):
        return place
    return place.span or place.key_span or Span.at(NOWHERE, 1, 1)
