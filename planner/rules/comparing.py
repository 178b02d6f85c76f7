"""What checks share: where a declared value falls short of a need, and the places beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.display import format_quantity
from planner.finding import Related, Severity
from planner.rules.rule import located
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.deployment import Declared
    from planner.finding import Finding
    from planner.rules.rule import Rule
    from planner.rules.site import Site


def related(declared: Declared | None, message: str) -> tuple[Related, ...]:
    """Return the place of a declared value as a related one; nothing for a value that came from no file."""
    if declared is None or (declared.span or declared.key_span) is None:
        return ()
    return (Related(message, located(declared)),)


def short_name(declared: Declared) -> str:
    """Return a value's own name, without the section: `SS_MAXCPS`, `net.core.rmem_max`."""
    return declared.name.split(".", 1)[1]


def short(site: Site, rule: Rule, name: str, unit: str, advice: str) -> Iterator[Finding]:
    """Yield where the declared value is below the need `rule.figures[0]` estimates.

    Below the low end the finding has the rule's severity, between low end and typical case it is a warning.
    """
    need, available = site.figure(rule.figures[0]), site.number(name)
    if available >= need.value:
        return
    message = wording(
        "{declared} falls short of the {need} the load needs ({low} to {high})",
        declared=site[name].text,
        need=format_quantity(need.value, unit),
        low=format_quantity(need.low, unit),
        high=format_quantity(need.high, unit),
    )
    severity = (
        rule.severity if available < need.low else max(rule.severity, Severity.WARNING, key=lambda each: each.rank)
    )
    yield rule.at(site[name], message, advice, severity=severity, basis=site.weakest(rule.basis, rule.figures[0]))
