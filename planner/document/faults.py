"""What can be wrong with a file before anybody looks at its meaning; the rules' pages say how much it matters.

A reader never raises on what a user wrote. Inside a reader `RefusedError` carries the finding that ends the
reading; the interface in `reader` turns it into a document without a root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.data import cited
from planner.catalogue.pages import readers_rule
from planner.finding import Finding

if TYPE_CHECKING:
    from planner.finding import Related, Span


class RefusedError(Exception):
    """Ends the reading of one file; `finding` says why. Never leaves this package."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def fault(rule: str, span: Span, message: str, *, hint: str = "", related: tuple[Related, ...] = ()) -> Finding:
    """Return the finding of one fault at one place; `hint` replaces the rule's general help."""
    kind = readers_rule(rule)
    return Finding(
        rule=rule,
        severity=kind.severity,
        basis=kind.basis,
        message=message,
        span=span,
        help=hint or kind.help,
        related=related,
        source=cited(kind.source),
        subject=message,
    )


def refuse(rule: str, span: Span, message: str, *, hint: str = "") -> RefusedError:
    """Return the exception that ends the reading with one finding."""
    return RefusedError(fault(rule, span, message, hint=hint))
