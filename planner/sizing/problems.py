"""Input a sizing cannot be made from: impossible or contradictory, said with the allowed range."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from planner.catalogue.units import SMALLEST
from planner.wording import wording

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.finding import Finding

_SECTIONS = ("/traffic", "/retention", "/topology", "/server", "/assumptions")
"""Sections whose errors leave the model without the number the user meant."""


class Problem(NamedTuple):
    """One input that is impossible: its name as declared, what is wrong, and what would be right."""

    name: str
    message: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}; allowed: {self.allowed}"


class ImpossibleInput(ValueError):  # noqa: N818  named after the bad state, as rules are
    """The inputs cannot be sized; `problems` names each with its allowed range."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def refusals(deployment: Deployment) -> list[Finding]:
    """Return what reading a deployment refused that a sizing rests on: without it the model would guess."""
    return [
        finding
        for finding in deployment.findings
        if finding.severity == "error" and finding.pointer.startswith(_SECTIONS)
    ]


def require_usable(deployment: Deployment) -> None:
    """Raise ImpossibleInput naming what reading the deployment refused."""
    if refused := refusals(deployment):
        raise ImpossibleInput(*(Problem(found.subject, found.message, found.help) for found in refused))


def checked(name: str, value: object, minimum: float, maximum: float | None) -> float:
    """Return `value` as a number within its range. Raises ImpossibleInput naming `name` and the range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problem = wording("{value} is not a number", value=repr(value))
        raise ImpossibleInput(Problem(name, problem, span(minimum, maximum)))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        shown = value if isinstance(value, float) else wording("the number")
        problem = wording("{value} is not finite", value=shown)
        raise ImpossibleInput(Problem(name, problem, span(minimum, maximum)))
    if number < minimum or (maximum is not None and number > maximum):
        problem = wording("{value} is outside the allowed range", value=value)
        raise ImpossibleInput(Problem(name, problem, span(minimum, maximum)))
    if 0 < abs(number) < SMALLEST:
        problem = wording("the number is too small for any quantity")
        raise ImpossibleInput(Problem(name, problem, span(minimum, maximum)))
    return number


def span(minimum: float, maximum: float | None) -> str:
    """Return a range as people read it."""
    return (
        wording("{least} and above", least=f"{minimum:.12g}")
        if maximum is None
        else wording("{low} to {high}", low=f"{minimum:.12g}", high=f"{maximum:.12g}")
    )
