"""Input a sizing cannot be made from: impossible or contradictory, said with the allowed range."""

from __future__ import annotations

import math
from typing import NamedTuple


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


def checked(name: str, value: object, minimum: float, maximum: float | None) -> float:
    """Return `value` as a number within its range. Raises ImpossibleInput naming `name` and the range."""
    allowed = span(minimum, maximum)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ImpossibleInput(Problem(name, f"{value!r} is not a number", allowed))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ImpossibleInput(
            Problem(name, f"{value if isinstance(value, float) else 'the number'} is not finite", allowed)
        )
    if number < minimum or (maximum is not None and number > maximum):
        raise ImpossibleInput(Problem(name, f"{value} is outside the allowed range", allowed))
    return number


def span(minimum: float, maximum: float | None) -> str:
    """Return a range as people read it."""
    return f"{minimum:.12g} and above" if maximum is None else f"{minimum:.12g} to {maximum:.12g}"
