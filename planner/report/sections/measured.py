"""Measured traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.report.blocks import Section
    from planner.report.draft import Draft


def write(draft: Draft) -> Section | None:
    """Return the section; None where nothing was measured."""
    return None
