"""What a rule is, and how to write one.

One rule is one module, `planner/rules/checks/<name with underscores>.py`:

1. A docstring. Its first line is the rule's title and says what is wrong. The paragraphs say why that
   matters to an operator and what to do, under `## Why it matters` and `## What to do`. Examples follow
   under `## Fires` and `## Silent`, as fenced blocks. The fence's first word is the format (`yaml`, `json`,
   `toml`, `sysctl`, `mysql`, `sysctl-dump`, `variables-dump`); behind it stand the places a firing example
   must be reported at, such as `sysctl 3:1` or `yaml 5:22 7:3`. The docstring is the page
   `docs/rules/<name>.md`, the answer of `plan explain <name>`, and its examples are run as the rule's tests.
2. `RULE`, one declarative `Rule`. `needs` names the parameters that must be declared (`a|b`: either will do);
   where one is not, the engine skips the rule and counts it. `figures` names the estimates of the sizing it
   compares with. Severity, basis and policy are separate: a rule never looks at policy.
3. `check(site)`, a generator over a `planner.rules.site.Site` that yields `RULE.at(place, message, advice)`.
   Texts are wordings, `wording("... {most} ...", most=most)`: the report says them in other languages, whose
   catalogues a test compares with the templates in the code.
   A value it reads may be unusable (text where a number should be): the accessors of the site then end the
   check, and the engine counts it as skipped. A documented figure is read by `limit(name)` from
   `schemas/limits.json`.

Rules that the readers and the loader apply while they read (`origin="reader"`) have no `check`; their module
documents them all the same.
Run `python -m planner.rules.declaring` and `plan rules --format markdown -o docs/rules` after a change; the
tests pick the rule up from there.

A name states the bad state in kebab-case, without an imperative: `unlimited-call-duration`. A value outside
a documented range is an error; advice and assumptions are never more than a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.data import cited
from planner.deployment import Declared
from planner.finding import Basis, Finding, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal, TypeAlias

    from planner.rules.site import Site

    Check: TypeAlias = "Callable[[Site], Iterator[Finding]]"

TRAFFIC = "traffic.cps|traffic.concurrent_calls|traffic.daily_minutes"
"""The need of every rule that compares with a figure of the sizing: some statement of the load."""

NOWHERE = "<values>"
"""The path of values that came from no file."""


class Rule(NamedTuple):
    """A rule's declaration.

    `needs` and `figures` are dotted names; `source` holds references (`planner.catalogue.data`);
    `fixable` tells that findings may carry an edit `--fix` applies; `origin` is `reader` where no `check`
    exists because reading the file already tells, `policy` where the policy reports it. `yields_to` names
    the rules that say more: where one of them reports the same value, this one keeps silent.
    """

    name: str
    severity: Severity
    basis: Basis
    source: tuple[str, ...]
    needs: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    fixable: bool = False
    origin: Literal["check", "reader", "policy"] = "check"
    yields_to: tuple[str, ...] = ()

    def at(self, place: Declared | Span, message: str, advice: str = "", **more: Any) -> Finding:  # noqa: ANN401  parts of a finding
        """Return a finding of this rule at a declared value or a span.

        `more` may give `related`, `fix`, `subject`, `pointer`, and a `severity` or `basis` that differ from
        the rule's.
        """
        if isinstance(place, Declared):
            more = {"pointer": place.pointer, "subject": place.name, **more}
        facts = {"severity": self.severity, "basis": self.basis, "source": cited(self.source), **more}
        return Finding(rule=self.name, message=message, span=located(place), help=advice, **facts)


def located(place: Declared | Span) -> Span:
    """Return where a value stands; values of no file have the place `<values>`."""
    if isinstance(place, Span):
        return place
    return place.span or place.key_span or Span.at(NOWHERE, 1, 1)
