"""Recommended settings: the files the sizing calls for, ready to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Code, Section
from planner.report.marking import mark

if TYPE_CHECKING:
    from planner.report.draft import Draft


def write(draft: Draft) -> Section | None:
    """Return the section; None where no settings were rendered."""
    settings = draft.evidence.settings
    if not settings:
        return None
    say = draft.say
    lead = say(
        mark(
            "These settings follow from the sizing. Review them, keep a copy of the old files, and apply them in a quiet hour."
        )
    )
    return Section(
        "settings",
        say(mark("Recommended settings")),
        lead,
        tuple(Code(each.title, each.text) for each in settings),
    )
