"""The backtest of a measured profile: the comparison `plan cdr backtest` makes of the same records."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.cdr.backtest import Comparison


def backtest(profile: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """Return what the model says of the measured traffic beside what was measured.

    Nothing where attempts are unknown, because answered calls alone were recorded, and where the profile
    states no load or lacks a part.
    """
    from planner.cdr.backtest import compare, declared_by  # noqa: PLC0415  only where something was measured
    from planner.deployment import Deployment  # noqa: PLC0415  with the model
    from planner.sizing.api import size  # noqa: PLC0415  with the model
    from planner.sizing.interchange import as_document  # noqa: PLC0415  the same

    try:
        if not profile["calls"]["records"] or profile["calls"]["answered_only"]:
            return ()
        sizing = size(Deployment().override(declared_by(profile)), profile=profile)
        return tuple(compare(profile, as_document(sizing)["figures"]))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # A profile with a part missing or not what it should be tells what it has, and this it has not.
        return ()


def plain(each: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON holds it, in the shape of `plan cdr backtest --format json`."""
    return {**asdict(each), "error": each.error, "within": each.within}
