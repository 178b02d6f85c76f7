"""What can be wrong with a declared value, from the catalogue alone; the rules' pages say how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.catalogue.data import cited
from planner.catalogue.pages import readers_rule
from planner.finding import Basis, Finding, Severity, Span

if TYPE_CHECKING:
    from planner.catalogue.parameter import Parameter
    from planner.finding import Edit, Related


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
    kind = readers_rule(rule)
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
