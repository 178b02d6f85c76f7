"""What can be wrong with a declared value, from the catalogue alone: one table, one constructor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.catalogue.schemas import citation
from planner.finding import Basis, Finding, Severity, Span

if TYPE_CHECKING:
    from planner.catalogue.parameter import Parameter
    from planner.finding import Edit, Related


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad state of a declared value: how much it matters, what it means and what would be right."""

    severity: Severity
    summary: str
    help: str


FAULTS: dict[str, Fault] = {
    "alias-spelling": Fault(
        Severity.INFO,
        "A parameter is written under another of its names; it is read as the usual one.",
        "Write the usual name, so that a search finds it.",
    ),
    "contradictory-traffic": Fault(
        Severity.ERROR,
        "Two declared loads exclude each other: calls that nobody attempts, or attempts that make no call.",
        "Declare one of cps, concurrent_calls and daily_minutes.",
    ),
    "deprecated-parameter": Fault(
        Severity.INFO,
        "The declared version still takes the parameter, but a later one will not.",
        "Plan its replacement with the next upgrade.",
    ),
    "leading-zero-number": Fault(
        Severity.ERROR,
        "A number begins with 0: the kernel and some other programs read it as octal, so 010 is 8.",
        "Write the number without the zero.",
    ),
    "missing-file": Fault(
        Severity.ERROR,
        "A file that the deployment refers to cannot be read; what it would have declared is unknown.",
        "Correct the path; it is relative to the deployment file.",
    ),
    "not-an-allowed-value": Fault(
        Severity.ERROR,
        "The parameter takes one of a few values, and this is none of them.",
        "Write one of the allowed values.",
    ),
    "not-yet-in-version": Fault(
        Severity.ERROR,
        "The declared version does not know the parameter yet; a database server refuses to start with it.",
        "Remove the parameter, or declare the version that runs.",
    ),
    "odd-size-suffix": Fault(
        Severity.INFO,
        "MySQL reads one letter behind a number and ignores the rest: 512MB is 512M, 512 x 2^20.",
        "Write one letter: K, M or G.",
    ),
    "odd-switch-spelling": Fault(
        Severity.INFO,
        "A switch is written as 1, yes or the like; it is understood, but the product shows On and Off.",
        "Write On or Off.",
    ),
    "out-of-range": Fault(
        Severity.ERROR,
        "A value lies outside the documented range; the program refuses or replaces it.",
        "Write a value within the range.",
    ),
    "removed-parameter": Fault(
        Severity.ERROR,
        "The declared version no longer knows the parameter; a database server refuses to start with it.",
        "Remove the parameter, or declare the version that runs.",
    ),
    "renamed-parameter": Fault(
        Severity.WARNING,
        "The parameter has another name in the declared version.",
        "Write the new name.",
    ),
    "shadowed-setting": Fault(
        Severity.WARNING,
        "A later assignment overrides this one, which has no effect.",
        "Remove one of the two.",
    ),
    "unit-impossible": Fault(
        Severity.ERROR,
        "A value has a unit or a suffix that its reader does not know.",
        "Write a unit the parameter takes.",
    ),
    "unit-missing": Fault(
        Severity.ERROR,
        "A size or a rate is given as a bare number so small that a unit must have been forgotten.",
        "Write the unit.",
    ),
    "unknown-parameter": Fault(
        Severity.ERROR,
        "No parameter has this name; a setting that is misspelled changes nothing.",
        "Correct the name.",
    ),
    "wrong-type": Fault(
        Severity.ERROR,
        "A value is not of the kind the parameter takes.",
        "Write a value of the kind shown.",
    ),
}
"""Every rule of this room by name, with the severity it has unless the source is mere advice."""

_WEAK = frozenset({Basis.ADVICE, Basis.ASSUMPTION})
_NOWHERE = Span("", 1, 1, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding points: a span, the JSON pointer of the value, the dotted name it speaks of."""

    span: Span | None
    pointer: str = ""
    subject: str = ""


def fault(  # noqa: PLR0913  a finding's optional parts, all by name
    rule: str,
    place: Place,
    message: str,
    *,
    hint: str = "",
    parameter: Parameter | None = None,
    severity: Severity | None = None,
    related: tuple[Related, ...] = (),
    fix: Edit | None = None,
) -> Finding:
    """Return the finding of one fault; what rests on mere advice is never more than a warning."""
    kind = FAULTS[rule]
    basis = parameter.basis if parameter else Basis.STANDARD
    level = severity or kind.severity
    if basis in _WEAK and level is Severity.ERROR and rule in {"out-of-range", "not-an-allowed-value"}:
        level = Severity.WARNING
    return Finding(
        rule=rule,
        severity=level,
        basis=basis,
        message=message,
        span=place.span or _NOWHERE,
        help=hint or kind.help,
        pointer=place.pointer,
        related=related,
        source="; ".join(map(citation, parameter.sources)) if parameter else "",
        subject=place.subject,
        fix=fix,
    )
