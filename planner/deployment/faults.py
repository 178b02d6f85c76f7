"""What can be wrong with a declared value, from the catalogue alone: one table, one constructor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.catalogue.data import cited
from planner.finding import Basis, Finding, Severity, Span
from planner.wording import wording

if TYPE_CHECKING:
    from planner.catalogue.parameter import Parameter
    from planner.finding import Edit, Related


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad state of a declared value: its weight, what it means, what is right and who says so."""

    severity: Severity
    summary: str
    help: str
    source: tuple[str, ...]


FAULTS: dict[str, Fault] = {
    "alias-spelling": Fault(
        Severity.INFO,
        "A parameter is written under another of its names; it is read as the usual one.",
        wording("Write the usual name, so that a search finds it."),
        ("vos3000-manual: the parameter's own entry",),
    ),
    "contradictory-traffic": Fault(
        Severity.ERROR,
        "Two declared loads exclude each other: calls that nobody attempts, or attempts that make no call.",
        wording("Declare one of cps, concurrent_calls and daily_minutes."),
        ("erlang-theory: Little's law",),
    ),
    "deprecated-parameter": Fault(
        Severity.INFO,
        "The declared version still takes the parameter, but a later one will not.",
        wording("Plan its replacement with the next upgrade."),
        ("mysql-manual: options deprecated",),
    ),
    "empty-deployment": Fault(
        Severity.WARNING,
        "The deployment file declares nothing, so nothing in it was checked.",
        wording("Declare what the site has; `plan init` writes a file to start from."),
        ("product: the form of a deployment",),
    ),
    "ignored-option": Fault(
        Severity.WARNING,
        "The declared server takes the option for compatibility, warns at start and ignores it.",
        wording("Remove the line: it changes nothing."),
        ("database-server-options",),
    ),
    "leading-zero-number": Fault(
        Severity.ERROR,
        "A number begins with 0: the kernel and some other programs read it as octal, so 010 is 8.",
        wording("Write the number without the zero."),
        ("linux-el7-sysctl-parser",),
    ),
    "missing-file": Fault(
        Severity.ERROR,
        "A file that the deployment refers to cannot be read; what it would have declared is unknown.",
        wording("Correct the path; it is relative to the deployment file."),
        ("product: what the file system gave it",),
    ),
    "not-an-allowed-value": Fault(
        Severity.ERROR,
        "The parameter takes one of a few values, and this is none of them.",
        wording("Write one of the allowed values."),
        ("vos3000-manual: the parameter's own entry",),
    ),
    "not-yet-in-version": Fault(
        Severity.ERROR,
        "The declared version does not know the parameter yet; a database server refuses to start with it.",
        wording("Remove the parameter, or declare the version that runs."),
        ("mysql-manual: the version that added an option",),
    ),
    "odd-size-suffix": Fault(
        Severity.INFO,
        "MySQL reads one letter behind a number and ignores the rest: 512MB is 512M, 512 x 2^20.",
        wording("Write one letter: K, M or G."),
        ("mysql-5.6-source: my_getopt.cc",),
    ),
    "odd-switch-spelling": Fault(
        Severity.INFO,
        "A switch is written as 1, yes or the like; it is understood, but the product shows On and Off.",
        wording("Write On or Off."),
        ("vos3000-manual: the parameter's own entry",),
    ),
    "out-of-range": Fault(
        Severity.ERROR,
        "A value lies outside the documented range; the program refuses or replaces it.",
        wording("Write a value within the range."),
        ("vos3000-manual: the parameter's own entry",),
    ),
    "removed-parameter": Fault(
        Severity.ERROR,
        "The declared version no longer knows the parameter; a database server refuses to start with it.",
        wording("Remove the parameter, or declare the version that runs."),
        ("mysql-manual: options removed",),
    ),
    "renamed-parameter": Fault(
        Severity.WARNING,
        "The parameter has another name in the declared version.",
        wording("Write the new name."),
        ("mysql-manual: options renamed",),
    ),
    "shadowed-setting": Fault(
        Severity.WARNING,
        "A later assignment overrides this one, which has no effect.",
        wording("Remove one of the two."),
        (
            "procps-3.3.10: the last assignment wins",
            "systemd-219: the last assignment wins",
            "mysql-5.6-source: the last assignment wins",
        ),
    ),
    "unit-impossible": Fault(
        Severity.ERROR,
        "A value has a unit or a suffix that its reader does not know.",
        wording("Write a unit the parameter takes."),
        ("linux-el7-sysctl-parser", "mysql-5.6-source: my_getopt.cc"),
    ),
    "unit-missing": Fault(
        Severity.ERROR,
        "A size or a rate is given as a bare number so small that a unit must have been forgotten.",
        wording("Write the unit."),
        ("product: sizes and rates below any real server's",),
    ),
    "unknown-parameter": Fault(
        Severity.ERROR,
        "No parameter has this name; a setting that is misspelled changes nothing.",
        wording("Correct the name."),
        ("product: its catalogue, `plan params`",),
    ),
    "wrong-type": Fault(
        Severity.ERROR,
        "A value is not of the kind the parameter takes.",
        wording("Write a value of the kind shown."),
        ("product: its catalogue, `plan params`",),
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
        source=cited(parameter.sources if parameter else kind.source),
        subject=place.subject,
        fix=fix,
    )
