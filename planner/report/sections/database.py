"""Database: inserts, size, and the memory it needs beside everything else on the host."""

from __future__ import annotations

from planner.report.blocks import Section
from planner.report.evidence import Draft
from planner.report.sections import decision


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no database figures."""
    say = draft.say
    table = draft.estimates(decision.together(draft, say("The call record database")), "database")
    if table is None:
        return None
    minute = draft.value("database.inserts_per_second") * 60
    lead = say(
        "The database takes {inserts} inserts a minute and grows by {growth}; retention keeps {kept}.",
        inserts=say.number(minute),
        growth=draft.shown("database.bytes_per_day"),
        kept=draft.shown("database.retained_bytes"),
    )
    return Section("database", say("Database"), lead, (table,))
