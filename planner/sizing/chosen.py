"""Leaves that hold what was chosen, by the deployment or by the model."""

from __future__ import annotations

from functools import lru_cache

from planner.catalogue.data import citation
from planner.sizing.numbers import Assumption, Range

kept = lru_cache(maxsize=512)
"""Leaves are made once for each choice: most are the same from one deployment to the next."""


def chosen_leaf(name: str, value: float, unit: str, label: str, rest: tuple[str, str, bool]) -> Assumption:
    """Return a leaf; `rest` is the choice's source, what to pass to make another, whether it was declared."""
    reference, replace, declared = rest
    source = citation(reference)
    basis = "standard" if source.startswith(("RFC", "IEEE")) else "documented"
    origin = "declared" if declared else "default"
    return Assumption(name, label, Range.point(float(value)), unit, basis, (source,), replace, origin)


@kept
def flag(name: str, value: bool) -> Assumption:  # noqa: FBT001  a flag is a boolean
    """Return a leaf that says whether something was declared."""
    return chosen_leaf(name, value, "flag", "What was declared", ("declared", "", True))
